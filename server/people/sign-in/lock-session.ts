/** Locks a screen without ending what is on it, and unlocks it for the one who locked it. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import { Refusal } from '../../platform/errors.ts'
import type { ProveAgain } from './contract.ts'
import { proveAgain } from './prove-again.ts'
import type { Visitor } from './visitor.ts'
import './tables.ts'

/** Whose session this is, locked or not. Refuses `not_signed_in`. */
export function ownSession({ personId, session }: Actor): { personId: string; id: string } {
  if (personId === undefined || !session) throw new Refusal(401, 'not_signed_in', 'Nobody is signed in on this device.')
  return { personId, id: session.id }
}

/** From now on the session opens nothing until it is unlocked; locked twice is locked. */
export async function lockSession({ db, now }: Context, { actor, organizationId }: Visitor) {
  const { id } = ownSession(actor)
  await withinSignIn(db, organizationId, async (tx) => {
    await tx
      .updateTable('people.session')
      .set({ lockedAt: now() })
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .where('lockedAt', 'is', null)
      .execute()
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'Session',
      resourceId: id,
      fields: ['locked'],
      purpose: 'OPS',
    })
  })
  return { locked: true }
}

/**
 * Only the person who is signed in: another one's passkey or password opens nothing here. The demo's people, who have
 * neither and are not there in production, unlock as they signed in. Refuses `not_proved`.
 */
export async function unlockSession(context: Context, visitor: Visitor, given: ProveAgain) {
  const { actor, organizationId } = visitor
  const { personId, id } = ownSession(actor)
  if (!(await isDemo(context, organizationId, id))) await proveAgain(context, visitor, personId, given)
  const at = context.now()
  await withinSignIn(context.db, organizationId, async (tx) => {
    await tx
      .updateTable('people.session')
      .set({ lockedAt: null, seenAt: at, provedAt: at })
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .execute()
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'Session',
      resourceId: id,
      fields: ['unlocked'],
      purpose: 'OPS',
    })
  })
  return { unlocked: true }
}

/** Whether it began with one press at the demo's door (demo.ts): production has no such sessions, and opens none. */
export async function isDemo({ db, config }: Context, organizationId: string, id: string): Promise<boolean> {
  if (config.production) return false
  const session = await withinSignIn(db, organizationId, (tx) =>
    tx
      .selectFrom('people.session')
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .select('demo')
      .executeTakeFirst(),
  )
  return session?.demo === true
}
