import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../../testing/clinic.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { defineVisitType, offerVisit, reindexAll, relist, saveResource, setNeeds } from '../index.ts'

/** Wednesday 2 December 2026, 10:00 in Boston. */
const ten = '2026-12-02T15:00:00Z'
const quarterPast = '2026-12-02T15:15:00Z'
const url = '/api/scheduling/overbookings'
const wish = (offeringId: string, patientId: string, startsAt = ten) => ({
  offeringId,
  startsAt,
  patientId,
  language: 'en',
})
const because = (reason = 'urgent', why = 'Fever since Sunday; Dr. Nguyen asked for it') => ({
  overbooking: { reason, why },
})

async function openings(world: World, offeringId: string): Promise<string[]> {
  const { body } = await world.ask('GET', `/api/scheduling/offerings/${offeringId}/openings?from=2026-12-02&days=1`)
  return body['days'][0]?.openings ?? []
}

async function indexed(world: World) {
  const rows = await world.write((tx) =>
    tx
      .selectFrom('scheduling.opening')
      .select(['offeringId', 'day', 'part', 'starts'])
      .orderBy('offeringId')
      .orderBy('day')
      .orderBy('part')
      .execute(),
  )
  return rows.map((row) => ({ ...row, day: row.day.toString() }))
}

async function isAsComputedAnew(world: World, { nguyen }: Clinic) {
  const found = await indexed(world)
  await world.write((tx) => reindexAll(tx, world.organizationId, nguyen.id, world.now()))
  assert.deepEqual(found, await indexed(world))
}

async function opened() {
  const world = await openWorld()
  const clinic = await openClinic(world)
  const people = await Promise.all(['Ada', 'Ben', 'Cem', 'Dan'].map((name) => addPatient(world, name)))
  const [ada = '', ben = '', cem = '', dan = ''] = people
  const [client, scheduler] = [await world.client(), await world.as('scheduler')]
  const booked = await client.asks('POST', '/api/scheduling/appointments', wish(clinic.nguyen.office, ada))
  assert.equal(booked.status, 200)
  return {
    world,
    clinic,
    client,
    scheduler,
    ada,
    ben,
    cem,
    dan,
    first: booked.body['appointment'],
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

test('a scheduler overbooks a taken time with a reason; the time stays closed to all others, and the report says who and why', async () => {
  await using open = await opened()
  const { world, clinic, scheduler, ben } = open
  const { office } = clinic.nguyen
  const before = await openings(world, office)
  const done = await scheduler.asks('POST', url, { ...wish(office, ben, quarterPast), ...because() })
  assert.equal(done.status, 200, JSON.stringify(done.body))
  assert.equal(done.body['appointment'].startsAt, quarterPast)
  // Half past ten is covered by its last quarter of an hour.
  const gone = before.filter((start) => !['2026-12-02T15:30:00Z'].includes(start))
  assert.deepEqual(await openings(world, office), gone)
  await isAsComputedAnew(world, clinic)
  const report = await scheduler.asks('GET', `${url}?from=2026-12-01&until=2026-12-31`)
  assert.equal(report.body['visits'], 2)
  const [line] = report.body['overbooked']
  assert.deepEqual(
    [line.clinician, line.reason, line.why, line.beside, line.status],
    ['Dr. Lan Nguyen', 'urgent', 'Fever since Sunday; Dr. Nguyen asked for it', true, 'booked'],
  )
  assert.doesNotMatch(JSON.stringify(report.body), /Ben/, 'the report names no patient')
  const kept = await world.write((tx) => tx.selectFrom('scheduling.overbooking').selectAll().execute())
  assert.doesNotMatch(kept[0]?.whySealed.toString('latin1') ?? '', /Fever/)
  await world.settle()
  const { body } = await world.ask('GET', '/api/conversations/dev/mailbox')
  assert.equal(body['messages'].length, 2, 'Ben is told of his visit as Ada was of hers')
})

test('without a reason, where the time is free, in a holiday, at night, and from the front desk it is refused', async () => {
  await using open = await opened()
  const { world, clinic, scheduler, ben } = open
  const { office } = clinic.nguyen
  const ask = (body: object) => scheduler.asks('POST', url, body)
  assert.equal((await ask(wish(office, ben))).status, 400)
  assert.equal((await ask({ ...wish(office, ben), ...because('urgent', '   ') })).status, 400)
  assert.equal((await ask({ ...wish(office, ben), ...because('bored') })).status, 400)
  const codeAt = async (startsAt: string) => (await ask({ ...wish(office, ben, startsAt), ...because() })).body['code']
  assert.equal(await codeAt('2026-12-02T16:00:00Z'), 'time_is_free')
  assert.equal(await codeAt('2026-12-02T03:00:00Z'), 'outside_hours')
  const front = await world.as('front_desk')
  assert.equal((await front.asks('POST', url, { ...wish(office, ben), ...because() })).status, 403)
  assert.equal((await front.asks('GET', `${url}?from=2026-12-01&until=2026-12-31`)).status, 403)
  const left = await world.write((tx) => tx.selectFrom('scheduling.overbooking').selectAll().execute())
  assert.deepEqual(left, [])
})

test('of twenty who overbook one time at once two get it, and nobody waits for a deadlock', async () => {
  await using open = await opened()
  const { world, clinic, scheduler, ben, cem } = open
  const { office } = clinic.nguyen
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, turn) =>
      scheduler.asks('POST', url, { ...wish(office, turn % 2 ? ben : cem), ...because() }),
    ),
  )
  assert.deepEqual(Map.groupBy(replies, ({ status }) => status).get(200)?.length, 2)
  const refused = replies.filter(({ status }) => status !== 200)
  assert.ok(refused.every(({ status, body }) => status === 409 && body['code'] === 'overbooked_enough'))
  const lanes = await world.write((tx) =>
    tx.selectFrom('scheduling.takenTime').orderBy('lane').select('lane').execute(),
  )
  assert.deepEqual(
    lanes.map(({ lane }) => lane),
    [0, 1, 2],
  )
})

