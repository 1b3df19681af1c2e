import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withPasskey } from '../../testing/colleague.ts'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { openWorld, type Json, type World } from '../../testing/world.ts'
import { fillPercent, phantomPercent } from './rates.ts'

const now = '2026-12-01T14:00:00Z'
const later = (seconds: number) => Temporal.Instant.from(now).add({ seconds })

const honest = async (world: World) => (await world.ask('GET', '/api/scheduling/honest-numbers')).body

/** One round of the prober: a search, and the same openings five seconds later. */
async function probe(world: World, meanwhile: (shown: Shown[]) => Promise<void> = async () => undefined) {
  const at = world.now()
  await world.chore('scheduling.sample-shown')
  await meanwhile(await kept(world))
  world.at(at.add({ seconds: 5 }))
  await world.chore('scheduling.ask-again')
}

interface Shown {
  offeringId: string
  startMinute: number
}

const kept = (world: World): Promise<Shown[]> =>
  world.write((tx) =>
    tx.selectFrom('scheduling.shownOpening').select(['offeringId', 'startMinute']).orderBy('startMinute').execute(),
  )

async function board(world: World, name = 'Ines Gomez') {
  const { cookie } = await withPasskey(world, name, ['quality_manager'])
  const reply = await world.ask('GET', '/api/scheduling/board', undefined, { cookie })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return reply.body
}

test('nobody has measured yet: no rate is said, least of all zero', async () => {
  await using world = await openWorld({ now })
  await openClinic(world)
  const { measuredSince, probed } = await honest(world)
  assert.deepEqual([measuredSince, probed], [null, { asked: 0, taken: 0, phantoms: 0, percent: null }])
})

test('what is shown and free is bookable; what somebody took meanwhile is competition; nothing of the trying stays', async () => {
  await using world = await openWorld({ now })
  await openClinic(world)
  await probe(world)
  const first = (await honest(world))['probed']
  assert.ok(first.asked >= 10)
  assert.deepEqual([first.taken, first.phantoms, first.percent], [0, 0, 0])
  assert.deepEqual(await world.write((tx) => tx.selectFrom('scheduling.takenTime').selectAll().execute()), [])

  world.at(later(300))
  await probe(world, async ([shown]) => {
    const held = await world.ask('POST', '/api/scheduling/holds', {
      offeringId: shown?.offeringId,
      startsAt: Temporal.Instant.fromEpochMilliseconds((shown?.startMinute ?? 0) * 60_000).toString(),
    })
    assert.equal(held.status, 200, JSON.stringify(held.body))
  })
  const second = (await honest(world))['probed']
  assert.ok(second.taken >= 1 && second.asked > first.asked)
  assert.deepEqual([second.phantoms, second.percent], [0, 0])
})

test('nothing is asked before five seconds are over, and what waited for a minute is let go unjudged', async () => {
  await using world = await openWorld({ now })
  await openClinic(world)
  await world.chore('scheduling.sample-shown')
  world.at(later(4))
  await world.chore('scheduling.ask-again')
  assert.ok((await kept(world)).length > 0)
  world.at(later(61))
  await world.chore('scheduling.ask-again')
  assert.deepEqual(await kept(world), [])
  assert.equal((await honest(world))['measuredSince'], null)
})

test('a stale feed moves the number, and the board says whose openings, where, and what stood in the way', async () => {
  await using world = await openWorld({ now })
  const { osei } = await openClinic(world)
  await probe(world)
  assert.equal((await honest(world))['probed'].percent, 0)
  // Another system sent a leave of two weeks, and nobody brought the index of openings up to date.
  await world.write((tx) =>
    sql`insert into scheduling.calendar_exception (organization_id, practitioner_id, kind, on_date, made_by)
      select ${world.organizationId}, ${osei.id}, 'leave', d::date, 'feed' from generate_series(date '2026-12-01', '2026-12-20', '1 day') d`.execute(
      tx,
    ),
  )
  // The same kind of search, when it comes round again.
  world.at(later(8 * 300))
  await probe(world)
  const { probed } = await honest(world)
  assert.ok(probed.phantoms > 0 && probed.percent > 0, JSON.stringify(probed))
  const { causes, days, numbers } = await board(world)
  assert.deepEqual(numbers.probed, probed)
  assert.deepEqual(
    days.map(({ day }: Json) => day),
    ['2026-12-01'],
  )
  assert.deepEqual(
    causes.clinicians.map(({ name }: Json) => name),
    ['Dr. Omar Osei'],
  )
  assert.deepEqual(
    causes.places.map(({ name }: Json) => name),
    ['River Street'],
  )
  assert.deepEqual(causes.reasons, [{ code: 'closed', phantoms: probed.phantoms }])
  assert.deepEqual(
    causes.feeds.map(({ feed }: Json) => feed),
    ['own'],
  )
  // Thirty days on, it is forgotten.
  world.at('2026-12-31T14:00:00Z')
  assert.equal((await honest(world))['probed'].percent, null)
})

