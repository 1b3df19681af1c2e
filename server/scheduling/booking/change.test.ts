import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../../testing/clinic.ts'
import { openWorld, type Asker, type World } from '../../testing/world.ts'

const nine = '2026-12-03T14:00:00Z'
const ten = '2026-12-03T15:00:00Z'

async function booked(clinic: Clinic, client: Asker, patientId: string, startsAt = nine) {
  const { status, body } = await client.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt,
    patientId,
    language: 'en',
  })
  assert.equal(status, 200, JSON.stringify(body))
  return body['appointment'].id as string
}

const openingsOf = async (world: World, offeringId: string): Promise<string[]> =>
  (await world.ask('GET', `/api/scheduling/offerings/${offeringId}/openings?from=2026-12-03&days=1`)).body[
    'days'
  ].flatMap((day: { openings: string[] }) => day.openings)

test('a visit that is cancelled frees its time at once, once, with who and why', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const before = await openingsOf(world, clinic.nguyen.office)
  const id = await booked(clinic, client, await addPatient(world, 'Ada'))
  assert.ok(!(await openingsOf(world, clinic.nguyen.office)).includes(nine))
  const cancel = () =>
    client.asks('POST', `/api/scheduling/appointments/${id}/cancellation`, { reason: 'feeling_better' })
  const cancelled = await cancel()
  assert.deepEqual(
    [cancelled.status, cancelled.body['status'], cancelled.body['version'], cancelled.body['can']],
    [200, 'cancelled', 2, []],
  )
  assert.equal((await cancel()).body['version'], 2)
  assert.deepEqual(await openingsOf(world, clinic.nguyen.office), before)
  const changes = await world.write((tx) =>
    tx.selectFrom('scheduling.appointmentChange').select(['kind', 'reasonCode', 'changedBy']).execute(),
  )
  assert.equal(changes.length, 1)
  assert.match(changes[0]!.changedBy, /^client:/)
})

test('a visit that is moved takes the new time and gives the old one back', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const id = await booked(clinic, client, await addPatient(world, 'Ada'))
  const moved = await client.asks('POST', `/api/scheduling/appointments/${id}/move`, {
    offeringId: clinic.nguyen.office,
    startsAt: ten,
  })
  assert.deepEqual([moved.status, moved.body['startsAt'], moved.body['version']], [200, ten, 2])
  const open = await openingsOf(world, clinic.nguyen.office)
  assert.ok(open.includes(nine) && !open.includes(ten))
})

test('a visit may move by less than its own length', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const patientId = await addPatient(world, 'Ada')
  const { body } = await client.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.first,
    startsAt: nine,
    patientId,
    newPatient: true,
    language: 'en',
  })
  const moved = await client.asks('POST', `/api/scheduling/appointments/${body['appointment'].id}/move`, {
    offeringId: clinic.nguyen.first,
    startsAt: '2026-12-03T14:30:00Z',
  })
  assert.equal(moved.status, 200, JSON.stringify(moved.body))
})

test('a move to a time that is gone leaves the visit where it was', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const [ada, bea] = [await addPatient(world, 'Ada'), await addPatient(world, 'Bea')]
  const id = await booked(clinic, client, ada)
  await booked(clinic, client, bea, ten)
  const moved = await client.asks('POST', `/api/scheduling/appointments/${id}/move`, {
    offeringId: clinic.nguyen.office,
    startsAt: ten,
  })
  assert.deepEqual([moved.status, moved.body['code']], [409, 'slot_taken'])
  const { body } = await client.asks('GET', `/api/scheduling/appointments/${id}`)
  assert.deepEqual([body['startsAt'], body['version']], [nine, 1])
  assert.ok(!(await openingsOf(world, clinic.nguyen.office)).includes(nine))
})

test('two who change one visit at once: the second is told', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const id = await booked(clinic, client, await addPatient(world, 'Ada'))
  const move = (startsAt: string) =>
    client.asks('POST', `/api/scheduling/appointments/${id}/move`, {
      offeringId: clinic.nguyen.office,
      startsAt,
      version: 1,
    })
  const replies = await Promise.all([move(ten), move('2026-12-03T16:00:00Z')])
  assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200, 409]))
  assert.equal(replies.find(({ status }) => status === 409)!.body['code'], 'changed_meanwhile')
})

