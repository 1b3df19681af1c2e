// The desk's week and month: what is booked by clinician, room and place, and how full each day is.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../../testing/clinic.ts'
import { openWorld, type Asker, type Json, type World } from '../../testing/world.ts'

let world: World
let clinic: Clinic
let desk: Asker
let ada: string
before(async () => {
  world = await openWorld()
  clinic = await openClinic(world)
  desk = await world.frontDesk()
  ada = await addPatient(world, 'Ada')
  const booked = await desk.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: '2026-12-02T14:00:00Z',
    patientId: ada,
    language: 'en',
    reason: 'zqx-cough',
  })
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
})
after(() => world[Symbol.asyncDispose]())

const row = (body: Json, id: string): Json => body['rows'].find((one: Json) => one.id === id)

test('a week begins on its Monday and shows each clinician’s days, with who comes and how full they are', async () => {
  const { body } = await desk.asks('GET', '/api/scheduling/weeks/2026-12-03')
  assert.equal(body['days'][0], '2026-11-30')
  assert.equal(body['days'].length, 7)
  const [, , wednesday, , , saturday] = row(body, clinic.nguyen.id).days
  assert.deepEqual([wednesday.visits, wednesday.bookedMinutes, wednesday.openMinutes], [1, 30, 420])
  assert.equal(wednesday.entries[0].patient.name, 'Ada Byron')
  assert.equal(saturday.openMinutes, 0)
  assert.doesNotMatch(JSON.stringify(body), /zqx-cough/)
})

test('a week by place adds up those who work there, and can be asked of one place alone', async () => {
  const { body } = await desk.asks('GET', '/api/scheduling/weeks/2026-12-02?by=place')
  const boston = row(body, clinic.places.boston).days[2]
  assert.deepEqual([boston.visits, boston.openMinutes], [1, 840])
  const denver = await desk.asks('GET', `/api/scheduling/weeks/2026-12-02?placeId=${clinic.places.denver}`)
  assert.deepEqual(
    denver.body['rows'].map((one: Json) => one.id),
    [clinic.rivera.id],
  )
  assert.equal(denver.body['places'].length, 2)
})

test('a week by room shows the visits that have taken it, and a room is open while somebody works at its place', async () => {
  const scheduler = await world.as('scheduler')
  const room = await scheduler.asks('POST', '/api/scheduling/resources', {
    kind: 'room',
    name: 'Room 1',
    placeId: clinic.places.boston,
    zone: 'America/New_York',
    features: [],
    modality: null,
    hours: [],
  })
  await scheduler.asks('POST', '/api/scheduling/visit-needs', {
    code: 'video-visit',
    needs: [{ kind: 'room', features: [] }],
  })
  const booked = await desk.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.video,
    startsAt: '2026-12-04T15:00:00Z',
    patientId: ada,
    language: 'en',
  })
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
  const { body } = await desk.asks('GET', '/api/scheduling/weeks/2026-12-04?by=room')
  const friday = row(body, room.body['id']).days[4]
  assert.deepEqual([friday.visits, friday.openMinutes], [1, 420])
  const month = await desk.asks('GET', `/api/scheduling/months/2026-12-04?by=room&of=${room.body['id']}`)
  assert.deepEqual(month.body['days'][3], { day: '2026-12-04', visits: 1, bookedMinutes: 30, openMinutes: 420 })
})

test('a month counts, of all and of one, and names nobody', async () => {
  const { body } = await desk.asks('GET', '/api/scheduling/months/2026-12-17')
  assert.equal(body['days'].length, 31)
  assert.deepEqual(body['days'][1], { day: '2026-12-02', visits: 1, bookedMinutes: 30, openMinutes: 1260 })
  const osei = await desk.asks('GET', `/api/scheduling/months/2026-12-17?of=${clinic.osei.id}`)
  assert.deepEqual(osei.body['days'][1], { day: '2026-12-02', visits: 0, bookedMinutes: 0, openMinutes: 420 })
  assert.doesNotMatch(JSON.stringify([body, osei.body]), /Byron/)
})

test('blocked time is no capacity', async () => {
  const block = { clinicianId: clinic.osei.id, day: '2026-12-07', fromMinute: 540, untilMinute: 600 }
  await desk.asks('POST', '/api/scheduling/blocks', block)
  const { body } = await desk.asks('GET', `/api/scheduling/months/2026-12-07?of=${clinic.osei.id}`)
  assert.equal(body['days'][6].openMinutes, 360)
})

test('each visit of a week is in the trail; patients see no week', async () => {
  const read = () =>
    world.write((tx) =>
      tx
        .selectFrom('platform.auditEvent')
        .where('organizationId', '=', world.organizationId)
        .where('resourceType', '=', 'Appointment')
        .where('action', '=', 'read')
        .where('patientId', '=', ada)
        .select('id')
        .execute(),
    )
  const before = (await read()).length
  await desk.asks('GET', '/api/scheduling/weeks/2026-12-03')
  assert.equal((await read()).length - before, 2)
  const patient = await world.as('patient')
  assert.equal((await patient.asks('GET', '/api/scheduling/weeks/2026-12-03')).status, 403)
  assert.equal((await patient.asks('GET', '/api/scheduling/months/2026-12-03')).status, 403)
})
