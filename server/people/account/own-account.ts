/** The account of whoever is signed in, and whether they proved lately that they are still there. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Events } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { ownSession } from '../sign-in/lock-session.ts'
import '../sign-in/tables.ts'

/** How long a proof of oneself carries sensitive changes. */
export const provedForMinutes = 10

export interface Owner {
  organizationId: string
  personId: string
}

export const ownerOf = (actor: Actor): Owner => ({
  organizationId: actor.organizationId,
  personId: ownSession(actor).personId,
})

/** Until when this session's last proof carries sensitive changes. */
export const provedUntil = ({ session }: Actor): Temporal.Instant =>
  (session?.provedAt ?? Temporal.Instant.fromEpochMilliseconds(0)).add({ minutes: provedForMinutes })

/** Refuses `prove_again` when the last proof is too old: the page asks, then does what was asked. */
export function requireFreshProof({ now }: Pick<Context, 'now'>, actor: Actor): Owner {
  const owner = ownerOf(actor)
  if (Temporal.Instant.compare(provedUntil(actor), now()) < 0)
    throw new Refusal(403, 'prove_again', 'This is an important change: show once more that it is you.', {
      instead: 'prove_again',
    })
  return owner
}

type Change = Events['account.changed']['change']

/** A change of the ways in: done, written in the trail and announced together, for an owner who proved it lately. */
export async function changeAccount<T>(
  context: Context,
  actor: Actor,
  { change, action }: { change: Change; action: 'create' | 'update' | 'delete' },
  work: (tx: Tx, owner: Owner) => Promise<T>,
): Promise<T> {
  const owner = requireFreshProof(context, actor)
  return withinSignIn(context.db, owner.organizationId, async (tx) => {
    const done = await work(tx, owner)
    await audit(tx, actor, {
      action,
      resourceType: 'Account',
      resourceId: owner.personId,
      fields: [change],
      purpose: 'OPS',
    })
    await context.announce(tx, 'account.changed', { ...owner, changeId: newId(), change })
    return done
  })
}
