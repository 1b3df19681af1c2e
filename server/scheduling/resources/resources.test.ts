import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../../testing/clinic.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { defineVisitType, offerVisit, reindexAll, relist, saveResource, setNeeds } from '../index.ts'

const nine = '2026-12-02T14:00:00Z'
const halfPast = '2026-12-02T14:30:00Z'
const ten = '2026-12-02T15:00:00Z'

/** An echo of half an hour with Dr. Nguyen and Dr. Osei; as many rooms and machines as said. */
async function withEcho(world: World, clinic: Clinic, { rooms = 1, machines = 1 } = {}) {
  return world.write(async (tx) => {
    const { organizationId } = world
    const visitTypeId = await defineVisitType(tx, organizationId, { code: 'echo', name: { en: 'Echo', es: 'Eco' } })
    const offer = (practitionerRoleId: string) =>
      offerVisit(tx, organizationId, { practitionerRoleId, visitTypeId, minutes: 30, stepMinutes: 30 })
    const [nguyen, osei] = [await offer(clinic.nguyen.roleId), await offer(clinic.osei.roleId)]
    const at = { locationId: clinic.places.boston, zone: 'America/New_York', features: ['echo'] }
    const ids: string[] = []
    for (let n = 1; n <= rooms; n++)
      ids.push(await saveResource(tx, organizationId, { kind: 'room', name: `Room ${n}`, ...at }))
    for (let n = 1; n <= machines; n++)
      ids.push(await saveResource(tx, organizationId, { kind: 'device', name: `Echo ${n}`, ...at }))
    await setNeeds(tx, organizationId, visitTypeId, [
      { kind: 'room', features: ['echo'] },
      { kind: 'device', features: ['echo'] },
    ])
    await relist(tx, organizationId)
    for (const { id } of [clinic.nguyen, clinic.osei]) await reindexAll(tx, organizationId, id, world.now())
    return { nguyen, osei, ids }
  })
}

const wish = (offeringId: string, patientId: string, startsAt = nine) => ({
  offeringId,
  startsAt,
  patientId,
  language: 'en',
})

async function openingsOf(world: World, offeringId: string, query = ''): Promise<string[]> {
  const { body } = await world.ask(
    'GET',
    `/api/scheduling/offerings/${offeringId}/openings?from=2026-12-02&days=1${query}`,
  )
  return body['days'][0]?.openings ?? []
}

/** The index of openings, to be compared with one computed anew. */
async function index(world: World) {
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

async function computedAnew(world: World, { nguyen, osei }: Clinic) {
  await world.write(async (tx) => {
    for (const { id } of [nguyen, osei]) await reindexAll(tx, world.organizationId, id, world.now())
  })
  return index(world)
}

test('an echo takes its room and its machine: nobody else is shown the time when there is one machine', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const echo = await withEcho(world, clinic, { rooms: 2, machines: 1 })
  const [client, ada, ben] = [await world.client(), await addPatient(world, 'Ada'), await addPatient(world, 'Ben')]
  const booked = await client.asks('POST', '/api/scheduling/appointments', wish(echo.nguyen, ada))
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
  assert.deepEqual(
    booked.body['appointment'].resources.map(({ name }: { name: string }) => name),
    ['Room 1', 'Echo 1'],
  )
  const desk = await world.frontDesk()
  const { body: day } = await desk.asks('GET', '/api/scheduling/days/2026-12-02')
  const column = day['columns'].find((one: { clinician: { id: string } }) => one.clinician.id === clinic.nguyen.id)
  assert.deepEqual(column.entries[0].resources, ['Room 1', 'Echo 1'])
  assert.equal((await openingsOf(world, echo.osei))[0], halfPast)
  const late = await client.asks('POST', '/api/scheduling/appointments', wish(echo.osei, ben))
  assert.deepEqual([late.status, late.body['code']], [409, 'slot_taken'])
  // An ordinary visit needs no machine.
  const plain = await client.asks('POST', '/api/scheduling/appointments', wish(clinic.osei.office, ben))
  assert.equal(plain.status, 200)
  assert.deepEqual(await index(world), await computedAnew(world, clinic))
})

