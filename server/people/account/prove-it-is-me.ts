/** Steps up: who is signed in proves it again, and goes on in a new session with a fresh proof. */
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import type { ProveAgain } from '../sign-in/contract.ts'
import { isDemo, ownSession } from '../sign-in/lock-session.ts'
import { proveAgain } from '../sign-in/prove-again.ts'
import { beginSession } from '../sign-in/sessions.ts'
import type { Visitor } from '../sign-in/visitor.ts'
import { provedForMinutes } from './own-account.ts'

/** Gives the new token, and until when the proof carries. Refuses `not_proved`, `too_many_tries`. */
export async function proveItIsMe(context: Context, visitor: Visitor, given: ProveAgain) {
  const { actor, organizationId } = visitor
  const { personId, id } = ownSession(actor)
  // The demo's people have nothing to prove; production has no such sessions.
  const factors = (await isDemo(context, organizationId, id)) ? [] : await proveAgain(context, visitor, personId, given)
  const provedAt = context.now()
  const token = await withinSignIn(context.db, organizationId, async (tx) => {
    const before = await tx
      .selectFrom('people.session')
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .select(['id', 'role', 'factors', 'assurance', 'expiresAt', 'demo', 'actingFor'])
      .executeTakeFirstOrThrow()
    return beginSession(context, tx, visitor, {
      ...before,
      personId,
      factors: [...new Set([...before.factors, ...factors])],
      rotates: { id: before.id, provedAt, expiresAt: before.expiresAt },
    })
  })
  return { token, provedUntil: provedAt.add({ minutes: provedForMinutes }) }
}
