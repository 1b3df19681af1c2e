// The demo's patient may act for the demo's children, and for nobody else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient } from '../../testing/clinic.ts'
import { openWorld } from '../../testing/world.ts'
import { addDemoFamily } from './demo-family.ts'

test('the demo has a parent of its two youngest patients, given once, and an end stays an end', async () => {
  await using world = await openWorld({ now: '2026-11-24T15:00:00Z' })
  const { organizationId } = world
  await addPatient(world, 'Dana', 'Byron', '1985-04-01')
  const sam = await addPatient(world, 'Sam', 'Byron', '2019-02-18')
  await addPatient(world, 'Noa', 'Byron', '2008-11-24')
  const kim = await addPatient(world, 'Kim', 'Byron', '2008-11-25')
  const children = () =>
    world.write((tx) =>
      tx
        .selectFrom('people.proxyGrant')
        .where('organizationId', '=', organizationId)
        .select(['id', 'patientId', 'endedAt'])
        .orderBy('id')
        .execute(),
    )
  await addDemoFamily(world, organizationId)
  assert.deepEqual((await children()).map(({ patientId }) => patientId).toSorted(), [sam, kim].toSorted())

  await world.write((tx) =>
    tx.updateTable('people.proxyGrant').set({ endedAt: world.now(), endedBy: 'test' }).execute(),
  )
  const ended = await children()
  await addDemoFamily(world, organizationId)
  assert.deepEqual(await children(), ended)
})