test('moved or cancelled, an echo gives back all that it had, and everybody is shown it again', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const echo = await withEcho(world, clinic)
  const [client, ada] = [await world.client(), await addPatient(world, 'Ada')]
  const { body } = await client.asks('POST', '/api/scheduling/appointments', wish(echo.nguyen, ada))
  const { id } = body['appointment']
  const moved = await client.asks('POST', `/api/scheduling/appointments/${id}/move`, {
    offeringId: echo.osei,
    startsAt: ten,
  })
  assert.equal(moved.status, 200, JSON.stringify(moved.body))
  const shown = await openingsOf(world, echo.nguyen)
  assert.deepEqual([shown.includes(nine), shown.includes(ten)], [true, false])
  assert.deepEqual(await index(world), await computedAnew(world, clinic))
  await client.asks('POST', `/api/scheduling/appointments/${id}/cancellation`, { reason: 'clinic' })
  assert.ok((await openingsOf(world, echo.nguyen)).includes(ten))
  assert.equal(
    (await world.write((tx) => tx.selectFrom('scheduling.takenTime').selectAll().execute())).length,
    0,
    'nothing stays taken',
  )
  assert.deepEqual(await index(world), await computedAnew(world, clinic))
})

test('forty people want echoes of two doctors who share one machine, at three times: one each, nobody waits for nobody', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const echo = await withEcho(world, clinic, { rooms: 2, machines: 1 })
  const client = await world.client()
  const patients = await Promise.all(Array.from({ length: 40 }, (_, n) => addPatient(world, `Pat${n}`)))
  const replies = await Promise.all(
    patients.map((patientId, n) =>
      client.asks('POST', '/api/scheduling/appointments', {
        ...wish(n % 2 === 0 ? echo.nguyen : echo.osei, patientId, [nine, halfPast, ten][n % 3]),
      }),
    ),
  )
  const statuses = replies.map(({ status }) => status)
  assert.equal(statuses.filter((status) => status === 200).length, 3, JSON.stringify(statuses))
  assert.equal(statuses.filter((status) => status === 409).length, 37)
  assert.deepEqual(await index(world), await computedAnew(world, clinic))
})

test('a hold keeps room and machine too, and gives them back when it ends', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const echo = await withEcho(world, clinic)
  const [client, ada] = [await world.client(), await addPatient(world, 'Ada')]
  const held = await client.asks('POST', '/api/scheduling/holds', { offeringId: echo.nguyen, startsAt: nine })
  assert.equal((await openingsOf(world, echo.osei))[0], halfPast)
  const booked = await client.asks('POST', '/api/scheduling/appointments', {
    ...wish(echo.nguyen, ada),
    holdId: held.body['id'],
  })
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
  assert.equal(booked.body['appointment'].resources.length, 2)
  await client.asks('POST', '/api/scheduling/holds', { offeringId: echo.osei, startsAt: ten })
  assert.ok(!(await openingsOf(world, echo.nguyen)).includes(ten))
  world.at(world.now().add({ minutes: 6 }))
  await world.chore('scheduling.free-expired-holds')
  assert.ok((await openingsOf(world, echo.nguyen)).includes(ten))
  assert.deepEqual(await index(world), await computedAnew(world, clinic))
})

test('with an interpreter, only times when one who speaks the language is free are shown and booked', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  await world.write((tx) =>
    saveResource(tx, world.organizationId, {
      kind: 'interpreter',
      name: 'Marisol V.',
      zone: 'America/New_York',
      features: ['es'],
      modality: 'phone',
      // Wednesdays from 9:30 to 11:00.
      hours: [{ weekday: 3, fromMinute: 570, untilMinute: 660 }],
    }),
  )
  const [client, ada, ben] = [await world.client(), await addPatient(world, 'Ada'), await addPatient(world, 'Ben')]
  const shown = await openingsOf(world, clinic.nguyen.office, '&interpreter=es')
  assert.deepEqual([shown[0], shown.at(-1)], [halfPast, '2026-12-02T15:30:00Z'])
  assert.deepEqual(await openingsOf(world, clinic.nguyen.office, '&interpreter=vi'), [])
  const interpreter = { language: 'es' }
  const book = (offeringId: string, patientId: string, startsAt: string) =>
    client.asks('POST', '/api/scheduling/appointments', { ...wish(offeringId, patientId, startsAt), interpreter })
  assert.equal((await book(clinic.nguyen.office, ada, nine)).status, 409)
  const booked = await book(clinic.nguyen.office, ada, ten)
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
  assert.deepEqual(booked.body['appointment'].resources, [
    { kind: 'interpreter', name: 'Marisol V.', modality: 'phone' },
  ])
  assert.ok(!(await openingsOf(world, clinic.osei.office, '&interpreter=es')).includes(ten))
  const second = await book(clinic.osei.office, ben, ten)
  assert.deepEqual([second.status, second.body['code']], [409, 'slot_taken'])
  assert.equal(second.body['openings'].length > 0, true)
})

