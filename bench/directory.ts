/** A large made-up directory: practitioners, networks and 60 days of openings, written by SQL straight into the tables. */
import { sql } from 'kysely'
import { defineVisitType, relist } from '../server/scheduling/index.ts'
import type { Stage } from './stage.ts'

/** How far ahead openings are made. */
const days = 60
/** In how many ways a clinician's days are filled. */
const patterns = 400

const places = [
  ['Boston', 'MA', '02110', 42.357, -71.051, 'America/New_York'],
  ['Brooklyn', 'NY', '11201', 40.694, -73.99, 'America/New_York'],
  ['Chicago', 'IL', '60601', 41.886, -87.623, 'America/Chicago'],
  ['Houston', 'TX', '77002', 29.757, -95.366, 'America/Chicago'],
  ['Denver', 'CO', '80202', 39.753, -104.999, 'America/Denver'],
  ['Phoenix', 'AZ', '85003', 33.451, -112.079, 'America/Phoenix'],
  ['Los Angeles', 'CA', '90012', 34.066, -118.238, 'America/Los_Angeles'],
  ['Miami', 'FL', '33130', 25.768, -80.205, 'America/New_York'],
] as const

const specialties = [
  '207Q00000X',
  '207R00000X',
  '208000000X',
  '207RC0000X',
  '207N00000X',
  '207V00000X',
  '2084P0800X',
  '207W00000X',
  '207X00000X',
  '208D00000X',
  '363L00000X',
  '103T00000X',
]
export const familyNames = [
  'nguyen',
  'garcia',
  'smith',
  'okafor',
  'cohen',
  'patel',
  'rossi',
  'kim',
  'lopez',
  'ivanov',
  'haddad',
  'silva',
  'tanaka',
  'murphy',
  'larsen',
  'mensah',
  'dubois',
  'kowalski',
  'osei',
  'rivera',
]

/** Fills the tables with so many practitioners; gives the plan that a quarter of them take. */
export async function fillDirectory(stage: Stage, count: number): Promise<{ planId: string }> {
  const { organizationId, write } = stage
  const office = await write((tx) =>
    defineVisitType(tx, organizationId, {
      code: 'office-visit',
      name: { en: 'Office visit', es: 'Consulta' },
      position: 1,
    }),
  )
  const video = await write((tx) =>
    defineVisitType(tx, organizationId, {
      code: 'video-visit',
      name: { en: 'Video visit', es: 'Visita por video' },
      position: 2,
    }),
  )
  await stage.sql(
    `insert into directory.location (organization_id, name, city, state, postcode, latitude, longitude, zone)
    select $1, city || ' clinic ' || n, city, state, postcode, latitude + (n % 20 - 10) * 0.02, longitude + (n / 20 - 5) * 0.02, zone
    from json_to_recordset($2) as p(city text, state text, postcode text, latitude float8, longitude float8, zone text), generate_series(0, $3::int) n`,
    [
      organizationId,
      JSON.stringify(
        places.map(([city, state, postcode, latitude, longitude, zone]) => ({
          city,
          state,
          postcode,
          latitude,
          longitude,
          zone,
        })),
      ),
      count >= 10_000 ? 199 : 19,
    ],
  )
  await stage.sql(
    `insert into directory.practitioner (organization_id, given_name, family_name, prefix, search_name, gender, languages)
    select $1, 'Given' || n % 97, initcap(family), 'Dr.', 'given' || n % 97 || ' ' || family, case n % 2 when 0 then 'female' else 'male' end,
      case when n % 3 = 0 then '{en,es}' when n % 50 = 1 then '{en,vi}' else '{en}' end::text[]
    from (select n, ($2::text[])[1 + n % $3::int] || case when n < 40 then '' else (n / 40)::text end as family from generate_series(0, $4::int - 1) n) named`,
    [organizationId, familyNames, familyNames.length, count],
  )
  await stage.sql(
    `insert into directory.practitioner_word select organization_id, word, id from directory.practitioner, unnest(string_to_array(search_name, ' ')) word`,
  )
  await stage.sql(
    `insert into directory.practitioner_role (organization_id, practitioner_id, location_id, specialties, accepts_new, video)
    select p.organization_id, p.id, l.id, array[($2::text[])[1 + abs(hashtext(p.id::text || 'specialty')) % $3::int]], abs(hashtext(p.id::text || 'new')) % 5 <> 0, abs(hashtext(p.id::text || 'video')) % 4 = 0
    from directory.practitioner p
    join (select *, row_number() over (order by id)::int as n from directory.location) l
      on l.n = 1 + abs(hashtext(p.id::text || 'place')) % (select count(*)::int from directory.location)
    where p.organization_id = $1`,
    [organizationId, specialties, specialties.length],
  )
  await stage.sql(
    `insert into scheduling.offering (organization_id, practitioner_id, practitioner_role_id, location_id, visit_type_id, mode, minutes, step_minutes, min_notice_minutes)
    select organization_id, practitioner_id, id, location_id, $1::uuid, 'in_person', 30, 30, 60 from directory.practitioner_role
    union all select organization_id, practitioner_id, id, location_id, $2::uuid, 'video', 30, 30, 60 from directory.practitioner_role where video`,
    [office, video],
  )
  const planId = await fillNetworks(stage)
  await fillOpenings(stage)
  await stage.sql('analyze')
  await write(async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx)
    await relist(tx, organizationId)
  })
  await stage.sql('vacuum analyze')
  return { planId }
}

