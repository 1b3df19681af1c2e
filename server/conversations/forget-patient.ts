/** Messages to a patient whose record is let go, and their copies in the mailbox of development. */
import { sql } from 'kysely'
import type { Forgetter } from '../platform/forget.ts'

export const conversationsForgetter: Forgetter = {
  async work(tx, { organizationId: o, patientId: p, personIds }) {
    const persons = sql`${`{${personIds.join(',')}}`}::uuid[]`
    const own = sql`(select id::text from conversations.message where organization_id = ${o} and (patient_id = ${p} or person_id = any(${persons})))`
    await sql`delete from conversations.local_mailbox where organization_id = ${o} and (key in ${own} or recipient in (
      select value from people.patient_contact where organization_id = ${o} and patient_id = ${p}))`.execute(tx)
    await sql`delete from conversations.message where organization_id = ${o} and (patient_id = ${p} or person_id = any(${persons}))`.execute(
      tx,
    )
  },
}
