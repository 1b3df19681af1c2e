/** The search listings of what can be booked, kept equal to the directory, the networks and the offerings. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { startsKept } from './listing-starts.ts'
import '../tables.ts'

/**
 * Brings the listings of one practitioner, or of all, up to date: a row an active offering and specialty. Listings that
 * stay keep their next openings; new ones take theirs from the index of openings, whole, so that the next refill trims
 * them. Two statements for any number of practitioners.
 */
export async function relist(tx: Tx, organizationId: string, practitionerId: string | null = null) {
  const wanted = wantedListings(organizationId, practitionerId)
  await sql`
    with wanted as (${wanted})
    delete from scheduling.listing l
    where l.organization_id = ${organizationId} and (l.practitioner_id = ${practitionerId}::uuid or ${practitionerId}::uuid is null)
      and not exists (select from wanted w where w.offering_id = l.offering_id and w.specialty = l.specialty)`.execute(
    tx,
  )
  await sql`
    with wanted as (${wanted}), kept as (
      select distinct on (l.offering_id) l.offering_id, l.next_starts from scheduling.listing l
      where l.organization_id = ${organizationId} and (l.practitioner_id = ${practitionerId}::uuid or ${practitionerId}::uuid is null)
    )
    insert into scheduling.listing as l (organization_id, offering_id, specialty, main, practitioner_id, practitioner_role_id, location_id,
      visit_type, visit_position, mode, latitude, longitude, cell, languages, gender, sort_name, accepts_new, for_patients,
      min_age_years, max_age_years, min_notice_minutes, networks, next_starts, next_start)
    select w.*, next.starts, next.starts[1] from wanted w
    left join kept on kept.offering_id = w.offering_id
    cross join lateral (
      select coalesce(kept.next_starts, array(
        select s from (
          select p.starts from scheduling.opening p
          where p.organization_id = w.organization_id and p.offering_id = w.offering_id
          order by p.first_start limit ${sql.lit(startsKept)}
        ) soonest, unnest(soonest.starts) s order by s limit ${sql.lit(startsKept)}
      )) as starts
    ) next
    on conflict (organization_id, offering_id, specialty) do update set main = excluded.main, location_id = excluded.location_id,
      visit_type = excluded.visit_type, visit_position = excluded.visit_position, mode = excluded.mode, latitude = excluded.latitude,
      longitude = excluded.longitude, cell = excluded.cell, languages = excluded.languages, gender = excluded.gender,
      sort_name = excluded.sort_name, accepts_new = excluded.accepts_new, for_patients = excluded.for_patients,
      min_age_years = excluded.min_age_years, max_age_years = excluded.max_age_years,
      min_notice_minutes = excluded.min_notice_minutes, networks = excluded.networks
    where (l.main, l.location_id, l.visit_type, l.visit_position, l.mode, l.latitude, l.longitude, l.languages, l.gender, l.sort_name,
        l.accepts_new, l.for_patients, l.min_age_years, l.max_age_years, l.min_notice_minutes, l.networks)
      is distinct from (excluded.main, excluded.location_id, excluded.visit_type, excluded.visit_position, excluded.mode,
        excluded.latitude, excluded.longitude, excluded.languages, excluded.gender, excluded.sort_name, excluded.accepts_new,
        excluded.for_patients, excluded.min_age_years, excluded.max_age_years, excluded.min_notice_minutes, excluded.networks)`.execute(
    tx,
  )
}

/** What should be listed, in the order of the insert's columns. The cell is a fifth of a degree, as the schema says. */
function wantedListings(organizationId: string, practitionerId: string | null) {
  return sql`
    select o.organization_id, o.id as offering_id, s.code as specialty, s.place = 1 as main, o.practitioner_id, r.id as role_id,
      l.id as location_id, v.code as visit_type, v.position as visit_position, o.mode, l.latitude, l.longitude,
      (floor((l.latitude + 90) * 5) * 10000 + floor((l.longitude + 180) * 5))::int as cell, p.languages, p.gender,
      left(p.search_name, 24) as sort_name, r.accepts_new, o.for_patients, o.min_age_years, o.max_age_years, o.min_notice_minutes,
      array(
        select c.network_id from coverage.participation c
        where c.organization_id = o.organization_id and c.practitioner_role_id = r.id
          and coalesce(c.valid_from <= current_date, true) and coalesce(c.valid_until >= current_date, true)
        order by c.network_id) as networks
    from scheduling.offering o
    join directory.practitioner_role r on r.organization_id = o.organization_id and r.id = o.practitioner_role_id and r.active
    join directory.practitioner p on p.organization_id = o.organization_id and p.id = o.practitioner_id and p.active
    join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id and l.active
    join scheduling.visit_type v on v.organization_id = o.organization_id and v.id = o.visit_type_id and v.active
    cross join lateral (select code, min(place) as place from unnest(r.specialties) with ordinality as u(code, place) group by code) s
    where o.organization_id = ${organizationId} and o.active and (o.practitioner_id = ${practitionerId}::uuid or ${practitionerId}::uuid is null)`
}