test('a room closed today: its visits get another that is free; the one for which there is none is named, and keeps its time', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const echo = await withEcho(world, clinic, { rooms: 2, machines: 2 })
  const [client, ada, ben] = [await world.client(), await addPatient(world, 'Ada'), await addPatient(world, 'Ben')]
  const scheduler = await world.as('scheduler')
  const first = await client.asks('POST', '/api/scheduling/appointments', wish(echo.nguyen, ada))
  const second = await client.asks('POST', '/api/scheduling/appointments', wish(echo.osei, ben))
  const [one = '', two = ''] = echo.ids
  const close = (id: string, body: object) => scheduler.asks('POST', `/api/scheduling/resources/${id}/closures`, body)
  const whole = { day: '2026-12-02', reason: 'Water on the floor' }
  const named = await close(one, whole)
  assert.equal(named.status, 200, JSON.stringify(named.body))
  const visitsOf = ({ body }: { body: Record<string, any> }) =>
    body['visits'].map((visit: { appointmentId: string; instead: string | null }) => [
      visit.appointmentId,
      visit.instead,
    ])
  // Room 2 has the other echo at that time.
  assert.deepEqual(visitsOf(named), [[first.body['appointment'].id, null]])
  await client.asks('POST', `/api/scheduling/appointments/${second.body['appointment'].id}/cancellation`, {
    reason: 'clinic',
  })
  assert.deepEqual(visitsOf(await close(one, whole)), [[first.body['appointment'].id, 'Room 2']])
  assert.deepEqual(visitsOf(await close(two, { ...whole, fromMinute: 600, untilMinute: 660 })), [])
  const shown = await openingsOf(world, echo.osei)
  assert.deepEqual(
    [nine, halfPast, ten].map((start) => shown.includes(start)),
    [false, true, false],
  )
  assert.deepEqual(await index(world), await computedAnew(world, clinic))
  assert.deepEqual(
    [(await close(one, { ...whole, fromMinute: 600 })).status, (await close(one, { ...whole, reason: '' })).status],
    [422, 400],
  )
  assert.equal(
    (await (await world.as('nurse')).asks('POST', `/api/scheduling/resources/${one}/closures`, whole)).status,
    403,
  )
})

test('a scheduler adds a machine and says what an echo needs; openings follow at once, and odd hours are refused', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const echo = await withEcho(world, clinic)
  const [client, ada] = [await world.client(), await addPatient(world, 'Ada')]
  const scheduler = await world.as('scheduler')
  await client.asks('POST', '/api/scheduling/appointments', wish(echo.nguyen, ada))
  assert.ok(!(await openingsOf(world, echo.osei)).includes(nine))
  const room = {
    placeId: clinic.places.boston,
    zone: 'America/New_York',
    features: ['echo'],
    modality: null,
    hours: [],
  }
  const save = (body: object) => scheduler.asks('POST', '/api/scheduling/resources', body)
  assert.equal((await save({ kind: 'room', name: 'Room 2', ...room })).status, 200)
  assert.ok(!(await openingsOf(world, echo.osei)).includes(nine), 'there is still one machine')
  assert.equal((await save({ kind: 'device', name: 'Echo 2', ...room })).status, 200)
  assert.ok((await openingsOf(world, echo.osei)).includes(nine))
  const { body } = await scheduler.asks('GET', '/api/scheduling/resources')
  assert.deepEqual(
    body['resources'].map(({ name }: { name: string }) => name),
    ['Echo 1', 'Echo 2', 'Room 1', 'Room 2'],
  )
  const needs = (list: object[]) => scheduler.asks('POST', '/api/scheduling/visit-needs', { code: 'echo', needs: list })
  await needs([{ kind: 'device', features: ['stress-echo'] }])
  assert.deepEqual(await openingsOf(world, echo.osei), [])
  await needs([])
  assert.ok((await openingsOf(world, echo.osei)).includes(nine))
  for (const wrong of [
    { ...room, zone: 'Mars/Base' },
    { ...room, hours: [{ weekday: 1, fromMinute: 600, untilMinute: 600 }] },
    { ...room, placeId: null },
  ])
    assert.equal((await save({ kind: 'room', name: 'Room 3', ...wrong })).status, 422)
  assert.deepEqual(await index(world), await computedAnew(world, clinic))
})
