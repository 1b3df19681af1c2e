/** The search listings of what can be booked, kept equal to the directory, the networks and the offerings. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { rowsRead, startsKept } from './listing-starts.ts'
import '../tables.ts'

const facts = sql`specialty, main, visit_type, visit_position, mode, for_patients, min_age_years, max_age_years, gender, languages,
  accepts_new, networks, access`

/**
 * Brings the listings of one practitioner, or of all, up to date: a row an active offering and specialty. Listings that
 * stay keep their next openings; new ones take theirs from the index of openings, whole, so that the next refill trims
 * them. Few statements for any number of practitioners, one relist of an organization after the other; listings that
 * are right already are not touched.
 */
export async function relist(tx: Tx, organizationId: string, practitionerId: string | null = null) {
  const wanted = sql`wanted as materialized (${wantedListings(organizationId, practitionerId)})`
  const whose = sql`l.organization_id = ${organizationId}${practitionerId === null ? sql`` : sql` and l.practitioner_id = ${practitionerId}::uuid`}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${organizationId}::text, 8))`.execute(tx)
  await sql`
    with ${wanted}
    insert into scheduling.profile (organization_id, digest, ${facts})
    select distinct organization_id, digest, ${facts} from wanted w
    where not exists (select from scheduling.profile p where p.organization_id = w.organization_id and p.digest = w.digest)`.execute(
    tx,
  )
  await sql`
    with ${wanted}
    delete from scheduling.listing l
    where ${whose} and not exists (select from wanted w where w.offering_id = l.offering_id and w.specialty = l.specialty)`.execute(
    tx,
  )
  await sql`
    with ${wanted}, changed as materialized (
      select w.*, p.id as profile, l.offering_id is null as is_new from wanted w
      join scheduling.profile p on p.organization_id = w.organization_id and p.digest = w.digest
      left join scheduling.listing l on l.organization_id = w.organization_id and l.offering_id = w.offering_id and l.specialty = w.specialty
      where (l.main, l.location_id, l.sort_name, l.min_notice_minutes, l.profile)
        is distinct from (w.main, w.location_id, w.sort_name, w.min_notice_minutes, p.id)
    )
    insert into scheduling.listing as l (organization_id, offering_id, specialty, main, practitioner_id, practitioner_role_id,
      location_id, sort_name, min_notice_minutes, profile, next_starts, next_start)
    select c.organization_id, c.offering_id, c.specialty, c.main, c.practitioner_id, c.role_id, c.location_id, c.sort_name,
      c.min_notice_minutes, c.profile, next.starts, next.starts[1]
    from changed c cross join lateral (
      select array(
        select s from (
          select p.starts from scheduling.opening p
          where c.is_new and p.organization_id = c.organization_id and p.offering_id = c.offering_id
          order by p.first_start limit ${sql.lit(rowsRead)}
        ) soonest, unnest(soonest.starts) s order by s limit ${sql.lit(startsKept)}
      ) as starts
    ) next
    on conflict (organization_id, offering_id, specialty) do update set main = excluded.main, location_id = excluded.location_id,
      sort_name = excluded.sort_name, min_notice_minutes = excluded.min_notice_minutes, profile = excluded.profile`.execute(
    tx,
  )
  if (practitionerId === null) await dropUnused(tx, organizationId)
}

/** Profiles that no listing has any more; none comes into use meanwhile, as relists wait for each other. */
async function dropUnused(tx: Tx, organizationId: string) {
  await sql`
    delete from scheduling.profile p
    where p.organization_id = ${organizationId} and not exists (
      select from scheduling.listing l where l.organization_id = p.organization_id and l.profile = p.id offset 0)`.execute(
    tx,
  )
}

/** What should be listed, with the facts of its profile. */
function wantedListings(organizationId: string, practitionerId: string | null) {
  const whose = practitionerId === null ? sql`` : sql` and o.practitioner_id = ${practitionerId}::uuid`
  return sql`
    select w.*, md5(row(${facts})::text)::uuid as digest from (
      select o.organization_id, o.id as offering_id, s.code as specialty, s.place = 1 as main, o.practitioner_id, r.id as role_id,
        l.id as location_id, v.code as visit_type, v.position as visit_position, o.mode, p.languages, p.gender,
        left(p.search_name, 24) collate "C" as sort_name, r.accepts_new, o.for_patients, o.min_age_years, o.max_age_years, o.min_notice_minutes,
        array(
          select c.network_id from coverage.participation c
          where c.organization_id = o.organization_id and c.practitioner_role_id = r.id
            and coalesce(c.valid_from <= current_date, true) and coalesce(c.valid_until >= current_date, true)
          order by c.network_id) as networks,
        array(
          select a.feature from directory.place_access a
          where a.organization_id = o.organization_id and a.location_id = l.id and a.present order by a.feature) as access
      from scheduling.offering o
      join directory.practitioner_role r on r.organization_id = o.organization_id and r.id = o.practitioner_role_id and r.active and r.hidden_since is null
      join directory.practitioner p on p.organization_id = o.organization_id and p.id = o.practitioner_id and p.active
      join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id and l.active
      join scheduling.visit_type v on v.organization_id = o.organization_id and v.id = o.visit_type_id and v.active
      cross join lateral (select code, min(place) as place from unnest(r.specialties) with ordinality as u(code, place) group by code) s
      where o.organization_id = ${organizationId} and o.active${whose}
    ) w`
}