test('visits that swap clinicians at once never wait for each other for ever', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const patientId = await addPatient(world, 'Ada')
  const starts = ['14:00', '14:30', '15:00', '15:30', '16:00', '16:30'].map((time) => `2026-12-03T${time}:00Z`)
  const book = (offeringId: string, startsAt: string) =>
    client.asks('POST', '/api/scheduling/appointments', { offeringId, startsAt, patientId, language: 'en' })
  const nguyens = await Promise.all(starts.slice(0, 3).map((startsAt) => book(clinic.nguyen.office, startsAt)))
  const oseis = await Promise.all(starts.slice(3).map((startsAt) => book(clinic.osei.office, startsAt)))
  const move = ({ body }: { body: Record<string, any> }, offeringId: string) =>
    client.asks('POST', `/api/scheduling/appointments/${body['appointment'].id}/move`, {
      offeringId,
      startsAt: body['appointment'].startsAt,
    })
  const replies = await Promise.all([
    ...nguyens.map((one) => move(one, clinic.osei.office)),
    ...oseis.map((one) => move(one, clinic.nguyen.office)),
  ])
  assert.deepEqual(
    replies.map(({ status }) => status),
    [200, 200, 200, 200, 200, 200],
    JSON.stringify(replies.map(({ body }) => body['code'])),
  )
})

test('time with a visit in it is not blocked; free time is, and opens again', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const [client, desk] = [await world.client(), await world.frontDesk()]
  await booked(clinic, client, await addPatient(world, 'Ada'))
  const block = (fromMinute: number, untilMinute: number) =>
    desk.asks('POST', '/api/scheduling/blocks', {
      clinicianId: clinic.nguyen.id,
      day: '2026-12-03',
      fromMinute,
      untilMinute,
    })
  const refused = await block(9 * 60, 10 * 60)
  assert.deepEqual(
    [refused.status, refused.body['code'], refused.body['appointmentIds'].length],
    [409, 'visits_in_the_way', 1],
  )
  const before = await openingsOf(world, clinic.nguyen.office)
  const blocked = await block(10 * 60, 12 * 60)
  assert.equal(blocked.status, 200)
  const open = await openingsOf(world, clinic.nguyen.office)
  assert.ok(!open.some((time) => time >= '2026-12-03T15:00' && time < '2026-12-03T17:00'), open.join())
  assert.equal((await desk.asks('POST', `/api/scheduling/blocks/${blocked.body['id']}/removal`)).status, 200)
  assert.deepEqual(await openingsOf(world, clinic.nguyen.office), before)
})

test('another organization’s visit looks like one that is not there', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const id = await booked(clinic, client, await addPatient(world, 'Ada'))
  const { createApiClient, foundOrganization } = await import('../../people/index.ts')
  const other = await foundOrganization(world.db, {
    slug: 'hill',
    name: 'Hill',
    phone: '1',
    email: null,
    zone: 'UTC',
    hostNames: [],
    cancelCutoffMinutes: 0,
    demo: false,
  })
  const { token } = await createApiClient(world, other, 'Stranger')
  const stranger = (method: 'GET' | 'POST', url: string, body?: object) =>
    world.ask(method, url, body, { authorization: `Bearer ${token}` })
  const absent = await stranger('GET', `/api/scheduling/appointments/${crypto.randomUUID()}`)
  for (const reply of [
    await stranger('GET', `/api/scheduling/appointments/${id}`),
    await stranger('POST', `/api/scheduling/appointments/${id}/cancellation`, { reason: 'other' }),
    await stranger('POST', `/api/scheduling/appointments/${id}/move`, {
      offeringId: clinic.nguyen.office,
      startsAt: ten,
    }),
  ])
    assert.deepEqual(
      [reply.status, reply.body['code'], reply.body['detail']],
      [404, 'not_found', absent.body['detail']],
    )
  assert.equal((await client.asks('GET', `/api/scheduling/appointments/${id}`)).body['version'], 1)
})
