import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { openWorld, type Json } from '../../testing/world.ts'

// Clocks go forward in Boston on 14 March 2027.
const world = await openWorld({ now: '2027-02-22T14:00:00Z' })
after(() => world[Symbol.asyncDispose]())
const clinic = await openClinic(world)
const desk = await world.frontDesk()
const ask = (path: string, body: object, key?: string) =>
  desk.asks('POST', `/api/scheduling/${path}`, body, key ? { 'idempotency-key': key } : {})
const { nguyen, osei } = clinic

type Visit = { offeringId: string; startsAt: string }
type Standing = Visit & { appointmentId: string; version: number; moves?: boolean }
const days = (min: number, max: number | null) => ({ unit: 'day', min, max })
const group = (kind: string, patientId: string, visits: object[]) => ({
  kind,
  language: 'en',
  visits: visits.map((visit) => ({ ...visit, patientId })),
})
const rows = (patientId: string) =>
  world.write((tx) =>
    tx
      .selectFrom('scheduling.appointment')
      .where('patientId', '=', patientId)
      .where('status', '=', 'booked')
      .orderBy('startsAt')
      .selectAll()
      .execute(),
  )
const starts = async (patientId: string) => (await rows(patientId)).map(({ startsAt }) => startsAt.toString())

test('a series keeps its time of the clock when the clocks change, and is booked in one step', async () => {
  const ada = await addPatient(world, 'Ada')
  const wish = { offeringIds: [nguyen.office, osei.office], firstDay: '2027-03-01', every: 1, unit: 'week', count: 4 }
  const { status, body } = await ask('series-plans', { ...wish, time: '09:30' })
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body['time'], '09:30')
  const visits = body['visits'].map(({ opening }: Json) => opening)
  assert.deepEqual(
    visits.map(({ startsAt }: Visit) => startsAt),
    ['2027-03-01T14:30:00Z', '2027-03-08T14:30:00Z', '2027-03-15T13:30:00Z', '2027-03-22T13:30:00Z'],
  )
  const gap = body['gap']
  const request = group(
    'series',
    ada,
    visits.map((one: Visit, at: number) => ({ ...one, ...(at > 0 && { gap }) })),
  )
  const booked = await ask('visit-groups', request, 'one-series')
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
  assert.deepEqual((await ask('visit-groups', request, 'one-series')).body, booked.body)
  assert.equal((await rows(ada)).length, 4)
  const late = await ask('visit-groups', { ...request, visits: request.visits.slice(1) })
  assert.deepEqual([late.status, late.body['code'], late.body['taken']], [409, 'plan_taken', [0, 1, 2]])

  // Where one cannot be as it was wished, what comes nearest is told with what it breaks.
  const again = (await ask('series-plans', { ...wish, offeringIds: [nguyen.office], time: '09:30', count: 5 })).body
  assert.deepEqual(
    again['visits'].map(({ opening, instead }: Json) => opening?.startsAt ?? [instead.startsAt, instead.broken]),
    [
      ['2027-03-01T14:00:00Z', ['time']],
      ['2027-03-08T14:00:00Z', ['time']],
      ['2027-03-15T13:00:00Z', ['time']],
      ['2027-03-22T13:00:00Z', ['time']],
      '2027-03-29T13:30:00Z',
    ],
  )
})

const steps = [
  { offeringIds: [nguyen.office] },
  { offeringIds: [osei.office], gap: days(1, 3) },
  { offeringIds: [nguyen.office], gap: days(7, 10) },
]

/** Pre-op, operation and post-op of somebody new, from a day on. */
async function operated(name: string, from: string) {
  const patientId = await addPatient(world, name)
  const { body } = await ask('chain-plans', { steps, from, days: 40 })
  const visits = body['plans'][0].visits.map((one: Visit, at: number) => ({
    ...one,
    gap: at > 0 ? steps[at]!.gap : undefined,
  }))
  const booked = await ask('visit-groups', group('chain', patientId, visits))
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
  const ids: string[] = booked.body['appointments'].map(({ id }: Json) => id)
  return { patientId, id: booked.body['id'] as string, ids }
}

