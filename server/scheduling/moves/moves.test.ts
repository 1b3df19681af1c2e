// A clinician is ill, or leaves with 400 bookings: every visit is accounted for, each patient is told once, and nothing is lost half way.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { system } from '../../platform/actor.ts'
import type { Fact } from '../../platform/events.ts'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { openWorld, sql, type Json, type World } from '../../testing/world.ts'
import { importVisits } from '../index.ts'
import { carryOutMoves } from './carry-out.ts'
import { proposeMoves } from './propose.ts'

async function open() {
  const world = await openWorld()
  const clinic = await openClinic(world)
  return { world, clinic, desk: await world.as('scheduler') }
}

/** Visits of the same clinician, one after the other, by names that nobody else has. */
async function bookFor(world: World, offeringId: string, times: readonly string[], bornOn?: string) {
  const visits: { id: string; patientId: string; startsAt: string }[] = []
  const desk = await world.frontDesk()
  for (const [index, startsAt] of times.entries()) {
    const patientId = await addPatient(world, `Ada${index}`, 'Byron', bornOn)
    const { status, body } = await desk.asks('POST', '/api/scheduling/appointments', {
      offeringId,
      startsAt,
      patientId,
      language: 'en',
    })
    assert.equal(status, 200, JSON.stringify(body))
    visits.push({ id: body['appointment'].id, patientId, startsAt })
  }
  await world.settle()
  return visits
}

const lettersOf = (world: World) =>
  world.write(async (tx) => {
    const { rows } = await sql<{ recipient: string; text: string }>`
      select recipient, text from conversations.local_mailbox where text like '%had to move%'`.execute(tx)
    return rows
  })

const tokenIn = (text: string) => /\/v#([\w-]+)/.exec(text)?.[1] ?? ''

describe('a clinician who is ill', () => {
  test('each visit gets a new time with her or a colleague, the scheduler confirms, the patient is told once and keeps it by one press', async () => {
    const { world, clinic, desk } = await open()
    await using _world = world
    const [first, second] = await bookFor(world, clinic.nguyen.office, ['2026-12-02T14:00:00Z', '2026-12-03T15:00:00Z'])
    const asked = { clinicianId: clinic.nguyen.id, fromDay: '2026-12-02', untilDay: '2026-12-03' }
    const key = { 'idempotency-key': 'ill-today-1' }
    const started = await desk.asks('POST', '/api/scheduling/bulk-moves', asked, key)
    assert.deepEqual([started.status, started.body['visits']], [200, 2])
    const again = await desk.asks('POST', '/api/scheduling/bulk-moves', asked, key)
    assert.equal(again.body['id'], started.body['id'])
    const url = `/api/scheduling/bulk-moves/${started.body['id']}`
    const closed = await desk.asks(
      'GET',
      `/api/scheduling/offerings/${clinic.nguyen.office}/openings?from=2026-12-02&days=2`,
    )
    assert.deepEqual(closed.body['days'], [])
    await world.settle()
    const { body: plan } = await desk.asks('GET', url)
    assert.deepEqual(
      plan['visits'].map((one: Json) => [one.state, one.next.startsAt, one.next.clinician]),
      [
        ['proposed', '2026-12-04T14:00:00Z', 'Dr. Lan Nguyen'],
        ['proposed', '2026-12-04T14:30:00Z', 'Dr. Lan Nguyen'],
      ],
    )
    assert.equal((await lettersOf(world)).length, 0)
    const { body: choices } = await desk.asks('GET', `${url}/visits/${second!.id}/choices`)
    const other = choices['choices'].find((one: Json) => one.clinician === 'Dr. Omar Osei')
    const decision = { decision: 'time', offeringId: other.offeringId, startsAt: other.startsAt }
    assert.equal((await desk.asks('POST', `${url}/visits/${second!.id}/decision`, decision)).status, 200)
    const confirmed = await desk.asks('POST', `${url}/confirmation`, {})
    assert.deepEqual(confirmed.body, { confirmed: 2, toCall: 0 })
    await desk.asks('POST', `${url}/confirmation`, {})
    await world.settle()
    const letters = await lettersOf(world)
    assert.deepEqual(letters.map(({ recipient }) => recipient).sort(), ['ada0@example.org', 'ada1@example.org'])
    const token = tokenIn(letters.find(({ recipient }) => recipient === 'ada0@example.org')?.text ?? '')
    const as = { authorization: `Visit ${token}` }
    const seen = await world.ask('GET', `/api/scheduling/appointments/${first!.id}/clinic-move`, undefined, as)
    assert.deepEqual([seen.body['move'].was.startsAt, seen.body['move'].keptAt], ['2026-12-02T14:00:00Z', null])
    const kept = await world.ask('POST', `/api/scheduling/appointments/${first!.id}/clinic-move/acceptance`, {}, as)
    assert.equal(kept.status, 200)
    const cancelled = { reason: 'time_does_not_fit' }
    await desk.asks('POST', `/api/scheduling/appointments/${second!.id}/cancellation`, cancelled)
    const { body: done } = await desk.asks('GET', url)
    assert.deepEqual(
      done['visits'].map((one: Json) => [one.state, one.answer]),
      [
        ['moved', 'kept'],
        ['moved', 'cancelled'],
      ],
    )
    const stranger = await world.ask(
      'POST',
      `/api/scheduling/appointments/${second!.id}/clinic-move/acceptance`,
      {},
      as,
    )
    assert.equal(stranger.status, 404)
    assert.equal((await (await world.as('nurse')).asks('GET', url)).status, 403)
  })

  test('a patient for whom there is no time is to be called, and stays on the list until somebody has seen to it', async () => {
    const { world, clinic, desk } = await open()
    await using _world = world
    const [visit] = await bookFor(world, clinic.rivera.office, ['2026-12-02T17:00:00Z'], '2015-05-17')
    const { body } = await desk.asks('POST', '/api/scheduling/bulk-moves', {
      clinicianId: clinic.rivera.id,
      fromDay: '2026-12-02',
    })
    await world.settle()
    const url = `/api/scheduling/bulk-moves/${body['id']}`
    const { body: plan } = await desk.asks('GET', url)
    assert.deepEqual(
      [plan['kind'], plan['visits'][0].state, plan['visits'][0].refused],
      ['leaving', 'to_call', 'no_time'],
    )
    assert.equal(plan['visits'][0].was.startsAt, visit!.startsAt)
    await desk.asks('POST', `${url}/visits/${visit!.id}/decision`, { decision: 'seen_to' })
    const { body: after } = await desk.asks('GET', '/api/scheduling/bulk-moves')
    assert.deepEqual([after['moves'][0].counts.to_call, after['moves'][0].counts.settled], [0, 1])
  })

  test('a proposed time that somebody else books meanwhile is looked for anew; a visit that its patient cancels is settled', async () => {
    const { world, clinic, desk } = await open()
    await using _world = world
    const [first, second] = await bookFor(world, clinic.nguyen.office, ['2026-12-02T14:00:00Z', '2026-12-02T15:00:00Z'])
    const { body } = await desk.asks('POST', '/api/scheduling/bulk-moves', {
      clinicianId: clinic.nguyen.id,
      fromDay: '2026-12-02',
      untilDay: '2026-12-02',
    })
    await world.settle()
    const url = `/api/scheduling/bulk-moves/${body['id']}`
    const { body: plan } = await desk.asks('GET', url)
    const wanted: string = plan['visits'][0].next.startsAt
    await bookFor(world, clinic.nguyen.office, [wanted])
    await desk.asks('POST', `/api/scheduling/appointments/${second!.id}/cancellation`, { reason: 'other' })
    await desk.asks('POST', `${url}/confirmation`, {})
    await world.settle()
    const { body: after } = await desk.asks('GET', url)
    const [one, two] = after['visits']
    assert.deepEqual([one.appointmentId, one.state, one.refused], [first!.id, 'proposed', 'slot_taken'])
    assert.notEqual(one.next.startsAt, wanted)
    assert.equal(two.state, 'settled')
    assert.equal((await lettersOf(world)).length, 0)
  })
})

