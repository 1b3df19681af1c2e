import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { foundOrganization } from '../../people/index.ts'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { type Json, openWorld, type World } from '../../testing/world.ts'
import { reindexAll } from '../openings/calendar.ts'
import { relist } from './listing.ts'
import { keyOf } from './order.ts'

/** Tuesday 1 December 2026, 9:00 in Boston, 7:00 in Denver. */
async function opened(now = '2026-12-01T14:00:00Z') {
  const world = await openWorld({ now })
  return { world, clinic: await openClinic(world) }
}

async function find(world: World, query: Record<string, string | number | boolean> = {}) {
  const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  const { status, body } = await world.ask('GET', `/api/scheduling/care?${asked.toString()}`)
  return { status, body, names: (body['results'] ?? []).map((one: Json) => one.clinician.name) as string[] }
}

const [nguyen, osei, rivera] = ['Dr. Lan Nguyen', 'Dr. Omar Osei', 'Dr. Paz Rivera']

test('without words everybody with an open time is shown once, the soonest first, then by name', async () => {
  const { world } = await opened()
  await using _ = world
  const { status, body, names } = await find(world)
  assert.equal(status, 200, JSON.stringify(body))
  // Boston has openings after 10:00 (an hour's notice, and a minute to choose); Denver opens at 9:00, which is 11:00 in Boston.
  assert.deepEqual(names, [nguyen, osei, rivera])
  assert.deepEqual(body['results'][0].openings, [
    '2026-12-01T15:30:00Z',
    '2026-12-01T16:00:00Z',
    '2026-12-01T16:30:00Z',
  ])
  assert.equal(body['results'][0].offering.visitType.code, 'office-visit')
  assert.deepEqual(body['relax'], [])
})

test('words say who is looked for, in English and in Spanish', async () => {
  const { world } = await opened()
  await using _ = world
  const heart = await find(world, { q: 'heart doctor' })
  assert.deepEqual(heart.names, [osei])
  assert.equal(heart.body['results'][0].specialty.code, '207RC0000X')
  assert.ok(heart.body['results'][0].because.some(({ code }: Json) => code === 'specialty'))
  const child = await find(world, { q: 'control de niño sano', language: 'es' })
  assert.ok(child.names.includes(rivera!))
  assert.ok(child.names.every((name) => name !== osei))
})

test('a name finds its bearer by the beginnings of its words, with or without accents', async () => {
  const { world } = await opened()
  await using _ = world
  for (const q of ['Dr Nguyen', 'Dr. Ngúyen', 'dr lan ngu']) {
    const { names, body } = await find(world, { q })
    assert.deepEqual(names, [nguyen], q)
    assert.equal(body['results'][0].because[0].code, 'name')
  }
})

test('words that mean nothing find nobody, and leaving them out is offered', async () => {
  const { world } = await opened()
  await using _ = world
  const { names, body } = await find(world, { q: 'qwzxv' })
  assert.deepEqual(names, [])
  assert.deepEqual(body['relax'], [{ filter: 'q', count: 3 }])
})

test('each filter leaves only whom it fits', async () => {
  const { world, clinic } = await opened()
  await using _ = world
  const fits = async (query: Record<string, string | number | boolean>, names: (string | undefined)[]) =>
    assert.deepEqual((await find(world, query)).names, names, JSON.stringify(query))
  await fits({ speaks: 'es' }, [rivera])
  await fits({ gender: 'male' }, [osei])
  await fits({ mode: 'video' }, [nguyen])
  await fits({ ageYears: 40 }, [nguyen, osei])
  await fits({ ageYears: 4, gender: 'female' }, [nguyen, rivera])
  await fits({ planId: clinic.plan }, [nguyen])
  await fits({ near: '80202', withinMiles: 20 }, [rivera])
  await fits({ near: 'Boston, MA', withinMiles: 20 }, [nguyen, osei])
})

