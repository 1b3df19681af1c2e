import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../../testing/clinic.ts'
import { withCode } from '../../testing/colleague.ts'
import { openWorld, type World } from '../../testing/world.ts'

type Visit = { offeringId: string; startsAt: string }
type Block = { visits: Visit[] }

async function openFamily() {
  const world = await openWorld()
  const clinic = await openClinic(world)
  const children = []
  for (const name of ['Kim', 'Lou', 'Max']) children.push(await addPatient(world, name, 'Byron', '2018-03-04'))
  const client = await world.client()
  return { world, clinic, children, client, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

const blocksOf = async (world: World, clinic: Clinic, more = ''): Promise<Block[]> =>
  (
    await world.ask(
      'GET',
      `/api/scheduling/family-openings?offeringId=${clinic.nguyen.office}&count=3&from=2026-12-02&days=4${more}`,
    )
  ).body['blocks']
const wish = ({ visits }: Block, patientIds: readonly string[], more: object = {}) => ({
  kind: 'family',
  language: 'en',
  visits: visits.map((visit, at) => ({ ...visit, patientId: patientIds[at % patientIds.length] })),
  ...more,
})
const url = '/api/scheduling/visit-groups'
const booked = (world: World) =>
  world.write((tx) => tx.selectFrom('scheduling.appointment').selectAll().orderBy('startsAt').execute())

test('three siblings are booked back to back in one step, each with an appointment, a trail and a confirmation of its own', async () => {
  await using open = await openFamily()
  const { world, clinic, children, client } = open
  const [block] = await blocksOf(world, clinic)
  assert.deepEqual(
    block!.visits.map(({ startsAt }) => startsAt),
    ['2026-12-02T14:00:00Z', '2026-12-02T14:30:00Z', '2026-12-02T15:00:00Z'],
  )
  const key = { 'idempotency-key': 'one-family' }
  const { status, body } = await client.asks('POST', url, wish(block!, children), key)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    body['appointments'].map((one: { patientFirstName: string; startsAt: string }) => [
      one.patientFirstName,
      one.startsAt,
    ]),
    [
      ['Kim', '2026-12-02T14:00:00Z'],
      ['Lou', '2026-12-02T14:30:00Z'],
      ['Max', '2026-12-02T15:00:00Z'],
    ],
  )
  const again = await client.asks('POST', url, wish(block!, children), key)
  assert.deepEqual(again.body, body)
  assert.equal((await booked(world)).length, 3)
  const trail = await world.write((tx) =>
    tx
      .selectFrom('platform.auditEvent')
      .where('resourceType', '=', 'Appointment')
      .where('action', '=', 'create')
      .select('patientId')
      .orderBy('id')
      .execute(),
  )
  assert.deepEqual(
    trail.map(({ patientId }) => patientId),
    children,
  )
  await world.settle()
  const { body: box } = await world.ask('GET', '/api/conversations/dev/mailbox')
  assert.deepEqual(
    [...new Set((box['messages'] as { recipient: string }[]).map(({ recipient }) => recipient))].sort(),
    ['kim@example.org', 'lou@example.org', 'max@example.org'],
  )
})

test('when somebody takes the middle one, none is booked and the next blocks are named', async () => {
  await using open = await openFamily()
  const { world, clinic, children, client } = open
  const [block] = await blocksOf(world, clinic)
  const thief = await addPatient(world, 'Eve')
  const stolen = await client.asks('POST', '/api/scheduling/appointments', {
    ...block!.visits[1],
    patientId: thief,
    language: 'en',
  })
  assert.equal(stolen.status, 200)
  const late = await client.asks('POST', url, wish(block!, children))
  assert.deepEqual([late.status, late.body['code']], [409, 'block_taken'])
  assert.equal((await booked(world)).length, 1)
  const next = late.body['blocks'][0] as Block
  assert.equal(next.visits[0]!.startsAt, '2026-12-02T15:00:00Z')
  assert.equal((await client.asks('POST', url, wish(next, children))).status, 200)
})

test('one visit that a rule forbids refuses all, and says which', async () => {
  await using open = await openFamily()
  const { world, clinic, children, client } = open
  const { body } = await world.ask(
    'GET',
    `/api/scheduling/family-openings?offeringId=${clinic.rivera.office}&count=3&from=2026-12-02`,
  )
  const grown = await addPatient(world, 'Pat')
  const refused = await client.asks('POST', url, wish(body['blocks'][0], [children[0]!, grown, children[1]!]))
  assert.deepEqual([refused.status, refused.body['code'], refused.body['visit']], [422, 'too_old', 1])
  assert.equal((await booked(world)).length, 0)
})

test('a block is kept for five minutes as one, booked from there, or given back as one', async () => {
  await using open = await openFamily()
  const { world, clinic, children, client } = open
  const [block] = await blocksOf(world, clinic)
  const hold = () => client.asks('POST', '/api/scheduling/group-holds', block)
  const kept = await hold()
  assert.equal(kept.status, 200, JSON.stringify(kept.body))
  assert.equal(kept.body['expiresAt'], world.now().add({ minutes: 5 }).toString())
  assert.equal((await hold()).body['code'], 'block_taken')
  const release = (id: string) => client.asks('POST', `/api/scheduling/group-holds/${id}/release`)
  assert.equal((await release(kept.body['id'])).status, 200)
  assert.equal((await release(kept.body['id'])).status, 404)
  assert.deepEqual((await blocksOf(world, clinic))[0], block)

  const again = await hold()
  const { status } = await client.asks('POST', url, wish(block!, children, { holdId: again.body['id'] }))
  assert.equal(status, 200)
  assert.equal((await world.write((tx) => tx.selectFrom('scheduling.hold').select('id').execute())).length, 0)
  assert.equal((await world.write((tx) => tx.selectFrom('scheduling.takenTime').select('id').execute())).length, 3)
})

test('siblings are seen at one time by several clinicians of one place', async () => {
  await using open = await openFamily()
  const { world, clinic, children, client } = open
  const { body } = await world.ask(
    'GET',
    `/api/scheduling/family-openings?offeringId=${clinic.nguyen.office}&count=2&side=parallel&from=2026-12-02`,
  )
  const block = body['blocks'][0] as Block
  assert.deepEqual(
    block.visits.map(({ offeringId }) => offeringId),
    [clinic.nguyen.office, clinic.osei.office],
  )
  assert.equal(new Set(block.visits.map(({ startsAt }) => startsAt)).size, 1)
  assert.equal((await client.asks('POST', url, wish(block, children))).status, 200)
  const late = await client.asks('POST', url, wish(block, children))
  assert.equal((late.body['blocks'][0] as Block).visits[1]!.offeringId, clinic.osei.office)
})

test('a parent books for those whose visits were given to them, and for nobody else', async () => {
  await using open = await openFamily()
  const { world, clinic, children } = open
  const { cookie } = await withCode(world, 'pat@example.org')
  const pat = (body: object) => world.ask('POST', url, body, { cookie })
  const { id: personId } = await world.write((tx) =>
    tx.selectFrom('people.person').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow(),
  )
  const give = (patientId: string, scopes: ('book' | 'bills')[]) =>
    world.write((tx) =>
      tx
        .insertInto('people.proxyGrant')
        .values({
          organizationId: world.organizationId,
          patientId,
          personId,
          proxyName: 'Pat Byron',
          basis: 'chosen',
          scopes,
          fromAt: world.now(),
          givenAt: world.now(),
          givenBy: 'test',
        })
        .execute(),
    )
  const [block] = await blocksOf(world, clinic)
  await give(children[0]!, ['book'])
  await give(children[1]!, ['book'])
  await give(children[2]!, ['bills'])
  const hidden = await pat(wish(block!, children))
  const missing = await pat(wish(block!, [children[0]!, children[1]!, crypto.randomUUID()]))
  assert.deepEqual([hidden.status, missing.status], [404, 404])
  assert.equal((await booked(world)).length, 0)
  const two = await pat(wish({ visits: block!.visits.slice(0, 2) }, children))
  assert.equal(two.status, 200, JSON.stringify(two.body))
  const trail = await world.write((tx) =>
    tx
      .selectFrom('platform.auditEvent')
      .where('resourceType', '=', 'Appointment')
      .select(['actorKind', 'patientId'])
      .orderBy('id')
      .execute(),
  )
  assert.deepEqual(
    trail.map(({ actorKind, patientId }) => [actorKind, patientId]),
    [
      ['proxy', children[0]],
      ['proxy', children[1]],
    ],
  )
  const stranger = await world.ask('POST', url, wish(block!, children))
  assert.deepEqual([stranger.status, stranger.body['code']], [422, 'sign_in_first'])
})

test('fifty families want three in a row: all or none, no deadlock, and nobody goes while a block is free', async () => {
  await using open = await openFamily()
  const { world, clinic, children, client } = open
  let wins = 0
  const family = async (number: number) => {
    for (;;) {
      const blocks = await blocksOf(world, clinic)
      if (blocks.length === 0) return
      const { status, body } = await client.asks('POST', url, wish(blocks[(number * 7) % blocks.length]!, children))
      if (status === 200) {
        wins++
        return
      }
      assert.deepEqual([status, body['code']], [409, 'block_taken'], JSON.stringify(body))
    }
  }
  await Promise.all(Array.from({ length: 50 }, (_, number) => family(number)))
  assert.equal((await blocksOf(world, clinic)).length, 0)
  assert.ok(wins >= 6 && wins < 50, `${wins}`)
  assert.equal((await booked(world)).length, wins * 3)
  const groups = await world.write((tx) =>
    tx
      .selectFrom('scheduling.groupVisit as g')
      .innerJoin('scheduling.appointment as a', 'a.id', 'g.appointmentId')
      .select(['g.groupId', 'a.startsAt'])
      .orderBy('g.groupId')
      .orderBy('g.position')
      .execute(),
  )
  assert.equal(groups.length, wins * 3)
  for (let at = 0; at < groups.length; at += 3) {
    const [one, two, three] = groups.slice(at, at + 3)
    assert.equal(one!.startsAt.add({ minutes: 30 }).toString(), two!.startsAt.toString())
    assert.equal(two!.startsAt.add({ minutes: 30 }).toString(), three!.startsAt.toString())
  }
})
