import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../platform/ids.ts'
import { openWorld, type World } from '../testing/world.ts'

async function employ(world: World) {
  const { organizationId } = world
  const [practitionerId, locationId, roleId] = [newId(), newId(), newId()]
  await world.write(async (tx) => {
    await tx
      .insertInto('directory.location')
      .values({
        organizationId,
        id: locationId,
        name: 'River Street',
        city: 'Boston',
        state: 'MA',
        postcode: '02110',
        zone: 'America/New_York',
      })
      .execute()
    await tx
      .insertInto('directory.practitioner')
      .values({
        organizationId,
        id: practitionerId,
        npi: '1234567893',
        npiValid: true,
        givenName: 'Lan',
        familyName: 'Nguyen',
        prefix: 'Dr.',
        searchName: 'lan nguyen',
        languages: ['en', 'vi'],
        statement: { en: 'I listen.', es: 'Escucho.' },
      })
      .execute()
    await tx
      .insertInto('directory.practitionerRole')
      .values({ organizationId, id: roleId, practitionerId, locationId, specialties: ['207Q00000X', '9999999999'] })
      .execute()
  })
  return { practitionerId, roleId }
}

test('a profile says who it is, where they work and what they treat, in the language asked', async () => {
  await using world = await openWorld()
  const { practitionerId, roleId } = await employ(world)
  const { status, body } = await world.ask('GET', `/api/directory/clinicians/${practitionerId}?language=es`)
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body['clinician'].name, 'Dr. Lan Nguyen')
  assert.deepEqual(body['npi'], { number: '1234567893', valid: true })
  assert.equal(body['statement'], 'Escucho.')
  assert.equal(body['places'][0].roleId, roleId)
  assert.equal(body['places'][0].place.zone, 'America/New_York')
  assert.equal(body['places'][0].specialties[0].name, 'Medicina familiar')
  // A specialty without a name in our words is shown by its code.
  assert.deepEqual(body['places'][0].specialties[1], { code: '9999999999', name: '9999999999' })
})

test('somebody who left, and somebody who never was, are not there alike', async () => {
  await using world = await openWorld()
  const { practitionerId } = await employ(world)
  await world.write((tx) =>
    tx.updateTable('directory.practitioner').set({ active: false }).where('id', '=', practitionerId).execute(),
  )
  for (const id of [practitionerId, newId()])
    assert.equal((await world.ask('GET', `/api/directory/clinicians/${id}`)).status, 404)
})

test('reasons are suggested while typing, and the common ones before', async () => {
  await using world = await openWorld()
  const typed = await world.ask('GET', '/api/directory/suggestions?q=card&language=en')
  assert.ok(typed.body['suggestions'].length > 0)
  const common = await world.ask('GET', '/api/directory/common-reasons?language=es')
  assert.ok(common.body['reasons'].length >= 5)
})
