/** What a patient whose record is let go asked, allowed and was told here. */
import { sql } from 'kysely'
import type { Forgetter } from '../platform/forget.ts'

export const privacyForgetter: Forgetter = {
  async work(tx, { organizationId: o, patientId: p }) {
    await sql`delete from privacy.amendment where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from privacy.consent where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from privacy.disclosure where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from privacy.look_review where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from privacy.letting_go where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from privacy.legal_hold where organization_id = ${o} and patient_id = ${p}`.execute(tx)
  },
}
