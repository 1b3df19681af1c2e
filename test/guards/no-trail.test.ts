// No audit row, no health information: with a trail that cannot be written, no operation tells of a patient or changes anything.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import type { World } from '../../server/testing/world.ts'
import {
  addressOf,
  bodyWith,
  neededQuery,
  operationsOf,
  sample,
  spotsOf,
  type Ids,
  type Operation,
} from './described.ts'
import { canary, hashOf, twoClinics, type TwoClinics } from './two-clinics.ts'

/** Ends the sessions of the walk, or signs somebody else in. */
const ends = /session\/(end|lock|role|unlock)$|demo-session$|devices\/end$|sign-in|account\//

/** Ids of the patient who has the canary for a name, and of that patient's visit. */
const idsOf =
  ({ ben, visit, river }: TwoClinics): Ids =>
  (name) =>
    ({ offeringId: river.nguyen.office, clinicianId: river.nguyen.id, placeId: river.places.boston, id: visit })[
      name
    ] ?? ben

/** Every answer of every role, by operation: the path's `id` is once the visit, once the patient. */
async function walk(two: TwoClinics, operations: readonly Operation[]) {
  const told = new Map<string, { status: number; text: string }>()
  const visitIds = idsOf(two)
  const patientIds: Ids = (name) => (name === 'id' ? two.ben : visitIds(name))
  for (const one of operations.filter(({ url }) => !ends.test(url)))
    for (const role of one.roles)
      for (const ids of [visitIds, patientIds]) {
        const [spot] = one.body ? spotsOf(one.body).filter(({ schema }) => schema.format === 'uuid') : []
        const body = one.body && (spot ? bodyWith(one.body, ids, spot.keys, two.ben) : sample(one.body, ids))
        const query = { ...neededQuery(one, ids), ...(one.query['q'] && { q: canary.toLowerCase() }) }
        const address = addressOf(one, ids, query)
        const { status, body: reply } = await two.world.ask(
          one.method,
          address,
          one.method === 'GET' ? undefined : (body as object),
          two.credentials[role],
        )
        told.set(`${role} ${one.method} ${address}`, { status, text: JSON.stringify(reply) })
      }
  return told
}

/** From now on a row of the trail cannot be written, by nobody. */
async function breakTrail({ database }: World) {
  const client = new pg.Client(database.superuser)
  await client.connect()
  await client.query(`
    create function platform.no_room() returns trigger language plpgsql as 'begin raise exception ''no room''; end';
    create trigger no_room before insert on platform.audit_event for each statement execute function platform.no_room()`)
  await client.end()
}

test('what told of a patient tells nothing, and what changed something changes nothing, when the trail cannot be written', async () => {
  const two = await twoClinics()
  await using world = two.world
  const operations = await operationsOf(world)
  const reads = operations.filter(({ method }) => method === 'GET')
  const before = await walk(two, reads)
  const telling = [...before].filter(([, { text }]) => text.includes(canary)).map(([what]) => what)
  assert.ok(telling.length >= 20, `only ${telling.length} answers told of the patient: ${telling.join('\n')}`)
  await breakTrail(world)
  const kept = await hashOf(world, world.organizationId)
  const after = await walk(two, operations)
  const leaks = [...after].filter(([, { text }]) => text.includes(canary)).map(([what]) => what)
  assert.deepEqual(leaks, [])
  for (const what of telling) assert.equal(after.get(what)?.status, 500, what)
  assert.deepEqual((await hashOf(world, world.organizationId)).parts, kept.parts)
})
