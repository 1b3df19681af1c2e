/** The insurance of a patient whose record is let go. */
import { sql } from 'kysely'
import type { Forgetter } from '../platform/forget.ts'

export const coverageForgetter: Forgetter = {
  async work(tx, { organizationId, patientId }) {
    await sql`delete from coverage.patient_coverage where organization_id = ${organizationId} and patient_id = ${patientId}`.execute(
      tx,
    )
  },
}