test('a chain is planned with its gaps kept, and without one the step that cannot follow is told', async () => {
  const { body } = await ask('chain-plans', { steps, from: '2027-03-03', days: 40 })
  assert.deepEqual(
    body['plans'].slice(0, 2).map(({ visits }: Json) => visits.map(({ startsAt }: Visit) => startsAt.slice(0, 10))),
    [
      ['2027-03-03', '2027-03-04', '2027-03-11'],
      ['2027-03-04', '2027-03-05', '2027-03-12'],
    ],
  )
  const never = await ask('chain-plans', {
    steps: [steps[0], { ...steps[1], gap: days(2, 2) }],
    from: '2027-03-04',
    days: 2,
  })
  assert.deepEqual(never.body['plans'], [])
  assert.equal(never.body['broken'].step, 1)
  assert.equal(never.body['broken'].nearest.opening.startsAt.slice(0, 10), '2027-03-05')
  const ben = await addPatient(world, 'Ben')
  const [, operation, after] = body['plans'][0].visits
  const wrong = await ask('visit-groups', group('chain', ben, [operation, { ...after, gap: days(1, 2) }]))
  assert.deepEqual([wrong.status, wrong.body['code'], wrong.body['visit']], [422, 'gap_broken', 1])
  const two = group('chain', ben, [operation, after])
  const others = await ask('visit-groups', {
    ...two,
    visits: [two.visits[0], { ...two.visits[1], patientId: await addPatient(world, 'Bo') }],
  })
  assert.equal(others.body['code'], 'one_patient')
  assert.equal((await rows(ben)).length, 0)
})

test('moving the operation moves pre-op and post-op with it, as one step, with versions checked', async () => {
  const { patientId, id, ids } = await operated('Cleo', '2027-03-08')
  const before = await starts(patientId)
  const openings = await desk.asks('GET', `/api/scheduling/offerings/${osei.office}/openings?from=2027-03-17&days=1`)
  const to = { offeringId: osei.office, startsAt: openings.body['days'][0].openings[0] as string }
  const proposal = await ask(`visit-groups/${id}/move-proposal`, { appointmentId: ids[1], ...to })
  assert.equal(proposal.status, 200, JSON.stringify(proposal.body))
  const visits: Standing[] = proposal.body['visits']
  assert.deepEqual(
    visits.map(({ startsAt, moves }) => [startsAt.slice(0, 10), moves]),
    [
      ['2027-03-15', true],
      ['2027-03-17', true],
      ['2027-03-24', true],
    ],
  )
  assert.deepEqual(await starts(patientId), before)
  const places = visits.map(({ appointmentId, version, offeringId, startsAt }) => ({
    appointmentId,
    version,
    offeringId,
    startsAt,
  }))

  // Somebody changed one of them meanwhile: nothing moves.
  const stale = await ask(`visit-groups/${id}/move`, {
    visits: places.map((one, at) => (at === 0 ? { ...one, version: 7 } : one)),
  })
  assert.deepEqual([stale.status, stale.body['code']], [409, 'changed_meanwhile'])
  assert.equal((await ask(`visit-groups/${id}/move`, { visits: places.slice(0, 2) })).body['code'], 'changed_meanwhile')
  assert.deepEqual(await starts(patientId), before)

  const moved = await ask(`visit-groups/${id}/move`, { visits: places }, 'all-three')
  assert.equal(moved.status, 200, JSON.stringify(moved.body))
  assert.deepEqual(
    await starts(patientId),
    visits.map(({ startsAt }) => startsAt),
  )
  assert.deepEqual((await ask(`visit-groups/${id}/move`, { visits: places }, 'all-three')).body, moved.body)
  // What they had is open again.
  const again = await desk.asks('GET', `/api/scheduling/offerings/${osei.office}/openings?from=2027-03-09&days=1`)
  assert.equal(again.body['days'][0].openings[0], before[1])
})

test('only what must follow is moved, and what cannot follow is refused', async () => {
  const { id, ids, patientId } = await operated('Dora', '2027-04-05')
  const [, operation] = await starts(patientId)
  const sameDay = {
    offeringId: osei.office,
    startsAt: Temporal.Instant.from(operation!).add({ minutes: 30 }).toString(),
  }
  const small = await ask(`visit-groups/${id}/move-proposal`, { appointmentId: ids[1], ...sameDay })
  assert.deepEqual(
    small.body['visits'].map(({ moves }: Standing) => moves),
    [false, true, false],
  )
  const never = await ask(`visit-groups/${id}/move-proposal`, {
    appointmentId: ids[0],
    offeringId: nguyen.office,
    startsAt: '2027-05-21T13:00:00Z',
  })
  assert.deepEqual([never.status, never.body['code']], [422, 'gap_broken'])
})

