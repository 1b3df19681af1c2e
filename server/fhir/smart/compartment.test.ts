// SECURITY S-11: a patient's app at every type and operation of the FHIR door sees its own patient and nobody else.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../../testing/clinic.ts'
import { bearer, smartApp } from '../../testing/smart-app.ts'
import { type Asker, type Json, openWorld, sql, type World } from '../../testing/world.ts'
import { kinds } from '../resources/index.ts'

describe('a patient’s app', () => {
  let world: World
  let clinic: Clinic
  let ids: { ada: string; bea: string }
  let visits: { ada: string; bea: string }
  let app: ReturnType<typeof bearer>
  let patient: Asker
  before(async () => {
    world = await openWorld()
    clinic = await openClinic(world)
    ids = { ada: await addPatient(world, 'Ada'), bea: await addPatient(world, 'Bea', 'Canary', '1980-05-17') }
    const program = bearerOfProgram(await world.client())
    visits = { ada: await program.books(ids.ada), bea: await program.books(ids.bea) }
    await world.write((tx) =>
      tx
        .insertInto('people.patientIdentifier')
        .values([
          { organizationId: world.organizationId, patientId: ids.ada, system: 'urn:mrn', value: '1' },
          { organizationId: world.organizationId, patientId: ids.bea, system: 'urn:mrn', value: '2' },
        ])
        .execute(),
    )
    patient = await world.as('patient')
    const made = await smartApp(world, { scopes: ['launch/patient', 'patient/*.cruds'] })
    app = bearer(world, (await made.connect(patient, 'launch/patient patient/*.cruds'))['access_token'])
  })
  after(() => world[Symbol.asyncDispose]())

  function bearerOfProgram(program: Asker) {
    return {
      async books(patientId: string): Promise<string> {
        const found = await program.asks(
          'GET',
          `/fhir/R4/Appointment/$find?start=2026-12-03T00:00:00Z&end=2026-12-05T00:00:00Z`,
        )
        const proposal = found.body['entry'].find((one: Json) => one.resource.resourceType === 'Appointment').resource
        const { status, body } = await program.asks('POST', '/fhir/R4/Appointment/$book', {
          resourceType: 'Parameters',
          parameter: [
            { name: 'appointment-reference', valueReference: { reference: `Appointment/${proposal.id}` } },
            { name: 'patient-resource', resource: { resourceType: 'Patient', id: patientId } },
            { name: 'comment', valueString: `canary reason of ${patientId}` },
          ],
        })
        assert.equal(status, 200, JSON.stringify(body))
        return body['entry'][0].resource.id
      },
    }
  }

  /** Nothing that names or belongs to Bea is in what was sent. */
  const cleanOf = (body: object, what: string) => {
    // The link to the search itself says what was asked.
    const text = JSON.stringify({ ...body, link: undefined })
    for (const canary of [ids.bea, visits.bea, 'Canary', 'Bea', 'bea@example.org'])
      assert.ok(!text.includes(canary), `${what} shows ${canary}`)
  }

  const needed: Record<string, string> = { Patient: 'birthdate=1980-05-17', Appointment: 'date=ge2026-01-01' }

  test('reads its own patient and visits', async () => {
    assert.equal((await app.get(`Patient/${ids.ada}`)).body['id'], ids.ada)
    assert.equal((await app.get(`Appointment/${visits.ada}`)).body['id'], visits.ada)
    const { body } = await app.get('Appointment?date=ge2026-01-01&_include=Appointment:patient')
    assert.deepEqual(
      body['entry'].map((one: Json) => one.resource.id),
      [visits.ada, ids.ada],
    )
    assert.equal(body['total'], 1)
  })

  test('finds nobody else by any type, parameter or included resource', async () => {
    const values = [
      ids.bea,
      visits.bea,
      `Patient/${ids.bea}`,
      'Canary',
      'urn:mrn|2',
      '1980-05-17',
      'ge2026-01-01',
      'booked',
      'active',
    ]
    let looked = 0
    for (const kind of kinds) {
      for (const { name } of kind.parameters)
        for (const value of values) {
          const queries = [`${name}=${value}`, `${name}=${value}&${needed[kind.type] ?? '_count=5'}`]
          for (const query of queries) {
            const encoded = query.replaceAll('|', '%7C')
            const { status, body } = await app.get(`${kind.type}?${encoded}`)
            assert.ok(status === 200 || status === 400, `${kind.type}?${query}: ${status} ${JSON.stringify(body)}`)
            cleanOf(body, `${kind.type}?${query}`)
            looked++
          }
        }
      for (const include of kind.includes ?? []) {
        const { status, body } = await app.get(`${kind.type}?${needed[kind.type] ?? '_count=5'}&_include=${include}`)
        assert.ok(status === 200 || status === 400, `${kind.type} ${include}: ${status}`)
        cleanOf(body, `${kind.type} with ${include}`)
      }
      const posted = await app.post(`${kind.type}/_search`, { [kind.parameters[0]?.name ?? '_id']: ids.bea })
      cleanOf(posted.body, `${kind.type}/_search`)
    }
    assert.ok(looked > 300, `${looked}`)
  })

  test('reads nobody else’s by id, and is told the same as for what is missing', async () => {
    for (const { type } of kinds)
      for (const id of [ids.bea, visits.bea]) {
        const theirs = await app.get(`${type}/${id}`)
        const nobodys = await app.get(`${type}/${crypto.randomUUID()}`)
        assert.equal(theirs.status, 404, `${type}/${id}`)
        const without = (body: Json) => ({
          ...body,
          issue: body.issue.map((one: object) => ({ ...one, diagnostics: '' })),
        })
        assert.deepEqual(without(theirs.body), without(nobodys.body), type)
      }
  })

  test('is told 404 for a type that is not here', async () => {
    for (const path of [
      'Observation',
      `Observation/${ids.ada}`,
      'CareTeam?patient=1',
      'Group',
      '$export',
      `Patient/${ids.ada}/$everything`,
      'AuditEvent',
    ])
      assert.equal((await app.get(path)).status, 404, path)
  })

  test('finds open starts, and neither keeps nor books, moves or cancels one', async () => {
    const found = await app.get('Appointment/$find?start=2026-12-03T00:00:00Z&end=2026-12-05T00:00:00Z')
    assert.equal(found.status, 200, JSON.stringify(found.body))
    cleanOf(found.body, '$find')
    const proposal = found.body['entry'][0].resource
    const reference = { name: 'appointment-reference', valueReference: { reference: `Appointment/${proposal.id}` } }
    const mine = { name: 'patient-resource', resource: { resourceType: 'Patient', id: ids.ada } }
    const theirs = { name: 'patient-resource', resource: { resourceType: 'Patient', id: ids.bea } }
    const cancelled = {
      name: 'appointment-resource',
      resource: { resourceType: 'Appointment', id: visits.bea, status: 'cancelled' },
    }
    for (const [operation, parameter] of [
      ['$hold', [reference]],
      ['$book', [reference, mine]],
      ['$book', [reference, theirs]],
      ['$book', [cancelled]],
    ] as const) {
      const { status } = await app.post(`Appointment/${operation}`, { resourceType: 'Parameters', parameter })
      assert.equal(status, 403, operation)
    }
    const { rows } = await world.write((tx) =>
      sql<{ n: number }>`select count(*)::int as n from scheduling.appointment where status = 'booked'`.execute(tx),
    )
    assert.equal(rows[0]?.n, 2)
  })

  test('has its reads in the trail, as the app', async () => {
    await app.get(`Patient/${ids.ada}`)
    const { rows } = await world.write((tx) =>
      sql<{ who: string; purpose: string }>`select actor_id as who, purpose from platform.audit_event
        where resource_type = 'Patient' and action = 'read' and patient_id = ${ids.ada} order by at desc limit 1`.execute(
        tx,
      ),
    )
    assert.match(rows[0]?.who ?? '', /^app:/)
    assert.equal(rows[0]?.purpose, 'PATIENT-REQUEST')
    const tomorrow = Temporal.Now.plainDateISO('America/New_York').add({ days: 1 })
    const told = await patient.asks('GET', `/api/privacy/my-access-report?before=${tomorrow.toString()}`)
    const names = told.body['deeds'].map(({ who }: { who: { name: string | null } }) => who.name)
    assert.ok(names.includes('Glucose Diary'), 'the patient reads which app it was')
  })

  test('with scopes for one type gets nothing of another, not even included', async () => {
    const made = await smartApp(world, { scopes: ['launch/patient', 'patient/*.rs'] })
    for (const kind of kinds) {
      const told = await made.connect(patient, `launch/patient patient/${kind.type}.rs`)
      const narrow = bearer(world, told['access_token'])
      for (const other of kinds) {
        const { status } = await narrow.get(`${other.type}?${needed[other.type] ?? '_count=1'}`)
        const expected = other.type === kind.type ? [200, 400] : [403]
        assert.ok(expected.includes(status), `${kind.type} scope at ${other.type}: ${status}`)
        const read = await narrow.get(`${other.type}/${crypto.randomUUID()}`)
        assert.equal(read.status, other.type === kind.type ? 404 : 403)
      }
    }
    const told = await made.connect(patient, 'launch/patient patient/Appointment.rs')
    const { body } = await bearer(world, told['access_token']).get('Appointment?date=ge2026-01-01&_include=*')
    assert.deepEqual(
      body['entry'].map((one: Json) => one.resource.resourceType),
      ['Appointment'],
    )
    const letters = await made.connect(patient, 'launch/patient patient/Patient.r')
    assert.equal((await bearer(world, letters['access_token']).get('Patient?birthdate=1980-05-17')).status, 403)
  })

  test('of a colleague who does not book does not book either', async () => {
    const made = await smartApp(world, { scopes: ['user/*.cruds'] })
    for (const [role, may] of [
      ['nurse', false],
      ['front_desk', true],
    ] as const) {
      const told = await made.connect(await world.as(role), 'user/*.cruds')
      const { status } = await bearer(world, told['access_token']).post('Appointment/$book', {
        resourceType: 'Parameters',
      })
      assert.equal(status, may ? 400 : 403, role)
    }
    assert.ok(clinic.nguyen.id)
  })
})
