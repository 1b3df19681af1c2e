/** Takes over visits that were booked elsewhere: past and coming, as they were, without telling anybody. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import '../tables.ts'

export interface ForeignVisit {
  offeringId: string
  patientId: string
  startsAt: Temporal.Instant
  reason?: string
}

/**
 * Gives how many were taken over; one whose time is taken already is left out. Reindex the practitioners afterwards.
 * The database keeps its promise here too: no clinician is in two places at once.
 */
export async function importVisits(
  tx: Tx,
  organizationId: string,
  visits: readonly ForeignVisit[],
  at: Temporal.Instant,
): Promise<number> {
  let taken = 0
  for (const chunk of chunks(visits, 500)) {
    const rows = chunk.map(({ offeringId, patientId, startsAt, reason }) => ({
      id: newId(),
      offering_id: offeringId,
      patient_id: patientId,
      starts_at: startsAt.toString(),
      reason: reason ?? null,
    }))
    const { rows: written } = await sql`
      with asked as (
        select r.*, o.practitioner_id, o.location_id, o.visit_type_id, o.mode, o.minutes, o.buffer_before, o.buffer_after, p.language
        from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, offering_id uuid, patient_id uuid, starts_at timestamptz, reason text)
        join scheduling.offering o on o.organization_id = ${organizationId} and o.id = r.offering_id
        join people.patient p on p.organization_id = ${organizationId} and p.id = r.patient_id
      ), got as (
        insert into scheduling.taken_time (organization_id, resource_id, starts_at, ends_at, appointment_id)
        select ${organizationId}, practitioner_id, starts_at - make_interval(mins => buffer_before),
          starts_at + make_interval(mins => minutes + buffer_after), id from asked order by practitioner_id, starts_at
        on conflict do nothing returning appointment_id
      )
      insert into scheduling.appointment (organization_id, id, offering_id, practitioner_id, location_id, visit_type_id, mode, patient_id,
        starts_at, ends_at, reason, language, booked_at, booked_by, booked_through)
      select ${organizationId}, id, offering_id, practitioner_id, location_id, visit_type_id, mode, patient_id, starts_at,
        starts_at + make_interval(mins => minutes), reason, case when language = 'es' then 'es' else 'en' end, ${at}, 'system:import', 'import'
      from asked where id in (select appointment_id from got)
      returning 1`.execute(tx)
    taken += written.length
  }
  return taken
}

function* chunks<T>(all: readonly T[], size: number) {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size)
}
