import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../../testing/clinic.ts'
import { openWorld, type Asker, type World } from '../../testing/world.ts'
import { defineVisitType, offerVisit, reindexAll, relist, saveResource, setNeeds } from '../index.ts'

/** Wednesday 2 December 2026 in Boston. */
const nine = '2026-12-02T14:00:00Z'
const ten = '2026-12-02T15:00:00Z'

/** A group of so many with Dr. Nguyen, an hour long, in the one group room; Dr. Osei gives talks in that room too. */
async function withGroup(world: World, clinic: Clinic, seats = 3) {
  return world.write(async (tx) => {
    const { organizationId } = world
    const name = { en: 'Living with diabetes', es: 'Vivir con diabetes' }
    const group = await defineVisitType(tx, organizationId, { code: 'diabetes-group', name, seats })
    const talk = await defineVisitType(tx, organizationId, { code: 'talk', name: { en: 'Talk' } })
    const offer = (practitionerRoleId: string, visitTypeId: string) =>
      offerVisit(tx, organizationId, { practitionerRoleId, visitTypeId, minutes: 60, stepMinutes: 60 })
    const offered = { nguyen: await offer(clinic.nguyen.roleId, group), osei: await offer(clinic.osei.roleId, talk) }
    const at = { locationId: clinic.places.boston, zone: 'America/New_York', features: ['group'] }
    await saveResource(tx, organizationId, { kind: 'room', name: 'Group room', ...at })
    for (const type of [group, talk]) await setNeeds(tx, organizationId, type, [{ kind: 'room', features: ['group'] }])
    await relist(tx, organizationId)
    for (const { id } of [clinic.nguyen, clinic.osei]) await reindexAll(tx, organizationId, id, world.now())
    return offered
  })
}

const wish = (offeringId: string, patientId: string, startsAt = nine) => ({
  offeringId,
  startsAt,
  patientId,
  language: 'en',
})
const book = (who: Asker, body: object) => who.asks('POST', '/api/scheduling/appointments', body)

async function openingsOf(world: World, offeringId: string): Promise<string[]> {
  const { body } = await world.ask('GET', `/api/scheduling/offerings/${offeringId}/openings?from=2026-12-02&days=1`)
  return body['days'][0]?.openings ?? []
}

/** The index of openings is what computing it anew gives. */
async function indexIsKept(world: World, { nguyen, osei }: Clinic) {
  const read = () =>
    world.write((tx) =>
      tx
        .selectFrom('scheduling.opening')
        .select(['offeringId', 'day', 'part', 'starts'])
        .orderBy('offeringId')
        .orderBy('day')
        .orderBy('part')
        .execute(),
    )
  const kept = await read()
  await world.write(async (tx) => {
    for (const { id } of [nguyen, osei]) await reindexAll(tx, world.organizationId, id, world.now())
  })
  assert.deepEqual(kept, await read())
}

