import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { openClinic } from '../../testing/clinic.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { relist } from './listing.ts'

/** Enough that the index is walked, not gathered: past a page, past a first look, with many at one time. */
const many = 1_300

/** Heart doctors all over Boston, each with one opening a day for five days, at one of four times. */
async function openCity(world: World) {
  const clinic = await openClinic(world)
  await world.write(async (tx) => {
    await sql`with place as (
        insert into directory.location (organization_id, name, latitude, longitude, zone)
        select organization_id, 'P' || i, latitude + i % 40 * 0.01, longitude, zone from directory.location, generate_series(1, 80) i
        where id = ${clinic.places.boston} returning *
      ), spot as (select p.*, row_number() over (order by name) as n from place p
      ), doctor as (
        insert into directory.practitioner (organization_id, given_name, family_name, search_name, languages)
        select ${world.organizationId}, 'Ada', 'Byron' || i % 7, 'ada byron' || i % 7, '{en,pt}' from generate_series(1, ${many}) i returning *
      ), counted as (select d.*, row_number() over (order by id) as n from doctor d
      ), role as (
        insert into directory.practitioner_role (organization_id, practitioner_id, location_id, specialties)
        select d.organization_id, d.id, s.id, '{207RC0000X}' from counted d join spot s on s.n = 1 + d.n % 80 returning *
      )
      insert into scheduling.offering (organization_id, practitioner_id, practitioner_role_id, location_id, visit_type_id, mode, minutes)
      select organization_id, practitioner_id, id, location_id, ${clinic.types.office}, 'in_person', 30 from role`.execute(
      tx,
    )
    await sql`
      insert into scheduling.opening (organization_id, practitioner_id, day, offering_id, part, first_start, starts)
      select o.organization_id, o.practitioner_id, day, o.id, 2, start, array[start] from (
        select o.*, row_number() over (order by id) as n from scheduling.offering o where minutes = 30 and step_minutes = 15
      ) o cross join generate_series(0, 4) d
      cross join lateral (select date '2026-12-03' + d as day, (extract(epoch from timestamptz '2026-12-03 18:00Z') / 60)::int + d * 1440 + 30 * (o.n % 4)::int as start) s`.execute(
      tx,
    )
    await relist(tx, world.organizationId)
  })
  // As the database does by itself after a load like this.
  const owner = new pg.Client(world.database.superuser)
  await owner.connect()
  await owner.query('analyze scheduling.listing, scheduling.opening, scheduling.offering')
  await owner.end()
}

interface Shown {
  clinician: { id: string }
  miles: number | null
  openings: string[]
}

async function allPages(world: World, query: Record<string, string>): Promise<Shown[]> {
  const results: Shown[] = []
  for (let after: string | null = ''; after !== null;) {
    const asked = new URLSearchParams({ ...query, speaks: 'pt', limit: '50', ...(after && { after }) })
    const { status, body } = await world.ask('GET', `/api/scheduling/care?${asked.toString()}`)
    assert.equal(status, 200, JSON.stringify(body))
    results.push(...body['results'])
    after = body['after']
  }
  return results
}

test('in a large directory, page after page gives everybody once and in order, whatever the search', async () => {
  await using world = await openWorld()
  await openCity(world)
  const byOpening = (one: Shown) => one.openings[0] ?? ''
  const byMiles = (one: Shown) => String(Math.round((one.miles ?? 0) * 10)).padStart(8, '0')
  const searches: [Record<string, string>, (one: Shown) => string][] = [
    [{}, byOpening],
    [{ q: 'heart doctor' }, byOpening],
    [{ q: 'heart doctor', near: '02110' }, (one) => byOpening(one) + byMiles(one)],
    [{ near: '02110', withinMiles: '100' }, (one) => byOpening(one) + byMiles(one)],
    [{ near: '02110', sort: 'distance' }, (one) => byMiles(one) + byOpening(one)],
    [{ from: '2026-12-05' }, byOpening],
    [{ q: 'heart doctor', part: 'afternoon' }, byOpening],
    [{ near: '02110', from: '2026-12-06' }, (one) => byOpening(one) + byMiles(one)],
  ]
  for (const [query, key] of searches) {
    const results = await allPages(world, query)
    const asked = JSON.stringify(query)
    assert.equal(new Set(results.map(({ clinician }) => clinician.id)).size, many, asked)
    assert.equal(results.length, many, asked)
    const keys = results.map(key)
    assert.deepEqual(keys, keys.toSorted(), asked)
  }
})
