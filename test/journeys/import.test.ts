import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { feedCoverage } from '../../server/coverage/index.ts'
import { feedDirectory } from '../../server/directory/index.ts'
import { openWorld, type World } from '../../server/testing/world.ts'
import { importRecords, listSetAside, retrySetAside } from '../../server/record/index.ts'

const feeds = [feedDirectory, feedCoverage]

/** Writes files into a folder of their own and imports it. */
function input(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'attend-import-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return {
    put: (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content),
    into: (world: World) => importRecords(world, world.organizationId, [folder], { feeds }),
  }
}

const patient = (id: string, more: object = {}) => ({
  resourceType: 'Patient',
  id,
  name: [{ family: 'Byron', given: ['Ada'] }],
  birthDate: '1980-05-17',
  gender: 'female',
  telecom: [{ system: 'email', value: 'Ada@Example.org' }],
  communication: [{ language: { coding: [{ code: 'es-MX' }] } }],
  ...more,
})
const bundle = (...resources: { resourceType: string; id: string }[]) =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map((resource) => ({
      fullUrl: `urn:uuid:${resource.id}`,
      resource,
      request: { method: 'POST', url: resource.resourceType },
    })),
  })
const one = '11111111-1111-4111-8111-111111111111'
const encounter = (id: string, more: object = {}) => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: `urn:uuid:${one}` },
  period: { start: '2026-01-02T10:00:00-05:00' },
  ...more,
})

test('a bundle’s patient is a patient of ours, and what is about them is found by them', async (t) => {
  await using world = await openWorld()
  const files = input(t)
  files.put('ada.json.gz', gzipSync(bundle(patient(one), encounter('e1'))))
  const summary = await files.into(world)
  assert.deepEqual([summary.added, summary.setAside, summary.dangling], [2, 0, 0])
  const { id, language, bornOn } = await world.write((tx) =>
    tx.selectFrom('people.patient').selectAll().executeTakeFirstOrThrow(),
  )
  assert.deepEqual([language, bornOn?.toString()], ['es', '1980-05-17'])
  const row = await world.write((tx) =>
    tx.selectFrom('record.resource').selectAll().where('type', '=', 'Encounter').executeTakeFirstOrThrow(),
  )
  assert.equal(row.patientId, id)
  assert.deepEqual(row.resolved, { [`urn:uuid:${one}`]: `Patient/${one}` })
  assert.equal(row.happenedAt?.toString(), '2026-01-02T15:00:00Z')
})

test('the same input twice changes nothing, even when its files disagree about one resource', async (t) => {
  await using world = await openWorld()
  const files = input(t)
  files.put('a.json', bundle(patient(one)))
  files.put('b.json', bundle(patient(one, { active: true })))
  const state = () =>
    world.write((tx) => tx.selectFrom('record.resource').select(['type', 'fhirId', 'version', 'receivedAt']).execute())
  await files.into(world)
  const before = await state()
  const again = await files.into(world)
  assert.deepEqual([again.added, again.changed], [0, 0])
  assert.deepEqual(await state(), before)
  files.put('c.json', bundle(patient(one, { active: false })))
  assert.equal((await files.into(world)).changed, 1)
})

test('a resource is kept to the letter: 1.50 stays 1.50', async (t) => {
  await using world = await openWorld()
  const files = input(t)
  const text =
    '{"resourceType":"Observation","id":"o1","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.50,"unit":"mg"}}'
  files.put('o.ndjson', text)
  await files.into(world)
  const { rows } = await world.write(async (tx) =>
    (await import('kysely')).sql<{ text: string }>`select content::text as text from record.resource`.execute(tx),
  )
  assert.equal(rows[0]?.text, text)
})

test('references by identifier find their target, also when it comes later', async (t) => {
  await using world = await openWorld()
  const files = input(t)
  const npi = 'http://hl7.org/fhir/sid/us-npi'
  files.put(
    'a-first.ndjson',
    JSON.stringify(
      encounter('e1', {
        subject: { reference: `Patient/${one}` },
        participant: [{ individual: { reference: `Practitioner?identifier=${npi}|1234567893` } }],
      }),
    ),
  )
  assert.equal((await files.into(world)).dangling, 1)
  files.put(
    'z-later.ndjson',
    JSON.stringify({
      resourceType: 'Practitioner',
      id: 'p1',
      identifier: [{ system: npi, value: '1234567893' }],
      name: [{ family: 'Osei', given: ['Omar'] }],
    }),
  )
  assert.equal((await files.into(world)).dangling, 0)
  const row = await world.write((tx) =>
    tx.selectFrom('record.resource').select('resolved').where('type', '=', 'Encounter').executeTakeFirstOrThrow(),
  )
  assert.deepEqual(row.resolved, { [`Practitioner?identifier=${npi}|1234567893`]: 'Practitioner/p1' })
})

