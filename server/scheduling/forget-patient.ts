/** The visits of a patient whose record is let go, with what was changed, said and called back about them. */
import { sql } from 'kysely'
import type { Forgetter } from '../platform/forget.ts'
import { endEmptySessions } from './booking/free-time.ts'

export const schedulingForgetter: Forgetter = {
  async work(tx, { organizationId: o, patientId }) {
    const visits = sql`(select id from scheduling.appointment where organization_id = ${o} and patient_id = ${patientId})`
    await sql`delete from scheduling.bulk_move_visit where organization_id = ${o} and patient_id = ${patientId}`.execute(
      tx,
    )
    await sql`delete from scheduling.call_back where organization_id = ${o} and patient_id = ${patientId}`.execute(tx)
    await sql`delete from scheduling.appointment_change where organization_id = ${o} and appointment_id in ${visits}`.execute(
      tx,
    )
    await sql`delete from scheduling.rule_exception where organization_id = ${o} and appointment_id in ${visits}`.execute(
      tx,
    )
    await sql`delete from scheduling.visit_authorization where organization_id = ${o} and patient_id = ${patientId}`.execute(
      tx,
    )
    const { rows } = await sql<{ sessionId: string }>`
      delete from scheduling.seat where organization_id = ${o} and appointment_id in ${visits} returning session_id`.execute(
      tx,
    )
    await endEmptySessions(
      tx,
      o,
      rows.map(({ sessionId }) => sessionId),
    )
    await sql`delete from scheduling.taken_time where organization_id = ${o} and appointment_id in ${visits}`.execute(
      tx,
    )
    await sql`delete from scheduling.overbooking where organization_id = ${o} and patient_id = ${patientId}`.execute(tx)
    await sql`delete from scheduling.referral where organization_id = ${o} and patient_id = ${patientId}`.execute(tx)
    await sql`delete from scheduling.group_visit where organization_id = ${o} and patient_id = ${patientId}`.execute(tx)
    await sql`delete from scheduling.appointment where organization_id = ${o} and patient_id = ${patientId}`.execute(tx)
  },
}
