/** What apps were given of a patient whose record is let go. */
import { sql } from 'kysely'
import type { Forgetter } from '../platform/forget.ts'

export const fhirForgetter: Forgetter = {
  async atSignIn(tx, { organizationId: o, patientId: p, personIds }) {
    const persons = sql`${`{${personIds.join(',')}}`}::uuid[]`
    await sql`delete from fhir.provider_row where organization_id = ${o} and grant_hash in (
      select grant_hash from fhir.app_grant where organization_id = ${o} and (patient_id = ${p} or person_id = any(${persons})))`.execute(
      tx,
    )
    await sql`delete from fhir.app_grant where organization_id = ${o} and (patient_id = ${p} or person_id = any(${persons}))`.execute(
      tx,
    )
    await sql`delete from fhir.launch where organization_id = ${o} and (patient_id = ${p} or person_id = any(${persons}))`.execute(
      tx,
    )
  },
}