test('a broken resource is set aside with where and why, and loses nothing else', async (t) => {
  await using world = await openWorld()
  const files = input(t)
  files.put(
    'mixed.json',
    bundle(patient(one), patient('22222222-2222-4222-8222-222222222222', { birthDate: '1980-13-45' }), encounter('e1')),
  )
  files.put('cut.json', bundle(patient('33333333-3333-4333-8333-333333333333'), encounter('e2')).slice(0, -80))
  files.put('page.ndjson', '{"resourceType":"Encounter",\n' + JSON.stringify(encounter('e3')) + '\n')
  const summary = await files.into(world)
  assert.equal(summary.added, 4, JSON.stringify(summary.faults))
  const bad = summary.faults.find(({ file }) => file.endsWith('mixed.json'))
  assert.deepEqual([bad?.entry, bad?.path], [1, 'Patient.birthDate'])
  assert.ok(summary.faults.some(({ file }) => file.endsWith('cut.json')))
  assert.ok(summary.faults.some(({ file }) => file.endsWith('page.ndjson')))
  const aside = await world.write((tx) => tx.selectFrom('record.setAside').select('reason').execute())
  assert.equal(aside.length, summary.setAside)
})

test('a payer’s directory becomes clinicians at places, in dated networks', async (t) => {
  await using world = await openWorld()
  const files = input(t)
  const orgType = (code: string) => [
    { coding: [{ system: 'http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/OrgTypeCS', code }] },
  ]
  const planNet = 'http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/network-reference'
  const lines = [
    {
      resourceType: 'PractitionerRole',
      id: 'r1',
      meta: { lastUpdated: '2026-11-03T00:00:00Z' },
      practitioner: { reference: 'Practitioner/p1' },
      location: [{ reference: 'Location/l1' }],
      specialty: [{ coding: [{ system: 'http://nucc.org/provider-taxonomy', code: '207Q00000X' }] }],
      extension: [{ url: planNet, valueReference: { reference: 'Organization/n1' } }],
    },
    {
      resourceType: 'InsurancePlan',
      id: 'ip1',
      status: 'active',
      name: 'Gold',
      ownedBy: { reference: 'Organization/y1' },
      network: [{ reference: 'Organization/n1' }],
    },
    {
      resourceType: 'Organization',
      id: 'n1',
      type: orgType('ntwk'),
      name: 'Gold network',
      partOf: { reference: 'Organization/y1' },
    },
    { resourceType: 'Organization', id: 'y1', type: orgType('payer'), name: 'Bay Mutual' },
    {
      resourceType: 'Location',
      id: 'l1',
      status: 'active',
      name: 'Riverside',
      address: { line: ['1 River St'], city: 'Denver', state: 'CO', postalCode: '802021234' },
      position: { latitude: 39.75, longitude: -104.99 },
    },
    {
      resourceType: 'Practitioner',
      id: 'p1',
      identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' }],
      name: [{ family: 'Núñez', given: ['Lía'], suffix: ['MD'] }],
      gender: 'female',
      communication: [{ coding: [{ code: 'es' }] }],
    },
  ]
  for (const [i, line] of lines.entries()) files.put(`${i}.ndjson`, JSON.stringify(line))
  const first = await files.into(world)
  assert.equal(first.dangling, 0)
  const [clinician, role, fact, place] = await world.write(
    async (tx) =>
      [
        await tx.selectFrom('directory.practitioner').selectAll().executeTakeFirstOrThrow(),
        await tx.selectFrom('directory.practitionerRole').selectAll().executeTakeFirstOrThrow(),
        await tx.selectFrom('coverage.participation').selectAll().executeTakeFirstOrThrow(),
        await tx.selectFrom('directory.location').selectAll().executeTakeFirstOrThrow(),
      ] as const,
  )
  assert.deepEqual(
    [clinician.npi, clinician.npiValid, clinician.languages, clinician.searchName],
    ['1234567893', true, ['es'], 'lia nunez'],
  )
  assert.deepEqual(role.specialties, ['207Q00000X'])
  assert.deepEqual([fact.source, fact.knownOn.toString()], ['payer_directory', '2026-11-03'])
  assert.deepEqual([place.zone, place.postcode], ['America/Denver', '80202'])
})

test('what was set aside is tried again: settled when it can be taken in, or when it came since', async (t) => {
  await using world = await openWorld()
  const files = input(t)
  files.put('bad.json', bundle(patient('p1', { birthDate: 'yesterday' }), patient('p2', { gender: 7 }), patient('p3')))
  assert.deepEqual((await files.into(world)).setAside, 2)
  const again = () => retrySetAside(world, world.organizationId, feeds)
  assert.deepEqual(await again(), { settled: 0, waiting: 2 })

  files.put('bad.json', bundle(patient('p1')))
  world.at(world.now().add({ hours: 1 }))
  await files.into(world)
  assert.deepEqual(await again(), { settled: 1, waiting: 1 })

  // A later version of ours reads what this one could not.
  await world.write((tx) =>
    tx
      .updateTable('record.setAside')
      .set({ content: JSON.stringify(patient('p2')) })
      .where('settledAt', 'is', null)
      .execute(),
  )
  assert.deepEqual(await again(), { settled: 1, waiting: 0 })
  assert.deepEqual(await listSetAside(world, world.organizationId), [])
  const found = await world.write((tx) => tx.selectFrom('record.resource').select('fhirId').orderBy('fhirId').execute())
  assert.deepEqual(
    found.map(({ fhirId }) => fhirId),
    ['p1', 'p2', 'p3'],
  )
})