test('a group visit is open until its seats are gone; it takes the clinician and the room once, and each has a number', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const group = await withGroup(world, clinic)
  const client = await world.client()
  const people = await Promise.all(['Ada', 'Ben', 'Cy', 'Di'].map((name) => addPatient(world, name)))
  const [ada = '', ben = '', cy = '', di = ''] = people
  const first = await book(client, wish(group.nguyen, ada))
  assert.equal(first.status, 200, JSON.stringify(first.body))
  assert.deepEqual(first.body['appointment'].group, { seat: 1, seats: 3 })
  assert.equal(first.body['appointment'].offering.seats, 3)
  assert.deepEqual(first.body['appointment'].resources, [{ kind: 'room', name: 'Group room', modality: null }])
  const [inGroup, own, others] = [
    await openingsOf(world, group.nguyen),
    await openingsOf(world, clinic.nguyen.office),
    await openingsOf(world, group.osei),
  ]
  assert.deepEqual([inGroup[0], own[0], others[0]], [nine, ten, ten])
  const held = await client.asks('POST', '/api/scheduling/holds', { offeringId: group.nguyen, startsAt: nine })
  assert.equal(held.status, 200, JSON.stringify(held.body))
  // Another visit in another room hides no session that has its own.
  assert.equal((await book(client, wish(group.osei, di, ten))).status, 200)
  await indexIsKept(world, clinic)
  assert.equal((await book(client, wish(group.nguyen, ben))).status, 200)
  assert.ok(!(await openingsOf(world, group.nguyen)).includes(nine), 'the held seat was the last but one')
  const late = await book(client, wish(group.nguyen, cy))
  assert.deepEqual([late.status, late.body['code']], [409, 'slot_taken'])
  const scheduler = await world.as('scheduler')
  const why = await scheduler.asks('GET', `/api/scheduling/why-not?offeringId=${group.nguyen}&startsAt=${nine}`)
  assert.equal(why.body['code'], 'group_full')
  // Nobody sits twice, on any path; a refused hold stays kept for somebody else.
  const adasHold = await book(client, { ...wish(group.nguyen, ada), holdId: held.body['id'] })
  assert.deepEqual([adasHold.status, adasHold.body['code']], [409, 'seat_already'])
  const kept = await book(client, { ...wish(group.nguyen, cy), holdId: held.body['id'] })
  assert.deepEqual(kept.body['appointment'].group, { seat: 2, seats: 3 })
  const taken = await world.write((tx) => tx.selectFrom('scheduling.takenTime').selectAll().execute())
  assert.equal(taken.filter(({ startsAt }) => startsAt.toString() === nine).length, 2, 'a clinician and a room')
  await indexIsKept(world, clinic)

  // The desk sees one session with its list; a patient sees their own seat and nobody else.
  const desk = await world.frontDesk()
  const { body: day } = await desk.asks('GET', '/api/scheduling/days/2026-12-02')
  const { entries } = day['columns'].find((one: { clinician: { id: string } }) => one.clinician.id === clinic.nguyen.id)
  assert.equal(new Set(entries.map(({ session }: { session: { id: string } }) => session.id)).size, 1)
  assert.deepEqual(
    entries.map((one: { patient: { name: string }; session: { seat: number } }) => [
      one.session.seat,
      one.patient.name,
    ]),
    [
      [1, 'Ada Byron'],
      [2, 'Cy Byron'],
      [3, 'Ben Byron'],
    ],
  )
  assert.deepEqual(entries[2].resources, ['Group room'])

  // A seat is free again when somebody cancels or moves; the number is given again.
  await client.asks('POST', `/api/scheduling/appointments/${kept.body['appointment'].id}/cancellation`, {
    reason: 'other',
  })
  assert.equal((await openingsOf(world, group.nguyen))[0], nine)
  await indexIsKept(world, clinic)
  const again = await book(desk, wish(group.nguyen, di))
  assert.deepEqual(again.body['appointment'].group, { seat: 2, seats: 3 })
  const move = (id: string, startsAt: string) =>
    client.asks('POST', `/api/scheduling/appointments/${id}/move`, { offeringId: group.nguyen, startsAt })
  const moved = await move(again.body['appointment'].id, '2026-12-02T16:00:00Z')
  assert.deepEqual([moved.status, moved.body['group']], [200, { seat: 1, seats: 3 }])
  const second = await book(desk, wish(group.nguyen, ada))
  assert.deepEqual([second.status, second.body['code']], [409, 'seat_already'])
  const third = await book(client, wish(group.nguyen, ada, '2026-12-02T16:00:00Z'))
  const back = await move(third.body['appointment'].id, nine)
  assert.deepEqual([back.status, back.body['code']], [409, 'seat_already'])
  assert.equal((await openingsOf(world, group.nguyen))[0], nine)
  await indexIsKept(world, clinic)
})

test('who leaves last ends the session: the clinician and the room are free for everything again', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const group = await withGroup(world, clinic)
  const [client, ada] = [await world.client(), await addPatient(world, 'Ada')]
  const first = await book(client, wish(group.nguyen, ada))
  const held = await client.asks('POST', '/api/scheduling/holds', { offeringId: group.nguyen, startsAt: nine })
  await client.asks('POST', `/api/scheduling/appointments/${first.body['appointment'].id}/cancellation`, {
    reason: 'other',
  })
  assert.ok(!(await openingsOf(world, clinic.nguyen.office)).includes(nine), 'a held seat keeps the session')
  world.at(world.now().add({ minutes: 6 }))
  await world.chore('scheduling.free-expired-holds')
  assert.ok((await openingsOf(world, clinic.nguyen.office)).includes(nine))
  assert.ok((await openingsOf(world, group.osei)).includes(nine))
  assert.ok(held.body['id'])
  const rows = await world.write((tx) => tx.selectFrom('scheduling.groupSession').selectAll().execute())
  assert.deepEqual(rows, [])
  await indexIsKept(world, clinic)
})

test('forty want one of five seats on every path at once: five get one each, in numbered seats', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const group = await withGroup(world, clinic, 5)
  const [client, desk] = [await world.client(), await world.frontDesk()]
  const people = await Promise.all(Array.from({ length: 10 }, (_, n) => addPatient(world, `Pat${n}`)))
  const replies = await Promise.all(
    Array.from({ length: 40 }, (_, n) => {
      const asked = wish(group.nguyen, people[n % people.length] ?? '')
      if (n % 4 === 0) return book(desk, asked)
      if (n % 4 === 1) return client.asks('POST', '/api/scheduling/holds', { offeringId: group.nguyen, startsAt: nine })
      // The talk in the group's room is a rival of the first.
      if (n === 2) return book(client, wish(clinic.nguyen.office, people[0] ?? '', '2026-12-02T14:30:00Z'))
      return book(client, asked)
    }),
  )
  for (const { status, body } of replies) assert.ok(status === 200 || status === 409, JSON.stringify(body))
  const seats = await world.write((tx) => tx.selectFrom('scheduling.seat').select('number').orderBy('number').execute())
  const got = replies.filter(({ status }) => status === 200).length
  if (replies[2]?.status === 200) assert.deepEqual([got, seats.length], [1, 0])
  else assert.deepEqual([got, seats.map(({ number }) => number)], [5, [1, 2, 3, 4, 5]])
  await indexIsKept(world, clinic)
})

