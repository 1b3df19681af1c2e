import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { openWorld, type World } from '../../testing/world.ts'

/** Wednesday 2 December 2026, 9:00 in Boston. */
const nine = '2026-12-02T14:00:00Z'
const halfPast = '2026-12-02T14:30:00Z'

const booking = (offeringId: string, patientId: string, startsAt = nine) => ({
  offeringId,
  startsAt,
  patientId,
  language: 'en',
})

async function takenTimes(world: World) {
  return world.write((tx) => tx.selectFrom('scheduling.takenTime').selectAll().orderBy('startsAt').execute())
}

/** The index of openings as it is, to be compared with one computed anew. */
async function index(world: World) {
  const rows = await world.write((tx) =>
    tx
      .selectFrom('scheduling.opening')
      .select(['offeringId', 'day', 'part', 'firstStart', 'starts'])
      .orderBy('offeringId')
      .orderBy('day')
      .orderBy('part')
      .execute(),
  )
  return rows.map((row) => ({ ...row, day: row.day.toString() }))
}

test('a visit that is booked is there for the front desk, and its time is not shown any more', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const [client, ada] = [await world.client(), await addPatient(world, 'Ada')]
  const { status, body } = await client.asks('POST', '/api/scheduling/appointments', booking(clinic.nguyen.office, ada))
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body['appointment'].startsAt, nine)
  assert.deepEqual(body['appointment'].can, ['cancel', 'reschedule'])
  const { body: openings } = await world.ask(
    'GET',
    `/api/scheduling/offerings/${clinic.nguyen.office}/openings?from=2026-12-02&days=1`,
  )
  assert.equal(openings['days'][0].openings[0], halfPast)
  const desk = await world.frontDesk()
  const { body: day } = await desk.asks('GET', '/api/scheduling/days/2026-12-02')
  const column = day['columns'].find((one: { clinician: { id: string } }) => one.clinician.id === clinic.nguyen.id)
  assert.equal(column.entries[0].patient.name, 'Ada Byron')
})

test('two hundred people want the same time; one gets it, the others are told of the next', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const ada = await addPatient(world, 'Ada')
  const replies = await Promise.all(
    Array.from({ length: 200 }, () =>
      client.asks('POST', '/api/scheduling/appointments', booking(clinic.nguyen.office, ada)),
    ),
  )
  assert.equal(replies.filter(({ status }) => status === 200).length, 1)
  const refused = replies.filter(({ status }) => status === 409)
  assert.equal(refused.length, 199)
  for (const { body } of refused) {
    assert.equal(body['code'], 'slot_taken')
    assert.equal(body['openings'].length, 3)
    assert.ok(!body['openings'].includes(nine))
  }
  assert.equal((await takenTimes(world)).length, 1)
})

test('times that overlap in part are never both given, on any path', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const ada = await addPatient(world, 'Ada')
  const wanted = [nine, halfPast, '2026-12-02T15:00:00Z', '2026-12-02T15:30:00Z'].flatMap((startsAt) => [
    { ...booking(clinic.nguyen.office, ada, startsAt) },
    { ...booking(clinic.nguyen.first, ada, startsAt), newPatient: true },
    { ...booking(clinic.nguyen.video, ada, startsAt) },
  ])
  const replies = await Promise.all(
    Array.from({ length: 96 }, (_, i) => {
      const one = wanted[i % wanted.length]!
      return i % 3 === 0
        ? client.asks('POST', '/api/scheduling/holds', { offeringId: one.offeringId, startsAt: one.startsAt })
        : client.asks('POST', '/api/scheduling/appointments', one)
    }),
  )
  for (const { status, body } of replies)
    assert.ok(status === 200 || (status === 409 && body['code'] === 'slot_taken'), `${status} ${JSON.stringify(body)}`)
  const taken = await takenTimes(world)
  assert.ok(taken.length >= 2)
  for (const [i, one] of taken.entries()) {
    const next = taken[i + 1]
    if (next) assert.ok(Temporal.Instant.compare(one.endsAt, next.startsAt) <= 0, 'two visits at once')
  }
})

