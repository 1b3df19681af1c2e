import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../platform/ids.ts'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { type Json, openWorld, type World } from '../../testing/world.ts'
import { checkedFields } from './freshness.ts'

const now = '2026-12-01T14:00:00Z'
const allFields = { fields: checkedFields, source: 'phone_call' }

/** Says that something is wrong, from an address. */
async function report(world: World, roleId: string, field: string, remoteAddress: string) {
  const reply = await world.app.inject({
    method: 'POST',
    url: `/api/directory/listings/${roleId}/reports`,
    payload: { field },
    remoteAddress,
  })
  return reply.statusCode
}

async function found(world: World) {
  await world.settle()
  const { body } = await world.ask('GET', '/api/scheduling/care?limit=50')
  return body['results'].map(({ clinician }: Json) => clinician.name)
}

test('one place that reached nobody hides nothing however often it says so; the second does, until a colleague confirms', async () => {
  await using world = await openWorld({ now })
  const { osei } = await openClinic(world)
  for (let i = 0; i < 3; i++) assert.equal(await report(world, osei.roleId, 'no_contact', '198.51.100.7'), 200)
  // A wrong number is no failed contact.
  assert.equal(await report(world, osei.roleId, 'phone', '203.0.113.9'), 200)
  assert.ok((await found(world)).includes('Dr. Omar Osei'))
  assert.equal(await report(world, osei.roleId, 'not_here', '203.0.113.9'), 200)
  assert.ok(!(await found(world)).includes('Dr. Omar Osei'))
  const profile = () => world.ask('GET', `/api/directory/clinicians/${osei.id}`)
  assert.equal((await profile()).body['places'][0].hidden, true)

  const desk = await world.frontDesk()
  const [first] = (await desk.asks('GET', '/api/directory/listings-to-check')).body['listings']
  assert.equal(first.clinician, 'Dr. Omar Osei')
  assert.deepEqual(first.reports.map(({ field, count }: Json) => [field, count]).sort(), [
    ['no_contact', 1],
    ['not_here', 1],
    ['phone', 1],
  ])
  const checked = await desk.asks('POST', `/api/directory/listings/${osei.roleId}/checks`, {
    fields: ['phone', 'accepts_new'],
    source: 'phone_call',
    correct: { phone: '+16175550199', acceptsNew: false },
  })
  assert.equal(checked.status, 200, JSON.stringify(checked.body))
  assert.ok((await found(world)).includes('Dr. Omar Osei'))
  const [place] = (await profile()).body['places']
  assert.deepEqual([place.hidden, place.acceptsNew, place.place.phone], [false, false, '+16175550199'])
  assert.deepEqual(
    place.verified.map(({ field, at, source }: Json) => [field, at, source]),
    [
      ['accepts_new', now, 'phone_call'],
      ['phone', now, 'phone_call'],
    ],
  )
})

test('addresses of one IPv6 network are one place', async () => {
  await using world = await openWorld({ now })
  const { osei } = await openClinic(world)
  await report(world, osei.roleId, 'no_contact', '2001:db8:1:2::1')
  await report(world, osei.roleId, 'no_contact', '2001:db8:1:2::2')
  assert.ok((await found(world)).includes('Dr. Omar Osei'))
  await report(world, osei.roleId, 'no_contact', '2001:db8:1:3::1')
  assert.ok(!(await found(world)).includes('Dr. Omar Osei'))
})

test('two who report at the same moment are both counted', async () => {
  await using world = await openWorld({ now })
  const { osei } = await openClinic(world)
  await Promise.all(['198.51.100.7', '203.0.113.9'].map((from) => report(world, osei.roleId, 'no_contact', from)))
  assert.ok(!(await found(world)).includes('Dr. Omar Osei'))
})

test('a colleague who reached nobody is believed at once, and wrong numbers alone hide nobody', async () => {
  await using world = await openWorld({ now })
  const { osei, nguyen } = await openClinic(world)
  for (const from of ['198.51.100.7', '203.0.113.9']) await report(world, nguyen.roleId, 'phone', from)
  const desk = await world.frontDesk()
  await desk.asks('POST', `/api/directory/listings/${osei.roleId}/reports`, { field: 'no_contact' })
  const names = await found(world)
  assert.ok(!names.includes('Dr. Omar Osei') && names.includes('Dr. Lan Nguyen'))
})

