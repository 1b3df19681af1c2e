import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { newId } from '../../platform/ids.ts'
import { addPatient, openClinic, type Clinic } from '../../testing/clinic.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { reindexAll } from '../openings/calendar.ts'
import { relist } from '../care/listing.ts'
import { offerVisit, setWeeklyHours } from '../set-up.ts'
import { book, type Booked } from './book.ts'
import { takeTurn } from './offering.ts'

/** Wednesday 2 December 2026, 10:00 in Boston. */
const ten = '2026-12-02T15:00:00Z'
const wishFor = (offeringId: string, patientId: string) => ({
  offeringId,
  startsAt: ten,
  patientId,
  language: 'en' as const,
})
const front = { role: 'front_desk', patientIds: [] } as const

/** More clinicians of the Boston place, for adults, with half-hour visits. */
async function hire(world: World, clinic: Clinic, count: number) {
  const { organizationId } = world
  const clinicians = Array.from({ length: count }, () => ({ id: newId(), office: '' }))
  await world.write(async (tx) => {
    for (const clinician of clinicians) {
      const named = { givenName: 'Kim', familyName: 'Park', searchName: 'kim park', languages: ['en'] }
      await tx
        .insertInto('directory.practitioner')
        .values({ organizationId, id: clinician.id, prefix: 'Dr.', gender: 'female', ...named })
        .execute()
      const [id, locationId] = [newId(), clinic.places.boston]
      await tx
        .insertInto('directory.practitionerRole')
        .values({ organizationId, id, practitionerId: clinician.id, locationId, specialties: ['207Q00000X'] })
        .execute()
      const where = { practitionerId: clinician.id, locationId, validFrom: Temporal.PlainDate.from('2026-01-01') }
      await setWeeklyHours(tx, organizationId, where, [{ weekday: 3, fromMinute: 540, untilMinute: 720 }])
      const visit = { practitionerRoleId: id, visitTypeId: clinic.types.office, minutes: 30, stepMinutes: 30 }
      clinician.office = await offerVisit(tx, organizationId, { ...visit, minAgeYears: 18 })
      await relist(tx, organizationId, clinician.id)
      await reindexAll(tx, organizationId, clinician.id, world.now())
    }
  })
  return clinicians
}

/** Which transaction wrote each visit, by its clinician. */
async function transactions(world: World) {
  const { rows } = await world.write((tx) =>
    sql<{ clinician: string; wroteIt: string; booker: string; events: number; jobs: number }>`
      select a.practitioner_id as clinician, a.xmin::text as wrote_it, a.booked_by as booker,
        (select count(*)::int from platform.audit_event e where e.action = 'create' and e.resource_id = a.id::text and e.actor_id = a.booked_by and e.xmin = a.xmin) as events,
        (select count(*)::int from pgboss.job j where j.name = 'conversations.plan-visit-messages' and j.data->>'appointmentId' = a.id::text) as jobs
      from scheduling.appointment a`.execute(tx),
  )
  return new Map(rows.map((row) => [row.clinician, row]))
}

test('bookings that come together are one transaction, and each has its own answer', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const clinicians = await hire(world, clinic, 8)
  const [ada, bo] = [await addPatient(world, 'Ada'), await addPatient(world, 'Bo', 'Byron', '2020-05-17')]
  const request = { key: randomUUID(), request: 'the same' }
  const wish = (at: number, patientId = ada) => wishFor(clinicians[at]?.office ?? '', patientId)
  const one: Actor = { ...front, organizationId: world.organizationId, id: 'one' }
  const two: Actor = { ...one, id: 'two' }
  const answers = [
    book(world, one, wish(0)),
    book(world, one, wish(1)),
    book(world, one, wish(2), request),
    book(world, two, wish(3), request),
    book(world, one, wish(4)),
    book(world, one, wish(5, bo)),
    book(world, one, wish(6, randomUUID())),
    book(world, one, wish(7)),
    book(world, one, wish(7)),
  ]
  const settled = await Promise.allSettled(answers)
  const outcomes = settled.map((answer) => (answer.status === 'rejected' ? answer.reason.code : 'booked'))
  assert.deepEqual(outcomes.slice(0, 7), ['booked', 'booked', 'booked', 'booked', 'booked', 'too_young', 'not_found'])
  assert.deepEqual(new Set(outcomes.slice(7)), new Set(['booked', 'slot_taken']))
  const wrote = await transactions(world)
  assert.equal(wrote.size, 6)
  for (const { events, jobs } of wrote.values()) assert.deepEqual({ events, jobs }, { events: 1, jobs: 1 })
  const together = clinicians.slice(0, 5).map(({ id }) => wrote.get(id))
  assert.equal(new Set(together.map((row) => row?.wroteIt)).size, 1, 'one transaction for those who came together')
  assert.deepEqual(
    together.map((row) => row?.booker),
    ['one', 'one', 'one', 'two', 'one'],
  )
  // The same request again is answered as before, whoever it was carried out with.
  const again = await book(world, two, wish(3), request)
  assert.equal(again.view.id, (await answers[3])?.view.id)
})

