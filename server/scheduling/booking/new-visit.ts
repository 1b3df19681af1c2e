/** A new appointment, before it is written. */
import type { Tx } from '../../platform/db.ts'

export interface NewVisit {
  organizationId: string
  id: string
  offeringId: string
  practitionerId: string
  locationId: string
  visitTypeId: string
  mode: 'in_person' | 'video'
  patientId: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  /** Why they come, in their words. */
  reasonSealed: Buffer | null
  interpreterLanguage: string | null
  newPatient: boolean
  language: string
  contactKind: 'phone' | 'email' | null
  contactValue: string | null
  bookedAt: Temporal.Instant
  bookedBy: string
  bookedThrough: 'guest' | 'desk' | 'api'
}

/** Writes the appointment whose time a hold had. */
export async function writeVisit(tx: Tx, visit: NewVisit) {
  await tx.insertInto('scheduling.appointment').values(visit).execute()
}
