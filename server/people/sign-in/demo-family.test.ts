// The demo's patient may act for children of the demo's records, and for nobody who came since.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient } from '../../testing/clinic.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { addDemoFamily } from './demo-family.ts'
import { demoPatient } from './demo.ts'

const now = '2026-11-24T15:00:00Z'

test('the demo has a parent of its two youngest patients, given once, and an end stays an end', async () => {
  await using world = await openWorld({ now })
  const [, sam, , kim] = await addRecords(world)
  await addDemoFamily(world, world.organizationId)
  assert.deepEqual((await grants(world)).map(({ patientId }) => patientId).toSorted(), [sam, kim].toSorted())

  await world.write((tx) =>
    tx.updateTable('people.proxyGrant').set({ endedAt: world.now(), endedBy: 'test' }).execute(),
  )
  const ended = await grants(world)
  await addDemoFamily(world, world.organizationId)
  assert.deepEqual(await grants(world), ended)
})

test('who came to the demo since is nobody’s child there, and the demo’s patient stays the same', async () => {
  await using world = await openWorld({ now })
  // Their ids come before all others, as those of guests come before those of imported records.
  const guest = await addPatient(world, 'Ben', 'Guest', '2024-05-01')
  const [dana, sam, , kim] = await addRecords(world)
  await addDemoFamily(world, world.organizationId)
  assert.ok(!(await grants(world)).some(({ patientId }) => patientId === guest))
  assert.deepEqual((await grants(world)).map(({ patientId }) => patientId).toSorted(), [sam, kim].toSorted())
  assert.equal((await demoPatient(world, world.organizationId))?.id, dana)
})

test('a clinic where nobody is known starts, with no family', async () => {
  await using world = await openWorld({ now })
  await addDemoFamily(world, world.organizationId)
  assert.deepEqual(await grants(world), [])
})

/** An adult, a child, one who is eighteen today, one who is eighteen tomorrow: as an import leaves them. */
async function addRecords(world: World) {
  const ids = [
    await addPatient(world, 'Dana', 'Byron', '1985-04-01'),
    await addPatient(world, 'Sam', 'Byron', '2019-02-18'),
    await addPatient(world, 'Noa', 'Byron', '2008-11-24'),
    await addPatient(world, 'Kim', 'Byron', '2008-11-25'),
  ]
  await world.write((tx) => tx.updateTable('people.patient').set({ origin: 'record' }).where('id', 'in', ids).execute())
  return ids
}

const grants = (world: World) =>
  world.write((tx) =>
    tx
      .selectFrom('people.proxyGrant')
      .where('organizationId', '=', world.organizationId)
      .select(['id', 'patientId', 'endedAt'])
      .orderBy('id')
      .execute(),
  )
