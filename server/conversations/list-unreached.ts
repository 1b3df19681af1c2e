/** Coming visits about which every message failed: the patient does not know, so somebody calls. */
import { sql } from 'kysely'
import { summariesOf } from '../people/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import './tables.ts'

interface Row {
  appointmentId: string
  patientId: string
  startsAt: Temporal.Instant
  cause: string | null
}

const mostVisits = 200

/** The soonest first. A visit leaves the list when a message about its newest version gets out, or is tried again. */
export async function listUnreached({ db, now }: Context, actor: Actor) {
  return within(db, actor, async (tx) => {
    const { rows } = await sql<Row>`
      select a.id as appointment_id, a.patient_id, a.starts_at,
        (select m.cause from conversations.message m where m.organization_id = a.organization_id and m.appointment_id = a.id
          order by m.planned_at desc, m.id desc limit 1) as cause
      from scheduling.appointment a
      where a.organization_id = ${actor.organizationId} and a.status = 'booked' and a.starts_at > ${now()}
        and exists (select from conversations.message m where m.organization_id = a.organization_id
          and m.appointment_id = a.id and m.appointment_version = a.version and m.status = 'failed')
        and not exists (select from conversations.message m where m.organization_id = a.organization_id
          and m.appointment_id = a.id and m.appointment_version = a.version and m.status in ('planned', 'sending', 'sent', 'unknown'))
      order by a.starts_at, a.id limit ${mostVisits}`.execute(tx)
    const patients = await summariesOf(
      tx,
      actor,
      rows.map(({ patientId }) => patientId),
    )
    return rows.flatMap(({ appointmentId, patientId, startsAt, cause }) => {
      const patient = patients.get(patientId)
      return patient ? [{ appointmentId, startsAt: startsAt.toString(), patient, cause }] : []
    })
  })
}