test('a search that runs ahead of its index shows phantoms; so does a clinician who left and is listed still', async () => {
  await using world = await openWorld({ now })
  const { osei, nguyen } = await openClinic(world)
  await world.write(async (tx) => {
    await sql`delete from scheduling.opening where practitioner_id = ${osei.id}`.execute(tx)
    await tx.updateTable('directory.practitioner').set({ active: false }).where('id', '=', nguyen.id).execute()
  })
  await probe(world)
  const { causes } = await board(world)
  assert.deepEqual(causes.reasons.map(({ code }: Json) => code).sort(), ['left', 'not_in_index'])
  assert.deepEqual(causes.clinicians.map(({ name }: Json) => name).sort(), ['Dr. Lan Nguyen', 'Dr. Omar Osei'])
})

test('the third next opening and the fill are measured a day, and again changes nothing', async () => {
  await using world = await openWorld({ now })
  const { osei } = await openClinic(world)
  const patientId = await addPatient(world, 'Ada')
  const client = await world.client()
  const book = (startsAt: string) =>
    client.asks('POST', '/api/scheduling/appointments', {
      offeringId: osei.office,
      startsAt,
      patientId,
      language: 'en',
    })
  assert.equal((await book('2026-12-01T19:00:00Z')).status, 200)
  await world.chore('scheduling.measure-access')
  const waitOf = ({ waits }: Record<string, Json>, visit: string) =>
    waits.find((one: Json) => one.visitType === visit && one.specialty === 'Heart care' && one.place === 'River Street')
  const first = await board(world)
  assert.deepEqual(waitOf(first, 'Office visit'), {
    visitType: 'Office visit',
    specialty: 'Heart care',
    place: 'River Street',
    clinicians: 1,
    withoutThird: 0,
    days: 0,
    daysBefore: null,
  })
  // Nothing is known of the day that is not over.
  assert.ok(first['fill'].days.every(({ day }: Json) => day < '2026-12-01'))
  assert.equal(first['fill'].percent, 0)

  // The rest of this day and the next are full.
  await world.write((tx) =>
    sql`delete from scheduling.opening where practitioner_id = ${osei.id} and day < '2026-12-03'`.execute(tx),
  )
  world.at('2026-12-02T14:00:00Z')
  await world.chore('scheduling.measure-access')
  await world.chore('scheduling.measure-access')
  const second = await board(world, 'Kim Lee')
  const wait = waitOf(second, 'Office visit')
  assert.deepEqual([wait.days, wait.daysBefore], [1, 0])
  const clinician = second['fill'].clinicians.find(({ name }: Json) => name === 'Dr. Omar Osei')
  const yesterday = second['fill'].days.find(({ day }: Json) => day === '2026-12-01')
  assert.equal(yesterday.percent, fillPercent(30, 3 * 7 * 60))
  assert.ok(clinician.percent === 0 && clinician.openHours > 100)
})

test('rates are never told better than they are', () => {
  assert.equal(phantomPercent({ asked: 0, phantoms: 0 }), null)
  assert.equal(phantomPercent({ asked: 5, phantoms: 0 }), 0)
  assert.equal(phantomPercent({ asked: 1_000_000, phantoms: 1 }), 0.01)
  assert.equal(fillPercent(99, 100), 99)
  assert.equal(fillPercent(999, 1000), 99)
})

test('the board is for who can mend what it shows', async () => {
  await using world = await openWorld({ now })
  assert.equal((await world.ask('GET', '/api/scheduling/board')).status, 401)
  const { cookie } = await withPasskey(world, 'Ben Ward', ['front_desk'])
  assert.equal((await world.ask('GET', '/api/scheduling/board', undefined, { cookie })).status, 403)
})
