import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openClinic } from '../testing/clinic.ts'
import { type Json, openWorld, type World } from '../testing/world.ts'

async function found(world: World, query: string) {
  await world.settle()
  const { status, body } = await world.ask('GET', `/api/scheduling/care?limit=50&${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return { names: body['results'].map(({ clinician }: Json) => clinician.name) as string[], body }
}

test('who needs a door without steps finds only places of which somebody said so, and reads whose word it is', async () => {
  await using world = await openWorld()
  const { nguyen, rivera } = await openClinic(world)
  const profile = async () => (await world.ask('GET', `/api/directory/clinicians/${nguyen.id}`)).body['places'][0]
  const { place, access } = await profile()
  assert.deepEqual(access, [], 'nobody looked')
  // By video no door is in the way.
  const nobody = await found(world, 'access=step_free&mode=in_person')
  assert.deepEqual(nobody.names, [])
  assert.ok(nobody.body['relax'].some(({ filter }: Json) => filter === 'access'))
  assert.deepEqual((await found(world, 'access=step_free&mode=video')).names, ['Dr. Lan Nguyen'])

  const desk = await world.frontDesk()
  const said = {
    facts: [
      { feature: 'step_free', present: true },
      { feature: 'hearing_loop', present: false },
    ],
    source: 'seen',
  }
  const checks = `/api/directory/places/${String(place.id)}/access-checks`
  const saved = await desk.asks('POST', checks, said)
  assert.equal(saved.status, 200, JSON.stringify(saved.body))
  assert.deepEqual((await profile()).access, [
    { feature: 'hearing_loop', present: false, source: 'seen', verifiedOn: '2026-12-01' },
    { feature: 'step_free', present: true, source: 'seen', verifiedOn: '2026-12-01' },
  ])
  const stepFree = await found(world, 'access=step_free&mode=in_person')
  assert.ok(stepFree.names.includes('Dr. Lan Nguyen'))
  assert.ok(stepFree.body['results'][0].because.some(({ code }: Json) => code === 'access'))
  const elsewhere = (await world.ask('GET', `/api/directory/clinicians/${rivera.id}`)).body['places'][0].place.id
  assert.equal(stepFree.names.includes('Dr. Paz Rivera'), elsewhere === place.id)
  assert.deepEqual((await found(world, 'access=step_free,hearing_loop&mode=in_person')).names, [], 'all that is asked')
  assert.equal((await found(world, 'access=any')).names.length, 3)

  // It was found wrong: the search follows.
  await desk.asks('POST', checks, { facts: [{ feature: 'step_free', present: false }], source: 'told' })
  assert.deepEqual((await found(world, 'access=step_free&mode=in_person')).names, [])
  assert.equal((await world.ask('POST', checks, said)).status, 401)
  const gone = '/api/directory/places/01890000-0000-7000-8000-000000000000/access-checks'
  assert.equal((await desk.asks('POST', gone, said)).status, 404)
})