test('a clinician who leaves with 400 bookings: stopped half way and gone on, each is moved once or to be called', async () => {
  const { world, clinic, desk } = await open()
  await using _world = world
  const { organizationId } = world
  const made = await bookMany(world, clinic.nguyen.office, 400)
  assert.equal(made, 400)
  const { body } = await desk.asks('POST', '/api/scheduling/bulk-moves', {
    clinicianId: clinic.nguyen.id,
    fromDay: '2026-12-02',
  })
  assert.equal(body['visits'], 400)
  const fact = { organizationId, bulkMoveId: body['id'] }
  const heard = (event: 'bulk-move.asked' | 'bulk-move.confirmed'): Fact => ({ event, ...fact })
  await proposeMoves.work(world, heard('bulk-move.asked'))
  const url = `/api/scheduling/bulk-moves/${body['id']}`
  const planned = (await desk.asks('GET', url)).body['counts']
  assert.equal(planned.proposed + planned.to_call, 400)
  assert.ok(planned.proposed > 100, JSON.stringify(planned))
  await desk.asks('POST', `${url}/confirmation`, {})
  // The process dies after the first fifty; told again, it goes on from there.
  await carryOutMoves.work(world, heard('bulk-move.confirmed'))
  assert.equal((await desk.asks('GET', url)).body['counts'].moved, 50)
  for (let turns = 0; turns < 12; turns++) await carryOutMoves.work(world, heard('bulk-move.confirmed'))
  const { body: done } = await desk.asks('GET', url)
  assert.equal(done['counts'].moved, planned.proposed)
  assert.equal(done['counts'].moved + done['counts'].to_call, 400)
  const { rows } = await world.write((tx) =>
    sql<{ stays: number; twice: number }>`
      select count(*) filter (where a.practitioner_id = ${clinic.nguyen.id})::int as stays,
        count(*) filter (where a.version > 2)::int as twice
      from scheduling.appointment a where a.organization_id = ${organizationId} and a.status = 'booked'`.execute(tx),
  )
  assert.deepEqual(rows[0], { stays: done['counts'].to_call, twice: 0 })
})

/** Directly made: one patient a visit, 14 a working day, from tomorrow on. */
async function bookMany(world: World, offeringId: string, count: number) {
  const { organizationId } = world
  const times: Temporal.Instant[] = []
  for (let day = Temporal.PlainDate.from('2026-12-02'); times.length < count; day = day.add({ days: 1 }))
    if (day.dayOfWeek <= 5)
      for (let half = 0; half < 16 && times.length < count; half++)
        if (half !== 6 && half !== 7)
          times.push(
            day
              .toZonedDateTime({ timeZone: 'America/New_York', plainTime: '09:00' })
              .add({ minutes: 30 * half })
              .toInstant(),
          )
  return world.write(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into people.patient (organization_id, id, given_name, family_name, search_name, born_on, origin)
      select ${organizationId}, uuidv7(), 'Ada' || n, 'Byron', 'ada byron', '1980-05-17', 'staff' from generate_series(1, ${count}::int) n
      returning id`.execute(tx)
    const visits = rows.map(({ id }, index) => ({ offeringId, patientId: id, startsAt: times[index]! }))
    return importVisits(tx, system(organizationId, 'test').organizationId, visits, world.now())
  })
}
