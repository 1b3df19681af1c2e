import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../../testing/clinic.ts'
import { openWorld, type World } from '../../testing/world.ts'

const nine = '2026-12-02T14:00:00Z'
const hold = (world: World, clinic: Clinic, startsAt = nine) =>
  world.ask('POST', '/api/scheduling/holds', { offeringId: clinic.nguyen.office, startsAt })
const firstOpening = async (world: World, clinic: Clinic): Promise<string> =>
  (await world.ask('GET', `/api/scheduling/offerings/${clinic.nguyen.office}/openings?from=2026-12-02&days=1`)).body[
    'days'
  ][0].openings[0]

test('a held time is kept for five minutes, is shown to nobody else, and comes back by itself', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const { status, body } = await hold(world, clinic)
  assert.equal(status, 200)
  assert.equal(body['expiresAt'], world.now().add({ minutes: 5 }).toString())
  assert.notEqual(await firstOpening(world, clinic), nine)
  assert.equal((await hold(world, clinic)).body['code'], 'slot_taken')
  world.at(world.now().add({ minutes: 5 }))
  await world.chore('scheduling.free-expired-holds')
  assert.equal(await firstOpening(world, clinic), nine)
})

test('a hold is made longer once, and not after it has ended', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const { body } = await hold(world, clinic)
  world.at(world.now().add({ minutes: 4 }))
  const longer = await world.ask('POST', `/api/scheduling/holds/${body['id']}/extension`)
  assert.deepEqual([longer.status, longer.body['canExtend']], [200, false])
  assert.equal(longer.body['expiresAt'], world.now().add({ minutes: 5 }).toString())
  assert.equal((await world.ask('POST', `/api/scheduling/holds/${body['id']}/extension`)).body['code'], 'hold_ended')
})

test('whoever gives a held time back gives it to the next', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const { body } = await hold(world, clinic)
  assert.equal((await world.ask('POST', `/api/scheduling/holds/${body['id']}/release`)).status, 200)
  assert.equal(await firstOpening(world, clinic), nine)
  assert.equal((await world.ask('POST', `/api/scheduling/holds/${body['id']}/release`)).status, 404)
})

test('a held time is booked by its holder; another time with that hold is not', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const [client, patientId] = [await world.client(), await addPatient(world, 'Ada')]
  const book = (holdId: string, startsAt: string) =>
    client.asks('POST', '/api/scheduling/appointments', {
      offeringId: clinic.nguyen.office,
      startsAt,
      holdId,
      patientId,
      language: 'en',
    })
  const { body } = await hold(world, clinic)
  assert.equal((await book(body['id'], '2026-12-02T15:00:00Z')).body['code'], 'another_hold')
  assert.equal((await book(body['id'], nine)).status, 200)
  assert.equal((await world.write((tx) => tx.selectFrom('scheduling.hold').select('id').execute())).length, 0)
  assert.equal((await world.write((tx) => tx.selectFrom('scheduling.takenTime').select('id').execute())).length, 1)
})

test('a hold that ran out while somebody typed still books when the time is free', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const [client, patientId] = [await world.client(), await addPatient(world, 'Ada')]
  const { body } = await hold(world, clinic)
  world.at(world.now().add({ minutes: 20 }))
  await world.chore('scheduling.free-expired-holds')
  const booked = await client.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: nine,
    holdId: body['id'],
    patientId,
    language: 'en',
  })
  assert.equal(booked.status, 200)
})

test('nobody empties the calendar by holding', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const { body } = await world.ask(
    'GET',
    `/api/scheduling/offerings/${clinic.osei.office}/openings?from=2026-12-02&days=5`,
  )
  const starts: string[] = body['days'].flatMap((day: { openings: string[] }) => day.openings)
  const statuses = []
  for (const startsAt of starts.slice(0, 25))
    statuses.push(
      (await world.ask('POST', '/api/scheduling/holds', { offeringId: clinic.osei.office, startsAt })).status,
    )
  assert.deepEqual(statuses, [...Array.from({ length: 20 }, () => 200), ...Array.from({ length: 5 }, () => 429)])
})
