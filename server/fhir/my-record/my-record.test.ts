// The right of access, over HTTP: complete, to the letter, and nobody else's.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { feedCoverage } from '../../coverage/index.ts'
import { feedDirectory } from '../../directory/index.ts'
import { importRecords } from '../../record/index.ts'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { withCode } from '../../testing/colleague.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { lineOf } from './lines.ts'

const records = join(import.meta.dirname, '../../../demo/records')

async function signIn(world: World, email: string, patientId: string) {
  const { cookie } = await withCode(world, email)
  await world.write(async (tx) => {
    const person = await tx
      .selectFrom('people.person')
      .select('id')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('people.patientAccount')
      .values({ organizationId: world.organizationId, personId: person.id, patientId, basis: 'proof' })
      .execute()
  })
  const get = (name: string) =>
    world.app.inject({ method: 'GET', url: `/api/fhir/my-record/${name}`, headers: { cookie } })
  return { get }
}

test('the record holds every resource about the patient, to the letter, and none of anybody else', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const files = readdirSync(records).filter(
    (name) =>
      name.startsWith('Alejandro') ||
      name.startsWith('Clemente') ||
      name.startsWith('hospital') ||
      name.startsWith('practitioner'),
  )
  await importRecords(
    world,
    world.organizationId,
    files.map((name) => join(records, name)),
    { feeds: [feedDirectory, feedCoverage] },
  )
  const people = await world.write((tx) => tx.selectFrom('people.patient').select(['id', 'givenName']).execute())
  const mine = people.find(({ givenName }) => givenName.startsWith('Alejandro'))?.id ?? assert.fail()
  const other = people.find(({ givenName }) => givenName.startsWith('Clemente'))?.id ?? assert.fail()
  const booked = await (
    await world.client()
  ).asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: '2026-12-03T14:00:00Z',
    patientId: mine,
    language: 'en',
  })
  const me = await signIn(world, 'alejandro@example.org', mine)
  const reply = await me.get('record.json')
  assert.equal(reply.statusCode, 200, world.logLines.filter((line) => line.includes('"err"')).join())
  const bundle = JSON.parse(reply.body) as { entry: { resource: { resourceType: string; id: string } }[] }
  const has = new Set(bundle.entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`))
  const kept = await world.write((tx) =>
    tx.selectFrom('record.resource').select(['type', 'fhirId', 'patientId']).execute(),
  )
  for (const { type, fhirId, patientId } of kept)
    assert.equal(has.has(`${type}/${fhirId}`), patientId === mine, `${type}/${fhirId}`)
  assert.ok(has.has(`Appointment/${booked.body['appointment'].id}`))
  assert.ok(!reply.body.includes(other) && !reply.body.includes('Clemente'))
  const trail = await world.write((tx) =>
    tx
      .selectFrom('platform.auditEvent')
      .where('resourceType', '=', 'Bundle')
      .where('patientId', '=', mine)
      .select('purpose')
      .execute(),
  )
  assert.deepEqual(
    trail.map(({ purpose }) => purpose),
    ['PATIENT-REQUEST'],
  )

  const pdf = await me.get('record.pdf?language=es')
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  assert.match(pdf.rawPayload.subarray(0, 8).toString(), /^%PDF-1\.7/)
  assert.ok(pdf.rawPayload.includes('/MarkInfo'), 'it is tagged for screen readers')
})

test('nobody else gets a record: no account, no record, a colleague, another patient', async () => {
  await using world = await openWorld()
  await openClinic(world)
  const ada = await addPatient(world, 'Ada')
  const ben = await addPatient(world, 'Ben')
  const asBen = await signIn(world, 'ben@example.org', ben)
  assert.ok(!(await asBen.get('record.json')).body.includes(ada))
  assert.equal((await world.ask('GET', '/api/fhir/my-record/record.json')).status, 401)
  assert.equal((await (await world.frontDesk()).asks('GET', '/api/fhir/my-record/record.json')).status, 403)
})

test('a resource is told in one line, as a person says it', () => {
  const lines: [object, object | undefined][] = [
    [
      {
        resourceType: 'Condition',
        code: { text: 'Asthma' },
        onsetDateTime: '2019-04-01T10:00:00Z',
        clinicalStatus: { coding: [{ code: 'resolved' }] },
      },
      { day: '2019-04-01', words: 'Asthma, resolved' },
    ],
    [
      {
        resourceType: 'Observation',
        code: { coding: [{ display: 'Body weight' }] },
        valueQuantity: { value: 70.1234, unit: 'kg' },
        effectiveDateTime: '2020-01-02',
      },
      { day: '2020-01-02', words: 'Body weight, 70.12 kg' },
    ],
    [
      {
        resourceType: 'Observation',
        code: { text: 'Blood pressure' },
        component: [
          { code: { text: 'Systolic' }, valueQuantity: { value: 120, unit: 'mmHg' } },
          { code: { text: 'Diastolic' }, valueQuantity: { value: 80, unit: 'mmHg' } },
        ],
      },
      { words: 'Blood pressure, Systolic 120 mmHg; Diastolic 80 mmHg' },
    ],
    [{ resourceType: 'Basic' }, undefined],
  ]
  for (const [resource, line] of lines) assert.deepEqual(lineOf(resource as Parameters<typeof lineOf>[0]), line)
})