test('someone who takes no new patients is not shown to a new one', async () => {
  const { world, clinic } = await opened()
  await using _ = world
  await world.write(async (tx) => {
    await tx
      .updateTable('directory.practitionerRole')
      .set({ acceptsNew: false })
      .where('id', '=', clinic.osei.roleId)
      .execute()
    await relist(tx, world.organizationId)
  })
  const { names, body } = await find(world, { newPatient: true })
  assert.deepEqual(names, [nguyen, rivera])
  assert.equal(body['results'][0].offering.forPatients, 'new')
  const known = await find(world, { newPatient: false })
  assert.deepEqual(known.names, [nguyen, osei, rivera])
  assert.equal(known.body['results'][0].offering.visitType.code, 'office-visit')
})

test('a day and a part of the day are the wall-clock ones of the place', async () => {
  const { world } = await opened()
  await using _ = world
  const later = await find(world, { from: '2026-12-05' })
  // Saturday and Sunday nobody works; Monday 9:00 is 14:00 UTC in Boston and 16:00 in Denver.
  assert.deepEqual(
    later.body['results'].map((one: Json) => one.openings[0]),
    ['2026-12-07T14:00:00Z', '2026-12-07T14:00:00Z', '2026-12-07T16:00:00Z'],
  )
  const afternoon = await find(world, { part: 'afternoon', near: '80202', withinMiles: 20 })
  assert.deepEqual(afternoon.body['results'][0].openings, [
    '2026-12-01T20:00:00Z',
    '2026-12-01T20:30:00Z',
    '2026-12-01T21:00:00Z',
  ])
  const evening = await find(world, { part: 'evening' })
  assert.deepEqual(evening.names, [])
  assert.deepEqual(evening.body['relax'], [{ filter: 'part', count: 3 }])
})

test('what is shown can still be booked: nothing past or at too short notice, though no worker has run', async () => {
  const { world } = await opened()
  await using _ = world
  for (const time of ['2026-12-01T14:01:00Z', '2026-12-01T16:31:00Z', '2026-12-01T22:00:00Z', '2026-12-04T23:00:00Z']) {
    world.at(time)
    const soonest = Temporal.Instant.from(time).add({ minutes: 60 })
    for (const query of [{}, { q: 'heart doctor' }, { part: 'morning' }, { near: '02110', sort: 'distance' }]) {
      const { body, names } = await find(world, query)
      assert.ok(names.length > 0)
      for (const { openings } of body['results'] as { openings: string[] }[]) {
        assert.equal(openings.length, 3)
        for (const opening of openings)
          assert.ok(Temporal.Instant.compare(opening, soonest) >= 0, `${opening} at ${time}`)
      }
    }
  }
})

test('a time that is booked is gone from the results at once', async () => {
  const { world, clinic } = await opened()
  await using _ = world
  const client = await world.client()
  const patientId = await addPatient(world, 'Ada')
  const { body } = await find(world, { q: 'heart doctor' })
  const startsAt = body['results'][0].openings[0]
  const booked = await client.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.osei.office,
    startsAt,
    patientId,
    language: 'en',
  })
  assert.equal(booked.status, 200)
  const again = await find(world, { q: 'heart doctor' })
  assert.ok(!again.body['results'][0].openings.includes(startsAt))
})

test('distance is in miles to a tenth, and nearest first when asked', async () => {
  const { world } = await opened()
  await using _ = world
  const { body, names } = await find(world, { near: '80202', sort: 'distance' })
  assert.deepEqual(names, [rivera, nguyen, osei])
  const [first, second] = body['results']
  assert.ok(first.miles < 2)
  assert.ok(Math.abs(second.miles - 1768) < 10, String(second.miles))
  assert.equal(first.because.find(({ code }: Json) => code === 'near').text, `${first.miles} miles away`)
})

