import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { openWorld, type World } from '../testing/world.ts'
import { system } from './actor.ts'
import { audit } from './audit.ts'
import { within } from './db.ts'
import { sealNext } from './seal.ts'
import { verifyTrail } from './verify-trail.ts'

/** Three seals of four events each. */
async function sealed(world: World) {
  const actor = system(world.organizationId, 'test')
  for (let seal = 0; seal < 3; seal++) {
    for (let event = 0; event < 4; event++)
      await within(world.db, actor, (tx) =>
        audit(tx, actor, { action: 'read', resourceType: 'Patient', resourceId: `${seal}.${event}` }),
      )
    await sealNext(world, world.organizationId)
  }
}

async function asOwner(world: World, statement: string) {
  const client = new pg.Client(world.database.superuser)
  await client.connect()
  const { rowCount } = await client.query(statement)
  await client.end()
  assert.ok(rowCount !== 0, 'nothing was changed')
}

test('a trail that nobody touched is whole, in any time zone', async () => {
  await using world = await openWorld()
  await sealed(world)
  assert.deepEqual(await verifyTrail(world, world.organizationId), { seals: 3, events: 12 })
  await asOwner(world, `alter role app_worker set timezone = 'Asia/Kathmandu'`)
  assert.deepEqual(await verifyTrail(world, world.organizationId), { seals: 3, events: 12 })
  await asOwner(world, `alter role app_worker reset timezone`)
})

const breaks: [what: string, statement: string, found: RegExp][] = [
  [
    'one byte of an event',
    `update platform.audit_event set resource_id = '1.3' where resource_id = '1.2'`,
    /event 7 .* was changed/,
  ],
  ['an event taken out', `delete from platform.audit_event where resource_id = '1.0'`, /event 5 .* is missing/],
  [
    'the time of an event',
    `update platform.audit_event set at = at - interval '1 hour' where resource_id = '2.0'`,
    /event 9 .* was changed/,
  ],
  ['a seal taken out', `delete from platform.audit_seal where number = 2`, /seal 2 is missing/],
  [
    'events in another order',
    `update platform.audit_seal set event_ids = array[event_ids[2], event_ids[1], event_ids[3], event_ids[4]] where number = 2`,
    /seal 2 was changed/,
  ],
  [
    'a signature',
    `update platform.audit_seal set signature = decode(repeat('00', 64), 'hex') where number = 3`,
    /not signed with this server/,
  ],
]

for (const [what, statement, found] of breaks)
  test(`the auditor is told of ${what}`, async () => {
    await using world = await openWorld()
    await sealed(world)
    await asOwner(world, statement)
    assert.match((await verifyTrail(world, world.organizationId)).broken ?? 'whole', found)
  })

test('two sealers at once seal every event once', async () => {
  await using world = await openWorld()
  const actor = system(world.organizationId, 'test')
  await Promise.all(
    Array.from({ length: 30 }, () =>
      within(world.db, actor, (tx) => audit(tx, actor, { action: 'read', resourceType: 'Patient' })),
    ),
  )
  await Promise.all(Array.from({ length: 4 }, () => sealNext(world, world.organizationId)))
  assert.equal((await verifyTrail(world, world.organizationId)).events, 30)
})