test('a group room that closes gives its session another room, or names all who come', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const group = await withGroup(world, clinic)
  const [client, scheduler] = [await world.client(), await world.as('scheduler')]
  const people = await Promise.all(['Ada', 'Ben'].map((name) => addPatient(world, name)))
  const booked: string[] = []
  for (const one of people) booked.push((await book(client, wish(group.nguyen, one))).body['appointment'].id)
  const at = { placeId: clinic.places.boston, zone: 'America/New_York', features: ['group'], modality: null, hours: [] }
  const add = (name: string) => scheduler.asks('POST', '/api/scheduling/resources', { kind: 'room', name, ...at })
  const second = await add('Library')
  const { body: known } = await scheduler.asks('GET', '/api/scheduling/resources')
  const first = known['resources'].find(({ name }: { name: string }) => name === 'Group room')
  const close = (id: string) =>
    scheduler.asks('POST', `/api/scheduling/resources/${id}/closures`, { day: '2026-12-02', reason: 'Water' })
  const instead = async (id: string) =>
    (await close(id)).body['visits'].map((one: { appointmentId: string; instead: string | null }) => [
      one.appointmentId,
      one.instead,
    ])
  assert.deepEqual(
    await instead(first.id),
    booked.map((id) => [id, 'Library']),
  )
  assert.deepEqual(
    await instead(second.body['id']),
    booked.map((id) => [id, null]),
  )
  // Somebody must decide: the desk's list names both, and what is free again takes all of them in one step.
  const desk = await world.frontDesk()
  const losing = async () => (await desk.asks('GET', '/api/scheduling/losing')).body['visits']
  assert.deepEqual(
    (await losing()).map((one: { patient: { name: string }; resource: { name: string }; instead: null }) => [
      one.patient.name,
      one.resource.name,
      one.instead,
    ]),
    [
      ['Ada Byron', 'Library', null],
      ['Ben Byron', 'Library', null],
    ],
  )
  const replace = () =>
    scheduler.asks('POST', `/api/scheduling/resources/${second.body['id']}/replacements`, { appointmentId: booked[0] })
  assert.equal((await replace()).body['code'], 'none_free')
  const { body: now } = await scheduler.asks('GET', '/api/scheduling/resources')
  const closed = now['resources'].find(({ id }: { id: string }) => id === first.id)
  for (const who of [desk, client])
    assert.equal(
      (await who.asks('POST', `/api/scheduling/resource-closures/${closed.closures[0].id}/removal`)).status,
      403,
    )
  const reopened = await scheduler.asks('POST', `/api/scheduling/resource-closures/${closed.closures[0].id}/removal`)
  assert.equal(reopened.status, 200, JSON.stringify(reopened.body))
  assert.equal((await losing())[0].instead, 'Group room')
  assert.deepEqual((await replace()).body, { instead: 'Group room' })
  assert.equal((await replace()).body['code'], 'changed_meanwhile')
  assert.deepEqual(await losing(), [])
  const hits = await scheduler.asks('GET', `/api/scheduling/resources/${first.id}/hits?day=2026-12-02`)
  assert.equal(hits.body['visits'].length, 2)
  const after = await scheduler.asks(
    'GET',
    `/api/scheduling/resources/${first.id}/hits?day=2026-12-02&fromMinute=0&untilMinute=500`,
  )
  assert.deepEqual(after.body['visits'], [])
  await indexIsKept(world, clinic)
})

test('a scheduler makes a visit type a group visit, and it is open to so many at once', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const group = await withGroup(world, clinic, 1)
  const [client, scheduler] = [await world.client(), await world.as('scheduler')]
  const people = await Promise.all(['Ada', 'Ben'].map((name) => addPatient(world, name)))
  const needs = [{ kind: 'room', features: ['group'] }]
  const set = (seats: number) =>
    scheduler.asks('POST', '/api/scheduling/visit-needs', { code: 'diabetes-group', needs, seats })
  assert.equal((await set(2)).status, 200)
  assert.equal((await set(0)).status, 400)
  const replies = await Promise.all(people.map((one) => book(client, wish(group.nguyen, one))))
  assert.deepEqual(
    replies.map(({ status, body }) => [status, body['appointment']?.group.seats]),
    [
      [200, 2],
      [200, 2],
    ],
  )
})