test('of two with the same time the nearer comes first', async () => {
  const { world, clinic } = await opened()
  await using _ = world
  await world.write(async (tx) => {
    await tx.updateTable('directory.location').set({ zone: 'America/New_York' }).execute()
    await reindexAll(tx, world.organizationId, clinic.rivera.id, world.now())
  })
  assert.deepEqual((await find(world, { near: '80202' })).names, [rivera, nguyen, osei])
  assert.deepEqual((await find(world, { near: '02110' })).names, [nguyen, osei, rivera])
})

test('the plan’s network is shown with its source and date, and fades after 90 days', async () => {
  const { world, clinic } = await opened()
  await using _ = world
  const fact = async () => (await find(world, { planId: clinic.plan })).body['results'][0].network
  assert.deepEqual(await fact(), {
    networkId: clinic.network,
    network: 'Bay network',
    source: 'payer_directory',
    knownOn: '2026-11-10',
    faded: false,
    confidence: 0.76,
  })
  world.at('2027-02-08T14:00:00Z')
  assert.equal((await fact()).faded, false)
  world.at('2027-02-09T14:00:00Z')
  const { faded, confidence } = await fact()
  assert.ok(faded && confidence < 0.76, 'and is less sure')
})

test('pages together give everybody once, whatever the order', async () => {
  const { world } = await opened()
  await using _ = world
  for (const query of [
    {},
    { from: '2026-12-03' },
    { near: '80202' },
    { near: '80202', sort: 'distance' },
    { part: 'morning' },
  ]) {
    const whole = await find(world, query)
    const paged: string[] = []
    for (let after: string | null = ''; after !== null;) {
      const { body, names }: Awaited<ReturnType<typeof find>> = await find(world, {
        ...query,
        limit: 1,
        ...(after && { after }),
      })
      paged.push(...names)
      after = body['after']
    }
    assert.deepEqual(paged, whole.names, JSON.stringify(query))
  }
})

test('with no result, each filter that alone stands in the way is named with what it hides', async () => {
  const { world } = await opened()
  await using _ = world
  const { body, names } = await find(world, { q: 'heart doctor', speaks: 'vi', gender: 'male' })
  assert.deepEqual(names, [])
  assert.deepEqual(body['relax'], [{ filter: 'speaks', count: 1 }])
  const far = await find(world, { near: '80202', withinMiles: 5, gender: 'male' })
  assert.deepEqual(far.body['relax'], [
    { filter: 'near', count: 1 },
    { filter: 'withinMiles', count: 1 },
    { filter: 'gender', count: 1 },
  ])
})

test('an unknown place, plan or page is refused in plain words', async () => {
  const { world } = await opened()
  await using _ = world
  const refused = async (query: Record<string, string | number>, code: string) => {
    const { status, body } = await find(world, query)
    assert.deepEqual([status, body['code']], [422, code], JSON.stringify(query))
  }
  await refused({ near: '00000' }, 'place_not_found')
  await refused({ withinMiles: 5 }, 'near_missing')
  await refused({ sort: 'distance' }, 'near_missing')
  await refused({ planId: '01890000-0000-7000-8000-000000000000' }, 'plan_not_found')
  for (const after of [
    'x',
    'bnVsbA',
    Buffer.from('[1,2,3,"a","b"]').toString('base64url'),
    Buffer.from('[1,2,-3,"a","01890000-0000-7000-8000-000000000000"]').toString('base64url'),
  ])
    await refused({ after }, 'page_not_found')
})

/** All that orders results: the compiler refuses one more, or one less. */
const ranking: Record<keyof Parameters<typeof keyOf>[0], number | string> = {
  day: 1,
  start: 2,
  tenths: 3,
  sortName: 'nguyen',
  roleId: 'r',
}

test('time, distance, name and id alone give a result its place', () => {
  const one = { day: 1, start: 2, tenths: 3, sortName: 'nguyen', roleId: 'r' }
  const paying = { ...one, sponsored: true, paid: 1000 }
  for (const byDistance of [true, false]) {
    const key = keyOf(paying, byDistance)
    assert.ok(key.every((part) => part === 0 || Object.values(ranking).includes(part)))
    assert.deepEqual(key, keyOf(one, byDistance))
  }
})

