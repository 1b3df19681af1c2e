/** Writes who the guest is, in the guest's own role: a new patient, or one more proved contact of one who is surely known. */
import { isStaff, type Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import type { Contact } from '../contact/address.ts'
import type { PersonDetails } from '../contract.ts'
import { tidyName } from '../patient-words.ts'
import { addPatientRows } from '../save-patient.ts'
import type { Recognised } from './recognise-guest.ts'
import '../tables.ts'

export interface Guest extends Recognised {
  /** The known patient, or the id that the new one gets. */
  patientId: string
  person: PersonDetails
  contact: Contact
  /** Proved by a code, rather than typed. */
  verified: boolean
  now: Temporal.Instant
}

/** In the transaction of what the guest came for. A doubtful guest is a new patient whom the front desk will look at. */
export async function registerGuest(tx: Tx, actor: Actor, guest: Guest) {
  if (guest.isKnown) return keepContact(tx, actor, guest)
  const { patientId, person, contact, verified, now, doubtfulIds } = guest
  const { organizationId } = actor
  const { bornOn, gender, language } = person
  await addPatientRows(tx, organizationId, {
    id: patientId,
    givenName: tidyName(person.givenName),
    familyName: tidyName(person.familyName),
    bornOn: Temporal.PlainDate.from(bornOn),
    ...(gender && { gender }),
    language,
    origin: actor.role === 'client' ? 'client' : isStaff(actor) ? 'staff' : 'guest',
    contacts: [{ ...contact, verifiedAt: verified ? now : null }],
  })
  if (doubtfulIds.length > 0)
    await tx
      .insertInto('people.matchReview')
      .values({ organizationId, patientId, candidateIds: [...doubtfulIds], createdAt: now })
      .execute()
  await audit(tx, actor, { action: 'create', resourceType: 'Patient', resourceId: patientId, patientId })
}

/** What the record says of a known patient is never overwritten by a guest; only that the contact was proved is added. */
async function keepContact(tx: Tx, actor: Actor, { patientId, contact, verified, now }: Guest) {
  if (!verified) return
  await tx
    .insertInto('people.patientContact')
    .values({ organizationId: actor.organizationId, patientId, ...contact, verifiedAt: now })
    .onConflict((same) =>
      same.columns(['organizationId', 'patientId', 'kind', 'value']).doUpdateSet({ verifiedAt: now }),
    )
    .execute()
  await audit(tx, actor, {
    action: 'update',
    resourceType: 'Patient',
    resourceId: patientId,
    patientId,
    fields: ['contact'],
  })
}
