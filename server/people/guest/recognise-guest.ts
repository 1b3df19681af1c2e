/** Tells whether a guest is a patient we surely know. The guest never learns which: what follows looks the same. */
import { system } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { standingFor } from '../access.ts'
import { candidatesFor } from '../candidates.ts'
import type { Contact } from '../contact/address.ts'
import type { PersonDetails } from '../contract.ts'
import { decide } from '../name-match.ts'
import { readPerson } from '../person.ts'
import '../tables.ts'

export interface Recognised {
  /** The one patient this surely is; undefined for somebody new or doubtful. */
  patientId: string | undefined
  isKnown: boolean
  /** Patients it may be: for the front desk, never for the guest. */
  doubtfulIds: readonly string[]
}

/**
 * Looks before the booking's own transaction, which runs in the guest's role and may see no other patient. Without a
 * proved contact nobody is surely anybody; nor is anybody somebody who has died. Refuses `name` and
 * `birth_date`.
 */
export async function recogniseGuest(
  { db, now }: Context,
  organizationId: string,
  person: PersonDetails,
  proved: Contact | undefined,
): Promise<Recognised> {
  const read = readPerson(person, now())
  const contacts = proved ? [proved] : []
  const actor = system(organizationId, 'recognise-guest')
  const candidates = await within(db, actor, async (tx) => {
    await audit(tx, actor, { action: 'search', resourceType: 'Patient', fields: ['bornOn', 'contact'], purpose: 'OPS' })
    const found = await candidatesFor(tx, organizationId, { bornOn: read.bornOn, contacts })
    const records = await standingFor(
      tx,
      organizationId,
      found.map(({ id }) => id),
    )
    return found.map((one) => ({ ...one, id: records.get(one.id) ?? one.id }))
  })
  const { match, doubtful } = decide({ ...read, contacts }, candidates)
  const isAlive = candidates.every(({ id, diedAt }) => id !== match || diedAt === null)
  if (match !== undefined && isAlive && proved) return { patientId: match, isKnown: true, doubtfulIds: doubtful }
  return { patientId: undefined, isKnown: false, doubtfulIds: match === undefined ? doubtful : [match, ...doubtful] }
}