test('when the visit beside it is cancelled it stands alone, and the time is not open twice', async () => {
  await using open = await opened()
  const { world, clinic, client, scheduler, ben, cem, first } = open
  const { office } = clinic.nguyen
  const done = await scheduler.asks('POST', url, { ...wish(office, ben), ...because('short') })
  const cancelled = await client.asks('POST', `/api/scheduling/appointments/${first.id}/cancellation`, {
    version: first.version,
    reason: 'clinic',
  })
  assert.equal(cancelled.status, 200, JSON.stringify(cancelled.body))
  assert.ok(!(await openings(world, office)).includes(ten))
  const rival = await client.asks('POST', '/api/scheduling/appointments', wish(office, cem))
  assert.equal(rival.body['code'], 'slot_taken')
  const report = await scheduler.asks('GET', `${url}?from=2026-12-01&until=2026-12-31`)
  assert.equal(report.body['overbooked'][0].beside, false)
  const { appointment } = done.body
  await client.asks('POST', `/api/scheduling/appointments/${appointment.id}/cancellation`, {
    version: appointment.version,
    reason: 'clinic',
  })
  assert.ok((await openings(world, office)).includes(ten))
  await isAsComputedAnew(world, clinic)
})

test('the same request twice is one visit', async () => {
  await using open = await opened()
  const { clinic, scheduler, ben } = open
  const body = { ...wish(clinic.nguyen.office, ben), ...because() }
  const headers = { 'idempotency-key': 'overbooked-once' }
  const [one, two] = [
    await scheduler.asks('POST', url, body, headers),
    await scheduler.asks('POST', url, body, headers),
  ]
  assert.deepEqual([one.status, two.status], [200, 200], JSON.stringify([one.body, two.body]))
  assert.equal(one.body['appointment'].id, two.body['appointment'].id)
})

test('a room is never overbooked: the clinician’s time is, where a second room is free', async () => {
  await using open = await opened()
  const { world, clinic, client, scheduler, ben, cem, dan } = open
  const { organizationId } = world
  const echo = await world.write(async (tx) => {
    const visitTypeId = await defineVisitType(tx, organizationId, { code: 'echo', name: { en: 'Echo', es: 'Eco' } })
    const practitionerRoleId = clinic.nguyen.roleId
    const id = await offerVisit(tx, organizationId, { practitionerRoleId, visitTypeId, minutes: 30, stepMinutes: 30 })
    const at = { locationId: clinic.places.boston, zone: 'America/New_York', features: ['echo'] }
    for (const name of ['Room 1', 'Room 2']) await saveResource(tx, organizationId, { kind: 'room', name, ...at })
    await setNeeds(tx, organizationId, visitTypeId, [{ kind: 'room', features: ['echo'] }])
    await relist(tx, organizationId)
    await reindexAll(tx, organizationId, clinic.nguyen.id, world.now())
    return id
  })
  const eleven = '2026-12-02T16:00:00Z'
  assert.equal((await client.asks('POST', '/api/scheduling/appointments', wish(echo, ben, eleven))).status, 200)
  const second = await scheduler.asks('POST', url, { ...wish(echo, cem, eleven), ...because() })
  assert.deepEqual(
    second.body['appointment']?.resources.map(({ name }: { name: string }) => name),
    ['Room 2'],
    JSON.stringify(second.body),
  )
  const third = await scheduler.asks('POST', url, { ...wish(echo, dan, eleven), ...because() })
  assert.deepEqual([third.status, third.body['code']], [409, 'not_all_free'])
})