test('one place may say ten things a day, of listings that are there, in the words of the list', async () => {
  await using world = await openWorld({ now })
  const { osei, nguyen, rivera } = await openClinic(world)
  const from = '198.51.100.7'
  assert.equal(await report(world, newId(), 'phone', from), 404)
  assert.equal(await report(world, osei.roleId, 'he seemed ill', from), 400)
  const said = [osei, nguyen, rivera].flatMap(({ roleId }) => checkedFields.map((field) => ({ roleId, field })))
  const statuses: number[] = []
  for (const { roleId, field } of said.slice(0, 11)) statuses.push(await report(world, roleId, field, from))
  assert.deepEqual([statuses.slice(0, 10).every((one) => one === 200), statuses[10]], [true, 429])
  assert.equal(await report(world, osei.roleId, 'phone', '203.0.113.9'), 200)
  world.at('2026-12-02T14:00:01Z')
  assert.equal(await report(world, rivera.roleId, 'hours', from), 200)
  // What is kept says nowhere from where.
  const kept = await world.write((tx) => tx.selectFrom('directory.wrongReport').selectAll().execute())
  assert.ok(!JSON.stringify(kept).includes('198.51'))
})

test('of a hundred listings gone stale one sweep leaves none unmarked, and the score of the place says so', async () => {
  await using world = await openWorld({ now })
  const locationId = await staff(world, 100)
  const score = async () => (await world.ask('GET', '/api/directory/accuracy')).body['places']
  assert.deepEqual(await score(), [
    { placeId: locationId, name: 'River Street', listings: 100, accurate: 100, percent: 100 },
  ])
  await world.chore('directory.sweep-listings')
  assert.equal(await unmarked(world), 100)
  // The 90th day counts still; after it nothing does.
  world.at('2027-03-01T14:00:00Z')
  await world.chore('directory.sweep-listings')
  assert.equal(await unmarked(world), 100)
  world.at('2027-03-01T14:00:01Z')
  await world.chore('directory.sweep-listings')
  assert.equal(await unmarked(world), 0)
  assert.equal((await score())[0].percent, 0)

  const desk = await world.frontDesk()
  const { listings } = (await desk.asks('GET', '/api/directory/listings-to-check')).body
  assert.equal(listings.length, 100)
  await desk.asks('POST', `/api/directory/listings/${listings[0].roleId}/checks`, allFields)
  assert.equal(await unmarked(world), 1)
  assert.equal((await score())[0].percent, 1)
  await report(world, listings[0].roleId, 'phone', '198.51.100.7')
  assert.equal((await score())[0].percent, 0)
})

test('who does not work at the desk may not look at the list, nor confirm', async () => {
  await using world = await openWorld({ now })
  const { osei } = await openClinic(world)
  await addPatient(world, 'Ada')
  const patient = await world.as('patient')
  assert.equal((await patient.asks('GET', '/api/directory/listings-to-check')).status, 403)
  assert.equal((await world.ask('POST', `/api/directory/listings/${osei.roleId}/checks`, allFields)).status, 401)
})

const unmarked = async (world: World) =>
  (
    await world.write((tx) =>
      tx
        .selectFrom('directory.practitionerRole')
        .where('hiddenSince', 'is', null)
        .where('flaggedSince', 'is', null)
        .select('id')
        .execute(),
    )
  ).length

/** So many clinicians at one place, all checked today. Gives the place. */
async function staff(world: World, many: number) {
  const { organizationId } = world
  const locationId = newId()
  const people = Array.from({ length: many }, (_, i) => ({ id: newId(), roleId: newId(), name: `Person${i}` }))
  await world.write(async (tx) => {
    await tx
      .insertInto('directory.location')
      .values({ organizationId, id: locationId, name: 'River Street', zone: 'America/New_York' })
      .execute()
    await tx
      .insertInto('directory.practitioner')
      .values(
        people.map(({ id, name }) => ({ organizationId, id, givenName: name, familyName: 'Doe', searchName: name })),
      )
      .execute()
    await tx
      .insertInto('directory.practitionerRole')
      .values(people.map(({ id, roleId }) => ({ organizationId, id: roleId, practitionerId: id, locationId })))
      .execute()
    await tx
      .insertInto('directory.listingCheck')
      .values(
        people.flatMap(({ roleId }) =>
          checkedFields.map((field) => ({
            organizationId,
            practitionerRoleId: roleId,
            field,
            verifiedAt: world.now(),
            source: 'desk' as const,
          })),
        ),
      )
      .execute()
  })
  return locationId
}