test('distinct openings are never refused, however many clients ask at once', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const ada = await addPatient(world, 'Ada')
  const { body } = await world.ask(
    'GET',
    `/api/scheduling/offerings/${clinic.osei.office}/openings?from=2026-12-02&days=10`,
  )
  const starts: string[] = body['days'].flatMap((day: { openings: string[] }) => day.openings)
  assert.ok(starts.length > 50)
  const replies = await Promise.all(
    starts.map((startsAt) =>
      client.asks('POST', '/api/scheduling/appointments', booking(clinic.osei.office, ada, startsAt)),
    ),
  )
  assert.deepEqual(
    replies.map(({ status }) => status),
    starts.map(() => 200),
  )
})

test('after any mix of bookings the index of openings is what a computation from scratch gives', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const ada = await addPatient(world, 'Ada')
  const { reindexAll } = await import('../openings/calendar.ts')
  for (const startsAt of [nine, '2026-12-02T15:30:00Z', '2026-12-02T18:00:00Z', '2026-12-03T21:30:00Z'])
    assert.equal(
      (await client.asks('POST', '/api/scheduling/appointments', booking(clinic.nguyen.office, ada, startsAt))).status,
      200,
    )
  assert.equal(
    (
      await client.asks('POST', '/api/scheduling/appointments', {
        ...booking(clinic.nguyen.first, ada, '2026-12-02T19:00:00Z'),
        newPatient: true,
      })
    ).status,
    200,
  )
  const cut = await index(world)
  const listed = await world.write((tx) =>
    tx.selectFrom('scheduling.listing').select(['offeringId', 'nextStarts']).orderBy('offeringId').execute(),
  )
  await world.write((tx) => reindexAll(tx, world.organizationId, clinic.nguyen.id, world.now()))
  assert.deepEqual(cut, await index(world))
  const relisted = await world.write((tx) =>
    tx.selectFrom('scheduling.listing').select(['offeringId', 'nextStarts']).orderBy('offeringId').execute(),
  )
  for (const [i, { nextStarts }] of relisted.entries())
    assert.deepEqual(listed[i]?.nextStarts, nextStarts.slice(0, listed[i]?.nextStarts.length))
})

test('the same request fifty times at once makes one visit, and another request with its key is refused', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const ada = await addPatient(world, 'Ada')
  const key = { 'idempotency-key': randomUUID() }
  const ask = (startsAt: string) =>
    client.asks('POST', '/api/scheduling/appointments', booking(clinic.nguyen.office, ada, startsAt), key)
  const replies = await Promise.all(Array.from({ length: 50 }, () => ask(nine)))
  assert.deepEqual(
    [...new Set(replies.map(({ status }) => status))],
    [200],
    JSON.stringify(replies.find(({ status }) => status !== 200)?.body),
  )
  assert.equal(new Set(replies.map(({ body }) => body['appointment'].id)).size, 1)
  const other = await ask(halfPast)
  assert.equal(other.status, 409)
  assert.equal(other.body['code'], 'key_used_for_another_request')
  assert.equal((await takenTimes(world)).length, 1)
})

test('a key belongs to whoever used it: another client’s is another', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const ada = await addPatient(world, 'Ada')
  const key = { 'idempotency-key': 'the-same-key' }
  const [one, two] = [await world.client('One'), await world.client('Two')]
  const first = await one.asks('POST', '/api/scheduling/appointments', booking(clinic.nguyen.office, ada), key)
  const second = await two.asks(
    'POST',
    '/api/scheduling/appointments',
    booking(clinic.nguyen.office, ada, halfPast),
    key,
  )
  assert.deepEqual([first.status, second.status], [200, 200])
  assert.notEqual(first.body['appointment'].id, second.body['appointment'].id)
})

