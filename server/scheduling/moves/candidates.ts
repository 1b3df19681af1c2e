/** Where displaced visits could go: openings of the same kind of visit, with the same clinician or others at the place. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { BookingRules } from '../booking/rules.ts'
import type { Candidate } from './best-time.ts'

/** How long after a visit would have been somebody still looks for a new time. */
const reachDays = 60

export interface Kind {
  visitTypeId: string
  mode: 'in_person' | 'video'
  practitionerId: string
  locationId: string
  start: number
}

export interface Found extends Candidate, BookingRules {
  visitTypeId: string
  mode: 'in_person' | 'video'
  zone: string
}

interface Row extends Omit<Found, 'starts'> {
  parts: number[][] | null
}

/** All that could suit any of these visits, with its free starts after `earliest`, in one statement. */
export async function readCandidates(
  tx: Tx,
  organizationId: string,
  visits: readonly Kind[],
  earliest: number,
): Promise<Found[]> {
  const starts = visits.map(({ start }) => start)
  const first = Math.max(earliest, Math.min(...starts))
  const last = Math.max(...starts) + reachDays * 1440
  const kinds = visits.map(({ visitTypeId, mode, practitionerId, locationId }) => ({
    visit_type_id: visitTypeId,
    mode,
    practitioner_id: practitionerId,
    location_id: locationId,
  }))
  const { rows } = await sql<Row>`
    select o.id as offering_id, o.practitioner_id, o.location_id, o.visit_type_id, o.mode, o.minutes, o.buffer_before,
      o.buffer_after, o.min_notice_minutes, o.horizon_days, o.for_patients, o.min_age_years, o.max_age_years,
      r.accepts_new, l.zone,
      (select json_agg(p.starts order by p.first_start) from scheduling.opening p where p.organization_id = o.organization_id
        and p.practitioner_id = o.practitioner_id and p.offering_id = o.id
        and p.first_start >= ${first}::int - 1440 and p.first_start <= ${last}::int) as parts
    from scheduling.offering o
    join directory.practitioner_role r on r.organization_id = o.organization_id and r.id = o.practitioner_role_id
    join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id
    where o.organization_id = ${organizationId} and o.active and exists (
      select from json_to_recordset(${JSON.stringify(kinds)}::json) as k(visit_type_id uuid, mode text, practitioner_id uuid, location_id uuid)
      where k.visit_type_id = o.visit_type_id and k.mode = o.mode
        and (k.practitioner_id = o.practitioner_id or k.location_id = o.location_id))`.execute(tx)
  return rows.map(({ parts, ...row }) => ({
    ...row,
    starts: (parts ?? []).flat().filter((start) => start >= first && start > earliest),
  }))
}

/** Times that are proposed to others and not taken yet, of the clinicians asked about. */
export async function readPromised(tx: Tx, organizationId: string, practitionerIds: readonly string[]) {
  const { rows } = await sql<{ practitionerId: string; start: number; end: number }>`
    select o.practitioner_id, (extract(epoch from v.starts_at) / 60)::int - o.buffer_before as start,
      (extract(epoch from v.starts_at) / 60)::int + o.minutes + o.buffer_after as "end"
    from scheduling.bulk_move_visit v
    join scheduling.offering o on o.organization_id = v.organization_id and o.id = v.offering_id
    where v.organization_id = ${organizationId} and v.state in ('proposed', 'confirmed')
      and o.practitioner_id = any(${`{${practitionerIds.join(',')}}`}::uuid[])`.execute(tx)
  return rows
}
