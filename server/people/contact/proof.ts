/** A signed word that a phone or email was in this person's hands within the last thirty minutes. */
import { randomBytes } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { sign, verified } from '../../platform/ids.ts'
import type { Contact } from './address.ts'

const goodForMinutes = 30

/** Signs that `contact` was proved now, for one organization. */
export function contactProof(
  { keys, now }: Pick<Context, 'keys' | 'now'>,
  organizationId: string,
  contact: Contact,
): string {
  const until = now().add({ minutes: goodForMinutes }).epochMilliseconds
  // No two are the same: where one may be used once, the next one is another.
  const nonce = randomBytes(9).toString('base64url')
  return sign(keys.of('contact proof'), JSON.stringify([organizationId, contact.kind, contact.value, until, nonce]))
}

/** The contact that was proved. Refuses `proof` when it was not made here, for another organization, or is over. */
export function readProof(
  { keys, now }: Pick<Context, 'keys' | 'now'>,
  organizationId: string,
  proof: string,
): Contact {
  const text = verified(keys.all('contact proof'), proof)
  const [organization, kind, value, until] =
    text === undefined ? [] : (JSON.parse(text) as [string, Contact['kind'], string, number])
  if (organization !== organizationId || !kind || !value || !until || until <= now().epochMilliseconds)
    throw invalid('proof', 'Too much time has passed since you typed the code. Ask for a new one.', {
      instead: 'prove_contact',
    })
  return { kind, value }
}