test('a group that cannot be written as one is written one by one, and leaves nothing of itself', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const clinicians = await hire(world, clinic, 5)
  const ada = await addPatient(world, 'Ada')
  const one: Actor = { ...front, organizationId: world.organizationId, id: 'one' }
  const wish = (at: number) => wishFor(clinicians[at]?.office ?? '', ada)
  // Two wishes of one key: the second is another request with a key that was used.
  const key = randomUUID()
  const settled = await Promise.allSettled([
    book(world, one, wish(0)),
    book(world, one, wish(1)),
    book(world, one, wish(2), { key, request: 'this' }),
    book(world, one, wish(3)),
    book(world, one, wish(4), { key, request: 'that' }),
  ])
  const outcomes = settled.map((answer) => (answer.status === 'rejected' ? answer.reason.code : 'booked'))
  assert.equal(outcomes.filter((outcome) => outcome === 'booked').length, 4)
  assert.equal(outcomes[3], 'booked')
  assert.ok(outcomes.includes('key_used_for_another_request'))
  const wrote = await transactions(world)
  assert.equal(new Set([...wrote.values()].map(({ wroteIt }) => wroteIt)).size, 4)
  for (const { events, jobs } of wrote.values()) assert.deepEqual({ events, jobs }, { events: 1, jobs: 1 })
})

test('a clinician whose turn is long in coming keeps nobody else waiting', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const clinicians = await hire(world, clinic, 4)
  const ada = await addPatient(world, 'Ada')
  const one: Actor = { ...front, organizationId: world.organizationId, id: 'one' }
  const wish = (at: number) => wishFor(clinicians[at]?.office ?? '', ada)
  const waits: Promise<Booked>[] = []
  await world.write(async (tx) => {
    for (const at of [0, 1]) {
      await takeTurn(tx, clinicians[at]?.id ?? '')
      waits.push(book(world, one, wish(at)))
      await setImmediate()
    }
    // Both groups that may be under way have one who waits; these are answered while the turns are still taken.
    await Promise.all([book(world, one, wish(2)), book(world, one, wish(3))])
  })
  await Promise.all(waits)
  assert.equal((await transactions(world)).size, 4)
})

test('what is left of the indexes after a group is what a computation from scratch gives', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const clinicians = await hire(world, clinic, 6)
  const client = await world.client()
  const ada = await addPatient(world, 'Ada')
  // Every opening of a morning: a part of the day that is used up leaves the index.
  for (const startsAt of ['14:00', '14:30', '15:00', '15:30', '16:00', '16:30'].map(
    (time) => `2026-12-02T${time}:00Z`,
  )) {
    const replies = await Promise.all(
      clinicians.map(({ office }) =>
        client.asks('POST', '/api/scheduling/appointments', {
          offeringId: office,
          startsAt,
          patientId: ada,
          language: 'en',
        }),
      ),
    )
    for (const { status, body } of replies) assert.equal(status, 200, JSON.stringify(body))
  }
  const groups = new Set([...(await transactions(world)).values()].map(({ wroteIt }) => wroteIt))
  assert.ok(groups.size < clinicians.length, 'some were booked together')
  const indexes = () =>
    world.write(async (tx) => ({
      openings: (
        await tx
          .selectFrom('scheduling.opening')
          .select(['offeringId', 'day', 'part', 'firstStart', 'starts'])
          .orderBy('offeringId')
          .orderBy('firstStart')
          .execute()
      ).map((row) => ({ ...row, day: row.day.toString() })),
      listings: await tx
        .selectFrom('scheduling.listing')
        .select(['offeringId', 'nextStart'])
        .orderBy('offeringId')
        .orderBy('specialty')
        .execute(),
    }))
  const kept = await indexes()
  for (const { id } of clinicians) await world.write((tx) => reindexAll(tx, world.organizationId, id, world.now()))
  assert.deepEqual(kept, await indexes())
})
