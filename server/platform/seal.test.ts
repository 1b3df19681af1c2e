import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import pg from 'pg'
import { openWorld, sql, type World } from '../testing/world.ts'
import { system } from './actor.ts'
import { audit } from './audit.ts'
import { within } from './db.ts'
import { closeTrail, copyHeads } from './heads.ts'
import { sha256 } from './ids.ts'
import { sealNext } from './seal.ts'
import { hashesOf, lineOfEvent } from './trail-lines.ts'
import { verifyTrail } from './verify-trail.ts'

/** A world whose clock is the machine's, as events are dated by the database. */
async function openNow() {
  const world = await openWorld({ now: Temporal.Now.instant().toString() })
  // What the opening of the clinic left in the trail is not counted here.
  await asOwner(world, 'truncate platform.audit_event, platform.audit_unsealed')
  return world
}

async function addEvents(world: World, names: readonly string[]) {
  const actor = system(world.organizationId, 'test')
  for (const name of names) {
    // Ids are in order of their millisecond.
    await pause(2)
    await within(world.db, actor, (tx) =>
      audit(tx, actor, { action: 'read', resourceType: 'Patient', resourceId: name, fields: ['a', 'b'] }),
    )
  }
}

/** Three seals of four events each: 0.0 to 2.3. */
async function sealed(world: World) {
  for (let seal = 0; seal < 3; seal++) {
    await addEvents(
      world,
      Array.from({ length: 4 }, (_, event) => `${seal}.${event}`),
    )
    await sealNext(world, world.organizationId)
  }
}

async function asOwner(world: World, statement: string) {
  const client = new pg.Client(world.database.superuser)
  await client.connect()
  const { rowCount, command } = await client.query(statement)
  await client.end()
  assert.ok(rowCount !== 0 || command === 'TRUNCATE', 'nothing was changed')
}

