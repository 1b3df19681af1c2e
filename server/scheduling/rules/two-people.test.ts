// Attacks on 'one proposes, another approves': the same person twice, an approval sent again, an old version, a program.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openClinic } from '../../testing/clinic.ts'
import { cookieOf, withPasskey } from '../../testing/colleague.ts'
import { openWorld, type World } from '../../testing/world.ts'

type Cookie = { cookie: string }

async function setUp() {
  const world = await openWorld()
  await openClinic(world)
  const mia = await withPasskey(world, 'Mia Sand', ['scheduler', 'practice_admin'])
  const ole = await withPasskey(world, 'Ole Dahl', ['practice_admin'])
  const draft = async (who: Cookie, on: string) => {
    const { status, body } = await world.ask(
      'POST',
      '/api/scheduling/rules',
      {
        kind: 'holidays',
        scope: { placeId: null, clinicianId: null, visitTypeId: null },
        standing: 'holds',
        settings: { days: [{ on, name: 'Day off' }] },
        fromDay: '2026-12-01',
        untilDay: null,
        why: 'As agreed',
      },
      who,
    )
    assert.equal(status, 200, JSON.stringify(body))
    return body['id'] as string
  }
  const step = (who: Record<string, string>, id: string, what: string, body: object) =>
    world.ask('POST', `/api/scheduling/rules/${id}/${what}`, body, who)
  return { world, mia, ole, draft, step }
}

/** The same person in another role, which is another session. */
async function inRole(world: World, { cookie }: Cookie, role: string): Promise<Cookie> {
  const switched = await world.ask('POST', '/api/people/session/role', { role }, { cookie })
  assert.equal(switched.status, 200, JSON.stringify(switched.body))
  return { cookie: cookieOf(switched) }
}

const approval = { version: 1, approve: true }

test('one person in two roles and two sessions approves nothing of their own, and a program nothing at all', async () => {
  const { world, mia, draft, step } = await setUp()
  await using _world = world
  const scheduler = await inRole(world, mia, 'scheduler')
  const id = await draft(scheduler, '2026-12-24')
  assert.equal((await step(scheduler, id, 'proposal', { version: 1 })).status, 200)
  const admin = await inRole(world, scheduler, 'practice_admin')
  assert.equal((await step(admin, id, 'decision', approval)).body['code'], 'own_proposal')
  const program = await world.client()
  assert.equal((await program.asks('POST', `/api/scheduling/rules/${id}/decision`, approval)).status, 403)
  const holds = await world.write((tx) =>
    tx.selectFrom('scheduling.ruleVersion').select('state').where('ruleId', '=', id).execute(),
  )
  assert.deepEqual(holds, [{ state: 'proposed' }])
})

test('an approval sent twice or at once by two counts once, and one of an older version approves nothing newer', async () => {
  const { world, mia, ole, draft, step } = await setUp()
  await using _world = world
  const scheduler = await inRole(world, mia, 'scheduler')
  const other = await withPasskey(world, 'Una Holm', ['practice_admin'])
  const id = await draft(scheduler, '2026-12-24')
  await step(scheduler, id, 'proposal', { version: 1 })
  const both = await Promise.all([ole, other].map(({ cookie }) => step({ cookie }, id, 'decision', approval)))
  assert.deepEqual(
    both.map(({ status }) => status).sort((one, other) => one - other),
    [200, 409],
  )
  assert.equal((await step({ cookie: ole.cookie }, id, 'decision', approval)).body['code'], 'rule_not_proposed')

  const change = {
    version: 1,
    standing: 'holds',
    settings: { days: [{ on: '2026-12-31', name: 'Another day' }] },
    fromDay: '2026-12-01',
    untilDay: null,
    why: 'What was never shown to the approver',
  }
  assert.equal((await step(scheduler, id, 'versions', change)).body['version'], 2)
  await step(scheduler, id, 'proposal', { version: 2 })
  assert.equal((await step({ cookie: ole.cookie }, id, 'decision', approval)).body['code'], 'rule_changed')
  const states = await world.write((tx) =>
    tx
      .selectFrom('scheduling.ruleVersion')
      .select(['version', 'state'])
      .where('ruleId', '=', id)
      .orderBy('version')
      .execute(),
  )
  assert.deepEqual(states, [
    { version: 1, state: 'approved' },
    { version: 2, state: 'proposed' },
  ])
})
