/** What a page may know of the session it is in. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import type { Reply } from '../../platform/endpoint.ts'
import type { readSession as contract } from './contract.ts'
import { readStanding } from './finish-sign-in.ts'
import { rolesOf } from './switch-role.ts'
import './tables.ts'

export async function readSession({ db }: Context, actor: Actor): Promise<Reply<typeof contract>> {
  const { organizationId, personId, session, role } = actor
  if (personId === undefined || !session)
    return { name: null, role, locked: false, roles: [], idleMinutes: null, expiresAt: null }
  return withinSignIn(db, organizationId, async (tx) => {
    const { person } = await readStanding(tx, organizationId, personId)
    const limits = await tx
      .selectFrom('people.session')
      .where('organizationId', '=', organizationId)
      .where('id', '=', session.id)
      .select(['idleMinutes', 'expiresAt'])
      .executeTakeFirstOrThrow()
    return {
      name: person?.name ?? null,
      role,
      locked: session.locked,
      roles: await rolesOf(tx, organizationId, personId),
      idleMinutes: limits.idleMinutes,
      expiresAt: limits.expiresAt.toString(),
    }
  })
}