test('one of a chain moved by itself stays within its gaps, or is refused', async () => {
  const { ids, patientId } = await operated('Finn', '2027-05-03')
  const [, operation] = await starts(patientId)
  const to = (startsAt: string) => ask(`appointments/${ids[1]}/move`, { offeringId: osei.office, startsAt })
  const far = await to('2027-06-14T15:00:00Z')
  assert.deepEqual([far.status, far.body['code']], [422, 'gap_broken'], JSON.stringify(far.body))
  assert.equal((await starts(patientId))[1], operation)
  const near = Temporal.Instant.from(operation!).add({ minutes: 30 }).toString()
  assert.equal((await to(near)).status, 200)
  assert.equal((await starts(patientId))[1], near)
})

test('when somebody takes one of the new times, every visit stays where it was', async () => {
  const { patientId, id, ids } = await operated('Edda', '2027-04-12')
  const before = await starts(patientId)
  const to = { offeringId: osei.office, startsAt: '2027-04-21T15:00:00Z' }
  const { body } = await ask(`visit-groups/${id}/move-proposal`, { appointmentId: ids[1], ...to })
  const places = body['visits'].map(({ was: _was, moves: _moves, ...place }: Json) => place)
  const { offeringId, startsAt } = places[2]
  const thief = await addPatient(world, 'Eve')
  assert.equal((await ask('appointments', { patientId: thief, offeringId, startsAt, language: 'en' })).status, 200)
  const late = await ask(`visit-groups/${id}/move`, { visits: places })
  assert.deepEqual([late.status, late.body['code'], late.body['taken']], [409, 'plan_taken', [2]])
  assert.deepEqual(await starts(patientId), before)
})

test('linked visits are read together, and one may be cancelled with the rest or without', async () => {
  const { id, ids, patientId } = await operated('Fay', '2027-04-26')
  const linked = async (of: string) =>
    (await desk.asks('GET', `/api/scheduling/appointments/${of}/linked`)).body['group']
  const read = await linked(ids[2]!)
  assert.deepEqual([read.id, read.kind, read.visits.map((one: Json) => one.id)], [id, 'chain', ids])
  const some = (which: string[], version = 1) => ({
    reason: 'clinic',
    visits: which.map((appointmentId) => ({ appointmentId, version })),
  })
  assert.equal((await ask(`visit-groups/${id}/cancellation`, some(ids.slice(1), 9))).body['code'], 'changed_meanwhile')
  assert.equal((await rows(patientId)).length, 3)
  const gone = await ask(`visit-groups/${id}/cancellation`, some(ids.slice(1)), 'cancel-two')
  assert.equal(gone.status, 200, JSON.stringify(gone.body))
  assert.deepEqual((await ask(`visit-groups/${id}/cancellation`, some(ids.slice(1)), 'cancel-two')).body, gone.body)
  assert.deepEqual(
    (await linked(ids[0]!)).visits.map(({ status }: Json) => status),
    ['booked', 'cancelled', 'cancelled'],
  )
  const gus = await addPatient(world, 'Gus')
  const alone = await ask('appointments', {
    patientId: gus,
    offeringId: nguyen.office,
    startsAt: '2027-03-02T14:00:00Z',
    language: 'en',
  })
  assert.equal(await linked(alone.body['appointment'].id), null)
})

test('rivals for the middle time of one chain: one gets all three, the others nothing', async () => {
  const { body } = await ask('chain-plans', { steps, from: '2027-05-03', days: 14 })
  const [, operation] = body['plans'][0].visits as Visit[]
  const patients = await Promise.all(['Ida', 'Jon', 'Kit', 'Lea', 'Moe', 'Noa'].map((name) => addPatient(world, name)))
  const free = (at: number, day: string) => ({
    offeringId: nguyen.office,
    startsAt: `${day}T${String(13 + Math.floor(at / 2))}:${at % 2 === 0 ? '00' : '30'}:00Z`,
  })
  const answers = await Promise.all(
    patients.map((patientId, at) =>
      ask('visit-groups', group('chain', patientId, [free(at, '2027-05-03'), operation!, free(at, '2027-05-12')])),
    ),
  )
  assert.deepEqual(
    answers.map(({ status }) => status).sort((one, other) => one - other),
    [200, 409, 409, 409, 409, 409],
  )
  const counts = await Promise.all(patients.map(async (patientId) => (await rows(patientId)).length))
  assert.deepEqual(
    counts.sort((one, other) => one - other),
    [0, 0, 0, 0, 0, 3],
  )
})
