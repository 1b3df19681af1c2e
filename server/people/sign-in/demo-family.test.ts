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
  const [, , sam, ida] = await addRecords(world, '1985-04-01', '2012-01-01', '2019-02-18', '2015-01-01')
  await addDemoFamily(world, world.organizationId)
  assert.deepEqual((await grants(world)).map(({ patientId }) => patientId).toSorted(), [sam, ida])

  await world.write((tx) =>
    tx.updateTable('people.proxyGrant').set({ endedAt: world.now(), endedBy: 'test' }).execute(),
  )
  const ended = await grants(world)
  await addDemoFamily(world, world.organizationId)
  assert.deepEqual(await grants(world), ended)
})

test('who is eighteen today is no child, who is tomorrow still is', async () => {
  await using world = await openWorld({ now })
  const [, , kim] = await addRecords(world, '1985-04-01', '2008-11-24', '2008-11-25')
  await addDemoFamily(world, world.organizationId)
  assert.deepEqual(
    (await grants(world)).map(({ patientId }) => patientId),
    [kim],
  )
})

test('who came to the demo since is nobody’s child there, and the demo’s patient stays the same', async () => {
  await using world = await openWorld({ now })
  // Its id comes before all others, as those of guests come before those of imported records.
  await addPatient(world, 'Ben', 'Guest', '2024-05-01')
  const [dana, sam] = await addRecords(world, '1985-04-01', '2019-02-18')
  await addDemoFamily(world, world.organizationId)
  assert.deepEqual(
    (await grants(world)).map(({ patientId }) => patientId),
    [sam],
  )
  assert.equal((await demoPatient(world, world.organizationId))?.id, dana)
})

test('the demo’s patient is a grown-up where there is one', async () => {
  await using world = await openWorld({ now })
  const [, dana] = await addRecords(world, '2019-02-18', '1985-04-01')
  assert.equal((await demoPatient(world, world.organizationId))?.id, dana)
})

test('the demo’s patient stays the one who signed in before; where that is a child, it is nobody’s parent', async () => {
  await using world = await openWorld({ now })
  const [sam] = await addRecords(world, '2019-02-18', '2020-01-01')
  await world.as('patient')
  await addRecords(world, '1985-04-01')
  assert.equal((await demoPatient(world, world.organizationId))?.id, sam)
  await addDemoFamily(world, world.organizationId)
  assert.deepEqual(await grants(world), [])
})

test('a clinic where nobody is known starts, with no family', async () => {
  await using world = await openWorld({ now })
  await addDemoFamily(world, world.organizationId)
  assert.deepEqual(await grants(world), [])
})

/** Patients born on these days, as an import leaves them; their ids in this order. */
async function addRecords(world: World, ...bornOn: string[]) {
  const ids: string[] = []
  for (const [index, day] of bornOn.entries()) ids.push(await addPatient(world, `Dana${index}`, 'Byron', day))
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
