import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../platform/ids.ts'
import { type Json, openWorld, type World } from '../testing/world.ts'

/** Lan Nguyen, said to be in the Bay network since 10 November 2026, and in another until yesterday. */
async function insure(world: World) {
  const { organizationId } = world
  const [practitionerId, locationId, practitionerRoleId, payerId, bay, old] = Array.from({ length: 6 }, newId) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const day = (text: string) => Temporal.PlainDate.from(text)
  await world.write(async (tx) => {
    await tx
      .insertInto('directory.location')
      .values({ organizationId, id: locationId, name: 'River Street', zone: 'America/New_York' })
      .execute()
    await tx
      .insertInto('directory.practitioner')
      .values({ organizationId, id: practitionerId, givenName: 'Lan', familyName: 'Nguyen', searchName: 'lan nguyen' })
      .execute()
    await tx
      .insertInto('directory.practitionerRole')
      .values({ organizationId, id: practitionerRoleId, practitionerId, locationId })
      .execute()
    await tx.insertInto('coverage.payer').values({ organizationId, id: payerId, name: 'Bay Mutual' }).execute()
    await tx
      .insertInto('coverage.network')
      .values([
        { organizationId, id: bay, payerId, name: 'Bay network' },
        { organizationId, id: old, payerId, name: 'Old network' },
      ])
      .execute()
    await tx
      .insertInto('coverage.plan')
      .values(['Bay Silver', 'Bay Choice'].map((name) => ({ organizationId, payerId, name })))
      .execute()
    await tx.insertInto('coverage.plan').values({ organizationId, payerId, name: 'Bay Gone', active: false }).execute()
    await tx
      .insertInto('coverage.participation')
      .values([
        {
          organizationId,
          practitionerRoleId,
          networkId: bay,
          source: 'practice',
          knownOn: day('2026-11-10'),
          validFrom: day('2026-01-01'),
        },
        {
          organizationId,
          practitionerRoleId,
          networkId: old,
          source: 'payer_directory',
          knownOn: day('2026-11-20'),
          validUntil: day('2026-11-30'),
        },
      ])
      .execute()
  })
  return { practitionerId, bay }
}

test('plans are listed by payer and name; a plan that ended is not', async () => {
  await using world = await openWorld()
  await insure(world)
  const { body } = await world.ask('GET', '/api/coverage/plans')
  assert.deepEqual(
    body['payers'].map((payer: Json) => [payer.name, payer.plans.map(({ name }: Json) => name)]),
    [['Bay Mutual', ['Bay Choice', 'Bay Silver']]],
  )
})

test('a network is said with its source and date, fades on the 91st day, and is not said once it ended', async () => {
  await using world = await openWorld({ now: '2026-12-01T14:00:00Z' })
  const { practitionerId, bay } = await insure(world)
  const networks = async () =>
    (await world.ask('GET', `/api/coverage/clinicians/${practitionerId}/networks`)).body['networks']
  assert.deepEqual(await networks(), [
    {
      networkId: bay,
      network: 'Bay network',
      source: 'practice',
      knownOn: '2026-11-10',
      faded: false,
      confidence: 0.57,
    },
  ])
  world.at('2027-02-08T23:00:00Z')
  assert.equal((await networks())[0].faded, false)
  world.at('2027-02-09T01:00:00Z')
  assert.equal((await networks())[0].faded, true)
})

test('networks of somebody unknown are not there', async () => {
  await using world = await openWorld()
  assert.equal((await world.ask('GET', `/api/coverage/clinicians/${newId()}/networks`)).status, 404)
})
