/** What a record that is let go holds here: every resource of the patient, and faulty entries that speak of them. */
import { sql } from 'kysely'
import type { Forgetter } from '../platform/forget.ts'
import './tables.ts'

export const recordForgetter: Forgetter = {
  async work(tx, { organizationId: o, patientId: p }) {
    const own = sql`(select type, fhir_id from record.resource where organization_id = ${o} and patient_id = ${p})`
    await sql`delete from record.set_aside s using record.resource r where s.organization_id = ${o} and r.organization_id = ${o}
      and r.patient_id = ${p} and r.type = 'Patient' and position(r.fhir_id in coalesce(s.content, '') || s.detail) > 0`.execute(
      tx,
    )
    await sql`delete from record.identifier where organization_id = ${o} and (type, fhir_id) in ${own}`.execute(tx)
    await sql`delete from record.dangling where organization_id = ${o} and (type, fhir_id) in ${own}`.execute(tx)
    await sql`delete from record.resource where organization_id = ${o} and patient_id = ${p}`.execute(tx)
  },
}
