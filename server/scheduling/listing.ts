/** The search listings of what can be booked, built anew from the directory, the networks and the offerings. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

/** Rebuilds the listings of one practitioner, or of all. Openings are filled in by `refillListings` or a reindex. */
export async function relist(tx: Tx, organizationId: string, practitionerId: string | null = null) {
  await sql`delete from scheduling.listing where organization_id = ${organizationId} and (practitioner_id = ${practitionerId}::uuid or ${practitionerId}::uuid is null)`.execute(tx)
  await sql`
    insert into scheduling.listing (organization_id, offering_id, specialty, main, practitioner_id, practitioner_role_id, location_id, visit_type, mode,
      latitude, longitude, cell, languages, gender, accepts_new, for_patients, min_age_years, max_age_years, min_notice_minutes, networks)
    select o.organization_id, o.id, s.code, s.place = 1, o.practitioner_id, r.id, l.id, v.code, o.mode, l.latitude, l.longitude,
      (floor((l.latitude + 90) * 5) * 10000 + floor((l.longitude + 180) * 5))::int, p.languages, p.gender, r.accepts_new, o.for_patients,
      o.min_age_years, o.max_age_years, o.min_notice_minutes,
      array(select c.network_id from coverage.participation c where c.organization_id = o.organization_id and c.practitioner_role_id = r.id)
    from scheduling.offering o
    join directory.practitioner_role r on r.organization_id = o.organization_id and r.id = o.practitioner_role_id
    join directory.practitioner p on p.organization_id = o.organization_id and p.id = o.practitioner_id
    join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id
    join scheduling.visit_type v on v.organization_id = o.organization_id and v.id = o.visit_type_id
    cross join lateral unnest(r.specialties) with ordinality as s(code, place)
    where o.organization_id = ${organizationId} and o.active and (o.practitioner_id = ${practitionerId}::uuid or ${practitionerId}::uuid is null)`.execute(tx)
}
