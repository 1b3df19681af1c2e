/** A new appointment as a row, for the statement that takes its time, or one of its own when a hold had the time. */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../../platform/db.ts'

/** Column by column as the database names them; instants as text. */
export interface NewVisit {
  organization_id: string
  id: string
  offering_id: string
  practitioner_id: string
  location_id: string
  visit_type_id: string
  mode: 'in_person' | 'video'
  patient_id: string
  starts_at: string
  ends_at: string
  reason: string | null
  new_patient: boolean
  language: string
  contact_kind: 'phone' | 'email' | null
  contact_value: string | null
  booked_at: string
  booked_by: string
  booked_through: 'guest' | 'desk' | 'api'
}

/** `insert into scheduling.appointment` from JSON rows; `from` may name what must have a row for it to happen. */
export const insertVisits = (rows: string, from: RawBuilder<unknown>) => sql`
      insert into scheduling.appointment (organization_id, id, offering_id, practitioner_id, location_id, visit_type_id, mode, patient_id,
        starts_at, ends_at, reason, new_patient, language, contact_kind, contact_value, booked_at, booked_by, booked_through)
      select v.* from ${from} json_to_recordset(${rows}::json) as v(organization_id uuid, id uuid, offering_id uuid, practitioner_id uuid,
        location_id uuid, visit_type_id uuid, mode text, patient_id uuid, starts_at timestamptz, ends_at timestamptz, reason text,
        new_patient boolean, language text, contact_kind text, contact_value text, booked_at timestamptz, booked_by text, booked_through text)`

/** Writes the appointment whose time a hold had. */
export async function writeVisit(tx: Tx, visit: NewVisit) {
  await insertVisits(JSON.stringify([visit]), sql``).execute(tx)
}
