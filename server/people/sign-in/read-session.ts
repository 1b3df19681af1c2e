/** What a page may know of the session it is in. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import type { Reply } from '../../platform/endpoint.ts'
import type { readSession as contract } from './contract.ts'
import { readStanding } from './finish-sign-in.ts'
import { isDemo } from './lock-session.ts'
import { rolesOf } from './switch-role.ts'
import './tables.ts'

const nothing = { passkey: false, password: false, totp: false, demo: false }

export async function readSession(context: Context, actor: Actor): Promise<Reply<typeof contract>> {
  const { db } = context
  const { organizationId, personId, session, role } = actor
  if (personId === undefined || !session)
    return {
      personId: null,
      name: null,
      role,
      locked: false,
      roles: [],
      idleMinutes: null,
      expiresAt: null,
      unlockBy: nothing,
    }
  const demo = await isDemo(context, organizationId, session.id)
  return withinSignIn(db, organizationId, async (tx) => {
    const { person, hasPassword, hasTotp } = await readStanding(tx, organizationId, personId)
    const limits = await tx
      .selectFrom('people.session')
      .where('organizationId', '=', organizationId)
      .where('id', '=', session.id)
      .select(['idleMinutes', 'expiresAt'])
      .executeTakeFirstOrThrow()
    const passkey = await tx
      .selectFrom('people.passkey')
      .where('organizationId', '=', organizationId)
      .where('personId', '=', personId)
      .where('removedAt', 'is', null)
      .select('id')
      .limit(1)
      .executeTakeFirst()
    return {
      personId,
      name: person?.name ?? null,
      role,
      locked: session.locked,
      roles: await rolesOf(tx, organizationId, personId),
      idleMinutes: limits.idleMinutes,
      expiresAt: limits.expiresAt.toString(),
      unlockBy: { passkey: passkey !== undefined, password: hasPassword, totp: hasTotp, demo },
    }
  })
}