/** The same world with a folder off the machine. */
function withHeads(world: World) {
  const folder = mkdtempSync(join(tmpdir(), 'attend-heads-'))
  return {
    folder,
    context: { ...world, config: { ...world.config, headsFolder: folder } },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const whole = { seals: 3, events: 12, heads: 0 }

test('a trail that nobody touched is whole, in any time zone', async () => {
  await using world = await openNow()
  await sealed(world)
  assert.deepEqual(await verifyTrail(world, world.organizationId), whole)
  await asOwner(world, `alter role app_worker set timezone = 'Asia/Kathmandu'`)
  assert.deepEqual(await verifyTrail(world, world.organizationId), whole)
  await asOwner(world, `alter role app_worker reset timezone`)
})

const breaks: [what: string, statement: string, found: RegExp][] = [
  [
    'one byte of an event',
    `update platform.audit_event set resource_id = '1.3' where resource_id = '1.2'`,
    /^event 7 .* was changed/,
  ],
  [
    'who did it',
    `update platform.audit_event set actor_id = 'system:tesu' where resource_id = '0.0'`,
    /^event 1 .* was changed/,
  ],
  ['an event taken out', `delete from platform.audit_event where resource_id = '1.0'`, /^event 5 .* is missing/],
  ['the last event taken out', `delete from platform.audit_event where resource_id = '2.3'`, /^event 12 .* is missing/],
  [
    'all events of a seal taken out',
    `delete from platform.audit_event where resource_id like '1.%'`,
    /^event 5 .* is missing/,
  ],
  [
    'an event put in',
    `insert into platform.audit_event (organization_id, actor_kind, actor_id, action, resource_type, purpose)
       select organization_id, actor_kind, actor_id, action, resource_type, purpose from platform.audit_event limit 1`,
    /^event .* was put in: no seal knows it/,
  ],
  [
    'the time of an event',
    `update platform.audit_event set at = at - interval '1 hour' where resource_id = '2.0'`,
    /^event 9 .* was changed/,
  ],
  [
    'two events that changed places',
    `update platform.audit_event e set resource_id = o.resource_id from platform.audit_event o
       where (e.resource_id, o.resource_id) in (('0.1', '0.2'), ('0.2', '0.1'))`,
    /^event 2 .* was changed/,
  ],
  ['a seal taken out', `delete from platform.audit_seal where number = 2`, /^seal 2 is missing/],
  ['the first seal taken out', `delete from platform.audit_seal where number = 1`, /^seal 1 is missing/],
  [
    'seals that changed places',
    `update platform.audit_seal set number = case number when 1 then 12 else 11 end where number < 3;
     update platform.audit_seal set number = number - 10 where number > 10`,
    /^seal 1 does not follow/,
  ],
  [
    'events in another order',
    `update platform.audit_seal set event_ids = array[event_ids[2], event_ids[1], event_ids[3], event_ids[4]] where number = 2`,
    /^seal 2 was changed/,
  ],
  [
    'the time of a seal',
    `update platform.audit_seal set sealed_at = sealed_at - interval '1 second' where number = 2`,
    /^seal 2 was changed/,
  ],
  [
    'the name of the key',
    `update platform.audit_seal set key_id = 'another' where number = 1`,
    /^seal 1 is not signed with this server/,
  ],
  [
    'a signature',
    `update platform.audit_seal set signature = set_byte(signature, 63, get_byte(signature, 63) # 1) where number = 3`,
    /^seal 3 is not signed with this server/,
  ],
]

for (const [what, statement, found] of breaks)
  test(`the auditor is told of ${what}`, async () => {
    await using world = await openNow()
    await sealed(world)
    await asOwner(world, statement)
    assert.match((await verifyTrail(world, world.organizationId)).broken ?? 'whole', found)
  })

test('an end that was cut off is found by the heads that were copied off the machine', async () => {
  await using world = await openNow()
  using off = withHeads(world)
  await sealed(world)
  await copyHeads(off.context)
  await copyHeads(off.context)
  assert.deepEqual(await verifyTrail(off.context, world.organizationId), { ...whole, heads: 1 })
  await asOwner(world, `delete from platform.audit_event where resource_id like '2.%'`)
  await asOwner(world, 'delete from platform.audit_seal where number = 3')
  assert.equal((await verifyTrail(world, world.organizationId)).broken, undefined, 'without a head it looks whole')
  const { broken } = await verifyTrail(off.context, world.organizationId)
  assert.match(broken ?? 'whole', /^the end was cut off: seal 3 .* ends with seal 2/)
  // Whoever has the server's key too can go on after the cut; the copied head still tells.
  await addEvents(world, ['forged'])
  await sealNext(world, world.organizationId)
  const after = await verifyTrail(off.context, world.organizationId)
  assert.match(after.broken ?? 'whole', /^seal 3 is not the one whose head was copied out at/)
})

test('what waits is sealed and its head taken along when the server stops; a line cut in two by a crash does no harm', async () => {
  await using world = await openNow()
  using off = withHeads(world)
  await sealed(world)
  await addEvents(world, ['last words'])
  await closeTrail(off.context)
  assert.deepEqual(await verifyTrail(off.context, world.organizationId), { seals: 4, events: 13, heads: 1 })
  const file = join(off.folder, readdirSync(off.folder)[0] ?? '')
  appendFileSync(file, '{"number":5,"hea')
  await addEvents(world, ['more'])
  await closeTrail(off.context)
  assert.deepEqual(await verifyTrail(off.context, world.organizationId), { seals: 5, events: 14, heads: 2 })
})

test('a head that this server did not sign is not believed', async () => {
  await using world = await openNow()
  using off = withHeads(world)
  await sealed(world)
  await copyHeads(off.context)
  const file = join(off.folder, readdirSync(off.folder)[0] ?? '')
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(/"signature":"\w/, (text) =>
      text.replace(/\w$/, (c) => (c === '0' ? '1' : '0')),
    ),
  )
  assert.match((await verifyTrail(off.context, world.organizationId)).broken ?? 'whole', /not signed/)
})

test('a clock that was turned back or ahead is told, though nothing was changed', async () => {
  await using world = await openNow()
  const { organizationId } = world
  const began = world.now()
  await sealed(world)
  world.at(began.subtract({ hours: 3 }))
  await addEvents(world, ['3.0'])
  await sealNext(world, organizationId)
  const { broken, clock, events } = await verifyTrail(world, organizationId)
  assert.deepEqual([broken, events], [undefined, 13])
  assert.match(clock ?? '', /turned back .* before seal 4/)

  await using other = await openNow()
  other.at(began.add({ hours: 3 }))
  await sealed(other)
  other.at(began.add({ hours: 4 }))
  await addEvents(other, ['3.0'])
  await sealNext(other, other.organizationId)
  assert.match((await verifyTrail(other, other.organizationId)).clock ?? '', /an event of seal 2 is dated .* before/)
})

test('an event that was taken out before it was sealed is told as missing', async () => {
  await using world = await openNow()
  await addEvents(world, ['0.0', '0.1', '0.2'])
  await asOwner(world, `delete from platform.audit_event where resource_id = '0.1'`)
  await sealNext(world, world.organizationId)
  assert.match((await verifyTrail(world, world.organizationId)).broken ?? 'whole', /^event 2 .* is missing/)
})

test('the database writes the canonical bytes that RFC 8785 asks for, whatever the words', async () => {
  await using world = await openNow()
  const words = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll('\0', '').toWellFormed())
  const actor = system(world.organizationId, 'test')
  await fc.assert(
    fc.asyncProperty(
      words,
      words,
      fc.option(words),
      fc.array(fc.stringMatching(/^[a-z]+$/), { maxLength: 3 }),
      async (...given) => {
        const [actorId, resourceType, resourceId, fields] = given
        await within(world.db, actor, async (tx) => {
          const { rows } = await sql<{ line: string; at: string; id: string }>`
          select ${lineOfEvent} as line, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.id::text as id
          from (select ${world.organizationId}::uuid as organization_id, uuidv7() as id, clock_timestamp() as at, 'x"y'::text as actor_kind,
            ${actorId}::text as actor_id, 'read'::text as action, ${resourceType}::text as resource_type, ${resourceId}::text as resource_id,
            null::uuid as patient_id, ${`{${fields.join(',')}}`}::text[] as fields, 'success'::text as outcome, 'TREAT'::text as purpose,
            null::text as request_id) e`.execute(tx)
          const [made] = rows
          // In the order of their keys, as RFC 8785 sorts them.
          const expected = JSON.stringify({
            action: 'read',
            actorId,
            actorKind: 'x"y',
            at: made?.at,
            fields,
            id: made?.id,
            organizationId: world.organizationId,
            outcome: 'success',
            patientId: null,
            purpose: 'TREAT',
            requestId: null,
            resourceId,
            resourceType,
          })
          assert.equal(made?.line, expected)
          assert.ok(!expected.includes('\n'))
          assert.deepEqual(hashesOf(`${expected}\n`), Buffer.concat([sha256(expected), sha256('')]))
        })
      },
    ),
    { numRuns: 200 },
  )
})

test('two sealers at once seal every event once', async () => {
  await using world = await openNow()
  const actor = system(world.organizationId, 'test')
  await Promise.all(
    Array.from({ length: 30 }, () =>
      within(world.db, actor, (tx) => audit(tx, actor, { action: 'read', resourceType: 'Patient' })),
    ),
  )
  await Promise.all(Array.from({ length: 4 }, () => sealNext(world, world.organizationId)))
  assert.deepEqual(await verifyTrail(world, world.organizationId), { seals: 1, events: 30, heads: 0 })
})