test('a booking that is refused leaves nothing behind: no visit, no message, no audit of one', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const ada = await addPatient(world, 'Ada', 'Byron', '1980-05-17')
  const child = await client.asks(
    'POST',
    '/api/scheduling/appointments',
    booking(clinic.rivera.office, ada, '2026-12-02T16:00:00Z'),
  )
  assert.equal(child.status, 422)
  assert.equal(child.body['code'], 'too_old')
  assert.equal(child.body['instead'], 'find_another')
  const stranger = await client.asks(
    'POST',
    '/api/scheduling/appointments',
    booking(clinic.nguyen.office, randomUUID()),
  )
  assert.equal(stranger.status, 404)
  const odd = await client.asks(
    'POST',
    '/api/scheduling/appointments',
    booking(clinic.nguyen.office, ada, '2026-12-02T14:07:00Z'),
  )
  assert.equal(odd.body['code'], 'slot_taken')
  await world.settle()
  const left = await world.write((tx) =>
    sql<{
      n: number
    }>`select (select count(*) from scheduling.appointment) + (select count(*) from scheduling.taken_time) + (select count(*) from conversations.message) as n`.execute(
      tx,
    ),
  )
  assert.equal(left.rows[0]?.n, 0)
})

test('a visitor without a patient or a proof books nothing', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const ada = await addPatient(world, 'Ada')
  assert.equal(
    (
      await world.ask('POST', '/api/scheduling/appointments', {
        offeringId: clinic.nguyen.office,
        startsAt: nine,
        language: 'en',
      })
    ).body['code'],
    'who_is_it_for',
  )
  assert.equal(
    (await world.ask('POST', '/api/scheduling/appointments', booking(clinic.nguyen.office, ada))).body['code'],
    'who_is_it_for',
  )
  const person = { givenName: 'Eve', familyName: 'Forger', bornOn: '1990-01-01', language: 'en' }
  const forged = await world.ask('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: nine,
    language: 'en',
    guest: { person, contact: { proof: 'abc.def' } },
  })
  assert.ok(forged.status >= 400 && forged.status < 500)
  const unproved = {
    offeringId: clinic.nguyen.office,
    startsAt: nine,
    language: 'en',
    guest: { person, contact: { told: { kind: 'email', value: 'eve@example.org' } } },
  }
  assert.equal((await world.ask('POST', '/api/scheduling/appointments', unproved)).body['code'], 'proof_needed')
  const byDesk = await (await world.frontDesk()).asks('POST', '/api/scheduling/appointments', unproved)
  assert.equal(byDesk.status, 200, 'the desk vouches for what it was told')
})

test('every booking and every look at one is in the audit trail', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const ada = await addPatient(world, 'Ada')
  const { body } = await client.asks('POST', '/api/scheduling/appointments', booking(clinic.nguyen.office, ada))
  await client.asks('GET', `/api/scheduling/appointments/${body['appointment'].id}`)
  const events = await world.write((tx) =>
    tx
      .selectFrom('platform.auditEvent')
      .select(['action', 'resourceType', 'patientId'])
      .where('resourceType', '=', 'Appointment')
      .orderBy('id')
      .execute(),
  )
  assert.deepEqual(events, [
    { action: 'create', resourceType: 'Appointment', patientId: ada },
    { action: 'read', resourceType: 'Appointment', patientId: ada },
  ])
})

test('a request that came too late may be sent again with its key: it is refused again, or books when the time is free', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const [client, ada] = [await world.client(), await addPatient(world, 'Ada')]
  const first = await client.asks('POST', '/api/scheduling/appointments', booking(clinic.nguyen.office, ada))
  const key = { 'idempotency-key': randomUUID() }
  const again = () => client.asks('POST', '/api/scheduling/appointments', booking(clinic.nguyen.office, ada), key)
  assert.deepEqual([(await again()).status, (await again()).status], [409, 409])
  const hold = () =>
    world.ask('POST', '/api/scheduling/holds', { offeringId: clinic.nguyen.office, startsAt: nine }, key)
  assert.deepEqual([(await hold()).status, (await hold()).status], [409, 409])
  await client.asks('POST', `/api/scheduling/appointments/${first.body['appointment'].id}/cancellation`, {
    reason: 'other',
  })
  assert.equal((await again()).status, 200)
})