test('the same question has the same answer, and nothing that money could set is read for it', async () => {
  const { world } = await opened()
  await using _ = world
  const first = await find(world, { near: '02110' })
  for (let i = 0; i < 7; i++) assert.deepEqual((await find(world, { near: '02110' })).body, first.body)
  const columns = await world.write((tx) =>
    sql<{ tableName: string; columns: string[] }>`
      select table_name, array_agg(column_name::text order by column_name) as columns from information_schema.columns
      where table_schema = 'scheduling' and table_name in ('listing', 'profile') group by table_name order by table_name`.execute(
      tx,
    ),
  )
  assert.deepEqual(
    columns.rows.map((row) => [row.tableName, row.columns.join(' ')]),
    [
      [
        'listing',
        'fresh_until location_id main min_notice_minutes next_start next_starts offering_id organization_id practitioner_id practitioner_role_id profile sort_name specialty',
      ],
      [
        'profile',
        'accepts_new access digest for_patients gender id languages main max_age_years min_age_years mode networks organization_id specialty visit_position visit_type',
      ],
    ],
  )
})

test('another organization’s clinicians are not found', async () => {
  const { world } = await opened()
  await using _ = world
  const other = await foundOrganization(world.db, {
    slug: 'hill',
    name: 'Hill',
    phone: '+16175550199',
    email: null,
    zone: 'America/New_York',
    hostNames: [],
    cancelCutoffMinutes: 0,
    demo: false,
  })
  const hidden = await world.write(
    (tx) => sql<{ many: number }>`select count(*)::int as many from scheduling.listing`.execute(tx),
    other,
  )
  assert.equal(hidden.rows[0]?.many, 0)
})

test('a name that is spelt a little wrong finds its bearer, and says what it was taken for', async () => {
  await using world = await openWorld()
  await openClinic(world)
  for (const q of ['Nguen', 'dr ngyuen', 'lan nguyem', 'Nuyen']) {
    const { names, body } = await find(world, { q })
    assert.deepEqual(names, [nguyen], q)
    assert.match(body['understood'].at(-1).meaning, /Nguyen$/, q)
  }
  assert.deepEqual((await find(world, { q: 'omar nguen' })).names, [], 'every word counts')
  assert.deepEqual((await find(world, { q: 'Ose' })).names, [osei], 'the beginning of a name is no slip')
  assert.deepEqual((await find(world, { q: 'Nguyen' })).body['understood'], [])
})

test('each value of a filter says how many results it would leave, and choosing it leaves just those', async () => {
  const { world, clinic } = await opened()
  await using _ = world
  const facets = async (query: Record<string, string>) => {
    const { status, body } = await world.ask(
      'GET',
      `/api/scheduling/care/facets?${new URLSearchParams(query).toString()}`,
    )
    assert.equal(status, 200, JSON.stringify(body))
    return body['facets'] as { filter: string; value: string; count: number }[]
  }
  const near = { near: '02110' }
  for (const { filter, value, count } of await facets(near)) {
    const { names } = await find(world, { ...near, [filter]: value })
    assert.equal(names.length, count, `${filter}=${value}`)
  }
  const countOf = async (query: Record<string, string>, filter: string, value: string) =>
    (await facets(query)).find((one) => one.filter === filter && one.value === value)?.count
  assert.deepEqual(
    [
      await countOf({}, 'speaks', 'es'),
      // The filter's own value is replaced, the others stay.
      await countOf({ gender: 'male' }, 'gender', 'female'),
      await countOf({ gender: 'male' }, 'speaks', 'es'),
      await countOf({ part: 'evening' }, 'part', 'morning'),
      await countOf({}, 'planId', clinic.plan),
      await countOf({}, 'withinMiles', '10'),
    ],
    [1, 2, 0, 3, 1, undefined],
  )
  assert.deepEqual(await facets(near), await facets(near))
})
