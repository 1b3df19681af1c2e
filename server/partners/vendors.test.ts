import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '../testing/world.ts'
import { endsSoon, standingOf } from './standing.ts'

const now = Temporal.Instant.from('2026-12-01T14:00:00Z')
const paper = {
  service: 'video',
  name: 'Far Video',
  dataClasses: ['visit', 'clinical'],
  lastDay: '2027-11-30',
  signedBy: 'Ada Okafor',
  evidence: 'file 12',
}
interface Told {
  service: string
  vendor: Record<string, any> | null
  gate: { dataClass: string; carry: string }[]
  endsSoon: boolean
}

async function setUp() {
  const world = await openWorld({ now: now.toString() })
  const admin = await world.as('practice_admin')
  const list = async () => (await admin.asks('GET', '/api/partners/vendors')).body
  const told = async (service: string): Promise<Told> =>
    (await list())['services'].find((one: Told) => one.service === service)
  const carried = async (service: string) => (await told(service)).gate.map(({ carry }) => carry)
  return { world, admin, list, told, carried }
}

test('an agreement that an administrator enters opens the gate for what it names, and its end closes it', async () => {
  const { world, admin, list, told, carried } = await setUp()
  await using _world = world
  assert.deepEqual(await carried('video'), ['nothing', 'nothing', 'nothing', 'nothing'])
  const signed = await admin.asks('POST', '/api/partners/vendors', paper)
  assert.equal(signed.status, 200, JSON.stringify(signed.body))
  assert.deepEqual(await carried('video'), ['whole', 'nothing', 'whole', 'nothing'])
  const { vendor } = await told('video')
  const [agreement] = vendor?.['agreements']
  assert.deepEqual(
    [agreement.lastDay, agreement.firstDay, agreement.standing, agreement.signedBy],
    ['2027-11-30', '2026-12-01', 'in_force', 'Ada Okafor'],
  )
  assert.equal((await admin.asks('POST', `/api/partners/vendors/${vendor?.['id']}/end`, {})).status, 200)
  assert.deepEqual(await carried('video'), ['nothing', 'nothing', 'nothing', 'nothing'])
  assert.deepEqual(
    (await list())['past'].map(({ name }: { name: string }) => name),
    ['Far Video'],
  )
  assert.equal((await admin.asks('POST', `/api/partners/vendors/${vendor?.['id']}/end`, {})).status, 404)
  const trail = await world.write((tx) =>
    tx
      .selectFrom('platform.auditEvent')
      .select('fields')
      .where('resourceType', '=', 'Contract')
      .where('actorKind', '=', 'practice_admin')
      .where('action', '=', 'update')
      .orderBy('id')
      .execute(),
  )
  assert.deepEqual(
    trail.map(({ fields }) => fields.join(' ')),
    ['vendor video outside', 'agreement visit clinical', 'vendor ended'],
  )
})

test('the last day of an agreement is a whole day, and the next one is none', async () => {
  const { world, admin, carried } = await setUp()
  await using _world = world
  await admin.asks('POST', '/api/partners/vendors', { ...paper, lastDay: '2026-12-01' })
  world.at('2026-12-01T14:10:00Z')
  assert.equal((await carried('video'))[0], 'whole')
  for (const [at, carry] of [
    ['2026-12-01T23:59:59Z', 'whole'],
    ['2026-12-02T00:00:00Z', 'nothing'],
  ] as const) {
    world.at(at)
    const { body } = await (await world.as('auditor')).asks('GET', '/api/partners/vendors')
    assert.equal(body['services'].find((one: Told) => one.service === 'video').gate[0].carry, carry, at)
  }
})

test('mail without an agreement says only where to sign in, a relay of one’s own more', async () => {
  const { world, admin, told, carried } = await setUp()
  await using _world = world
  const own = await told('mail')
  assert.deepEqual(await carried('mail'), ['whole', 'whole', 'reduced', 'reduced'])
  await admin.asks('POST', `/api/partners/vendors/${own.vendor?.['id']}/end`, {})
  assert.deepEqual(await carried('mail'), ['reduced', 'reduced', 'reduced', 'reduced'])
  const said = await admin.asks('POST', '/api/partners/vendors/own', { service: 'mail', name: ' Our relay ' })
  assert.equal(said.status, 200)
  assert.equal((await told('mail')).vendor?.['name'], 'Our relay')
  assert.deepEqual(await carried('mail'), ['whole', 'whole', 'reduced', 'reduced'])
})

test('what cannot be is refused: another vendor of the same service, an end before the beginning, one long over', async () => {
  const { world, admin } = await setUp()
  await using _world = world
  for (const [change, status, code] of [
    [{ service: 'mail' }, 409, 'vendor_there'],
    [{ firstDay: '2028-01-01' }, 422, 'ends_before'],
    [{ lastDay: '2026-11-30' }, 422, 'agreement_over'],
    [{ dataClasses: [] }, 400, 'malformed'],
    [{ signedBy: '  ' }, 400, 'malformed'],
    [{ firstDay: '0000-01-01' }, 400, 'malformed'],
  ] as const) {
    const refused = await admin.asks('POST', '/api/partners/vendors', { ...paper, ...change })
    assert.deepEqual([refused.status, refused.body['code']], [status, code], JSON.stringify(change))
  }
})

test('the auditor reads the register and changes nothing; nobody else reads it', async () => {
  const { world } = await setUp()
  await using _world = world
  const auditor = await world.as('auditor')
  assert.equal((await auditor.asks('GET', '/api/partners/vendors')).status, 200)
  assert.equal((await auditor.asks('POST', '/api/partners/vendors', paper)).status, 403)
  assert.equal((await (await world.as('front_desk')).asks('GET', '/api/partners/vendors')).status, 403)
})

test('an agreement is marked sixty days before its end, and no more once a later one is signed', () => {
  const span = (from: number, until: number) => ({
    validFrom: now.add({ hours: from * 24 }),
    validUntil: now.add({ hours: until * 24 }),
    endedAt: null,
  })
  const standings = [span(-9, 61), span(-9, 60), span(-9, 0), span(1, 90), { ...span(-9, 90), endedAt: now }]
  assert.deepEqual(
    standings.map((one) => standingOf(one, now)),
    ['in_force', 'ends_soon', 'over', 'to_come', 'ended'],
  )
  assert.equal(endsSoon([span(-9, 60)], now), true)
  assert.equal(endsSoon([span(-9, 60), span(59, 400)], now), false)
  assert.equal(endsSoon([span(-9, 60), span(59, 60)], now), true)
  assert.equal(endsSoon([span(-9, -1)], now), false)
  assert.equal(endsSoon([], now), false)
})
