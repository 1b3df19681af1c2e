/** Which visits a bulk move is about, as the calendar is now: none is left out, none that somebody saw to is kept. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import './tables.ts'

interface Which {
  organizationId: string
  bulkMoveId: string
}

/**
 * Takes in coming visits of the clinician's days away, also one that was booked at the last moment from a hold, and settles
 * those that were cancelled or moved meanwhile. A visit that was changed and is still on a day away waits anew. Gives
 * how many wait for a new time.
 */
export async function gather(tx: Tx, { organizationId, bulkMoveId }: Which, now: Temporal.Instant): Promise<number> {
  const affected = sql`
    from scheduling.bulk_move m
    join scheduling.appointment a on a.organization_id = m.organization_id and a.practitioner_id = m.practitioner_id
    join directory.location l on l.organization_id = a.organization_id and l.id = a.location_id
    where m.organization_id = ${organizationId} and m.id = ${bulkMoveId} and m.kind in ('leave', 'leaving')
      and a.status = 'booked' and a.starts_at > ${now} and (a.starts_at at time zone l.zone)::date >= m.from_day
      and (m.until_day is null or (a.starts_at at time zone l.zone)::date <= m.until_day)`
  await sql`
    update scheduling.bulk_move_visit v set state = 'settled', decided_at = ${now}
    from scheduling.appointment a
    where v.organization_id = ${organizationId} and v.bulk_move_id = ${bulkMoveId}
      and v.state in ('waiting', 'proposed', 'confirmed', 'to_call')
      and a.organization_id = v.organization_id and a.id = v.appointment_id and (a.status = 'cancelled' or a.version <> v.seen_version)`.execute(
    tx,
  )
  await sql`
    insert into scheduling.bulk_move_visit as v (organization_id, bulk_move_id, appointment_id, patient_id, state, seen_version, was_starts_at, was_offering_id)
    select a.organization_id, m.id, a.id, a.patient_id, 'waiting', a.version, a.starts_at, a.offering_id ${affected}
    on conflict (organization_id, bulk_move_id, appointment_id) do update
      set state = 'waiting', seen_version = excluded.seen_version, was_starts_at = excluded.was_starts_at,
        was_offering_id = excluded.was_offering_id, offering_id = null, starts_at = null, refused = null,
        moved_version = null, kept_at = null
      where v.state = 'settled' and v.seen_version <> excluded.seen_version`.execute(tx)
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from scheduling.bulk_move_visit
    where organization_id = ${organizationId} and bulk_move_id = ${bulkMoveId} and state = 'waiting'`.execute(tx)
  return rows[0]?.waiting ?? 0
}
