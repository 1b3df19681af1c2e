/** Where an account is signed in, and how to end it there: the machine is out on its next request. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { endSessionsOf } from '../sign-in/sessions.ts'
import { ownerOf } from './own-account.ts'

/** Sessions that still open something, latest first. */
export async function listDevices({ db, now }: Context, actor: Actor) {
  const { organizationId, personId } = ownerOf(actor)
  const at = now()
  const rows = await withinSignIn(db, organizationId, (tx) =>
    tx
      .selectFrom('people.session')
      .where('organizationId', '=', organizationId)
      .where('personId', '=', personId)
      .where('endedAt', 'is', null)
      .where('expiresAt', '>', at)
      .select(['id', 'device', 'role', 'createdAt', 'seenAt', 'idleMinutes', 'lockedAt'])
      .orderBy('seenAt', 'desc')
      .execute(),
  )
  return rows
    .filter((row) => row.lockedAt !== null || row.seenAt.until(at).total('minutes') < row.idleMinutes)
    .map(({ id, device, role, createdAt, seenAt }) => ({
      id,
      device,
      role,
      since: createdAt.toString(),
      seenAt: seenAt.toString(),
      thisOne: id === actor.session?.id,
    }))
}

/** Refuses `not_found` for a session that is over or somebody else's. */
export async function endDevice({ db, now }: Context, actor: Actor, id: string) {
  const { organizationId, personId } = ownerOf(actor)
  await withinSignIn(db, organizationId, async (tx) => {
    const ended = await tx
      .updateTable('people.session')
      .set({ endedAt: now(), endedBecause: 'signed_out_from_afar' })
      .where('organizationId', '=', organizationId)
      .where('personId', '=', personId)
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!ended) throw notFound('session')
    await audit(tx, actor, { action: 'delete', resourceType: 'Session', resourceId: id, purpose: 'OPS' })
  })
}

/** Every session but this one; gives how many. */
export async function signOutEverywhere(context: Context, actor: Actor): Promise<number> {
  const owner = ownerOf(actor)
  return withinSignIn(context.db, owner.organizationId, async (tx) => {
    const ended = await endSessionsOf(context, tx, { ...owner, because: 'signed_out_everywhere' }, actor.session?.id)
    await audit(tx, actor, {
      action: 'delete',
      resourceType: 'Session',
      resourceId: owner.personId,
      fields: ['everywhere'],
      purpose: 'OPS',
    })
    return ended
  })
}