async function fillNetworks(stage: Stage): Promise<string> {
  const [found] = await stage.sql<{ plan_id: string }>(
    `with payer as (insert into coverage.payer (organization_id, name) values ($1, 'Bay Mutual') returning id),
      network as (insert into coverage.network (organization_id, payer_id, name) select $1, id, 'Bay network' from payer returning id),
      plan as (insert into coverage.plan (organization_id, payer_id, name) select $1, id, 'Bay Choice' from payer returning id)
     insert into coverage.plan_network select $1, plan.id, network.id from plan, network returning plan_id`,
    [stage.organizationId],
  )
  await stage.sql(`insert into coverage.participation (organization_id, practitioner_role_id, network_id, source, known_on)
    select r.organization_id, r.id, n.id, 'payer_directory', '2026-11-01' from directory.practitioner_role r, coverage.network n
    where hashtext(r.id::text) % 4 = 0`)
  return found?.plan_id ?? ''
}

/**
 * Weekdays, half hours of the morning and the afternoon, a third of them gone; the nearer the day, the fuller. None so
 * soon that it passes while we measure: no worker runs here to roll the listings on.
 */
async function fillOpenings(stage: Stage) {
  // A hundred million rows are written first and put in order afterwards, which takes a third of the time.
  const indexes = await stage.sql<{ drop: string; make: string }>(`
    select coalesce('alter table scheduling.opening drop constraint ' || c.conname, 'drop index ' || i.indexrelid::regclass) as drop,
      coalesce('alter table scheduling.opening add constraint ' || c.conname || ' ' || pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) as make
    from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
    where i.indrelid = 'scheduling.opening'::regclass`)
  for (const { drop } of indexes) await stage.sql(drop)
  await stage.sql(`create table public.pattern as
    with d as (
      select day::date, zone, (extract(epoch from day at time zone zone) / 60)::int as midnight, day::date - current_date as ahead
      from (select distinct zone from directory.location) z, generate_series(current_date::timestamp, current_date + ${days - 1}, '1 day') day
      where extract(isodow from day) < 6
    )
    select * from (
      select d.zone, d.day, part.part, turn, array(
        select m from generate_series(d.midnight + part.opens, d.midnight + part.closes - 30, 30) m
        where m > extract(epoch from now()) / 60 + 90 and abs(hashint4(m) # hashint4(turn)) % 100 >= greatest(33, 95 - d.ahead * 5)) as starts
      from d, (values (1::smallint, 540, 720), (2::smallint, 780, 1020)) as part(part, opens, closes), generate_series(0, ${patterns - 1}) turn
    ) made where starts <> '{}'`)
  await stage.sql('analyze')
  await stage.sql(`
    insert into scheduling.opening (organization_id, practitioner_id, day, offering_id, part, first_start, starts)
    select o.organization_id, o.practitioner_id, p.day, o.id, p.part, p.starts[1], p.starts
    from scheduling.offering o
    join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id
    join public.pattern p on p.zone = l.zone and p.turn = abs(hashtext(o.practitioner_id::text)) % ${patterns}`)
  await stage.sql('drop table public.pattern')
  for (const { make } of indexes) await stage.sql(make)
}
