/** Whether a patient was referred for a visit: what a rule asks that lets only those book who were. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import './tables.ts'

interface Wanted {
  patientId: string
  visitTypeId: string
  /** Of the visit, in the zone of its place. */
  on: Temporal.PlainDate
  /** A visit that is booked already: the referral that it answers still counts for it. */
  appointmentId?: string
}

/** True while a referral for such a visit is open that holds on that day. One that another visit has answered is used up. */
export async function hasReferral(
  tx: Tx,
  organizationId: string,
  { patientId, visitTypeId, on, appointmentId }: Wanted,
): Promise<boolean> {
  const { rows } = await sql`
    select from scheduling.referral
    where organization_id = ${organizationId} and patient_id = any(people.record_ids(${organizationId}::uuid, ${patientId}::uuid)) and ${visitTypeId}::uuid = any (visit_type_ids)
      and closed_at is null and ${on}::date between valid_from and valid_until
      and (appointment_id is null or appointment_id = ${appointmentId ?? null}::uuid) limit 1`.execute(tx)
  return rows.length > 0
}
