// Reads and searches of the FHIR door, over HTTP on a real database.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../testing/clinic.ts'
import { openWorld, type Asker, type World } from '../testing/world.ts'

describe('the FHIR door', () => {
  let world: World
  let clinic: Clinic
  let program: Asker
  before(async () => {
    world = await openWorld()
    clinic = await openClinic(world)
    program = await world.client()
  })
  after(() => world[Symbol.asyncDispose]())
  const get = async (path: string) => program.asks('GET', `/fhir/R4/${path}`)
  const found = async (path: string) => {
    const { status, body } = await get(path)
    assert.equal(status, 200, JSON.stringify(body))
    return body['entry'] === undefined
      ? []
      : (body['entry'] as { resource: Record<string, any> }[]).map((one) => one.resource)
  }

  test('tells everybody what it can, and each thing that it says is there', async () => {
    const { status, headers, body } = await world.ask('GET', '/fhir/R4/metadata')
    assert.equal(status, 200)
    assert.match(String(headers['content-type']), /^application\/fhir\+json/)
    assert.equal(body['fhirVersion'], '4.0.1')
    assert.deepEqual(
      body['rest'][0].resource[0].operation.map(({ name }: { name: string }) => name),
      ['find', 'hold', 'book'],
    )
    const searched = { Slot: `schedule=${clinic.nguyen.office}&start=2026-12-03`, Patient: 'birthdate=1980-05-17' }
    for (const { type } of body['rest'][0].resource) {
      const query = searched[type as 'Slot'] ?? '_count=1'
      const bundle = await get(`${type}?${query}`)
      assert.equal(bundle.status, 200, `${type}: ${JSON.stringify(bundle.body)}`)
      const id = bundle.body['entry']?.[0].resource.id
      if (id && type !== 'Appointment') assert.equal((await get(`${type}/${id}`)).body['resourceType'], type)
    }
  })

  test('opens what is not the directory to programs only; a wrong token gets an OperationOutcome that says so', async () => {
    for (const headers of [{}, { authorization: 'Bearer attend_wrong' }, (await world.frontDesk()).headers]) {
      const { status, body } = await world.ask('GET', '/fhir/R4/Appointment', undefined, headers)
      assert.ok(status === 401 || status === 403, `${status}`)
      assert.equal(body['resourceType'], 'OperationOutcome')
      assert.match(body['issue'][0].code, /^(login|forbidden)$/)
    }
  })

  test('refuses a parameter that it does not know, rather than to ignore it', async () => {
    for (const path of [
      'Practitioner?nmae=Nguyen',
      'Slot?schedule=x&foo=1',
      'Appointment?patient=x&_sort=date',
      'Location?_include=Location:organization',
    ]) {
      const { status, body } = await get(path)
      assert.equal(status, 400, path)
      assert.equal(body['issue'][0].code, 'not-supported', path)
    }
  })

  test('answers nonsense with an OperationOutcome, never with what was sent', async () => {
    const nonsense = [
      'Appointment?date=2026-13-40',
      'Appointment?date=xx2026',
      'Appointment?status=<script>',
      'Patient?birthdate=1980',
      'Patient?family=Byron',
      'Slot?status=free',
      'Practitioner?_count=many',
      'Practitioner?_page=abc',
      `Practitioner?name=${'x'.repeat(2001)}`,
      'Practitioner?name=',
    ]
    for (const path of nonsense) {
      const { status, body } = await get(path)
      assert.equal(status, 400, path)
      assert.equal(body['resourceType'], 'OperationOutcome', path)
      assert.doesNotMatch(JSON.stringify(body), /script|xxxx/)
    }
  })

  test('hides what is missing and what is malformed alike, for every type', async () => {
    for (const type of [
      'Appointment',
      'Slot',
      'Schedule',
      'Practitioner',
      'PractitionerRole',
      'Location',
      'Organization',
      'Patient',
    ])
      for (const id of ['00000000-0000-7000-8000-000000000000', 'nobody', '1.2.3', 'a%27;drop']) {
        const { status, body } = await get(`${type}/${id}`)
        assert.equal(status, 404, `${type}/${id}`)
        assert.equal(body['issue'][0].code, 'not-found')
      }
    assert.equal((await get('Medication/1')).body['resourceType'], 'OperationOutcome')
  })

  test('speaks JSON and says so to whoever wants XML', async () => {
    assert.equal(
      (await program.asks('GET', '/fhir/R4/Location', undefined, { accept: 'application/fhir+xml' })).status,
      406,
    )
    assert.equal((await get('Location?_format=xml')).status, 406)
    assert.equal((await get('Location?_format=application/fhir+json')).status, 200)
  })

  test('finds clinicians by name and NPI, places by town, roles by specialty with who and where', async () => {
    const [nguyen] = await found('Practitioner?name=ngu')
    assert.equal(nguyen?.['id'], clinic.nguyen.id)
    assert.deepEqual(nguyen?.['name'][0], {
      use: 'official',
      text: 'Dr. Lan Nguyen',
      family: 'Nguyen',
      given: ['Lan'],
      prefix: ['Dr.'],
    })
    assert.deepEqual(
      (await found('Location?address-city=denv')).map(({ name }) => name),
      ['Mile High'],
    )
    assert.deepEqual((await found('Location?address=80202,02110')).length, 2)
    const roles = await found(
      'PractitionerRole?specialty=http://nucc.org/provider-taxonomy|207Q00000X&_include=PractitionerRole:practitioner&_include=PractitionerRole:location',
    )
    assert.deepEqual(
      roles.map((one) => one['resourceType']).toSorted((a: string, b: string) => a.localeCompare(b)),
      ['Location', 'Practitioner', 'PractitionerRole'],
    )
    const own = await found('Organization?name=River')
    assert.equal(own[0]?.['id'], world.organizationId)
  })

  test('pages through everything once, by links that say nothing', async () => {
    const seen: string[] = []
    let path: string | undefined = 'Practitioner?_count=2'
    for (let pages = 0; path !== undefined && pages < 5; pages++) {
      const { body } = await get(path)
      assert.equal(body['total'], 3)
      seen.push(...body['entry'].map(({ resource }: { resource: { id: string } }) => resource.id))
      const next: { url: string } | undefined = body['link'].find(
        ({ relation }: { relation: string }) => relation === 'next',
      )
      path = next?.url.split('/fhir/R4/')[1]
    }
    assert.deepEqual(seen.toSorted(), [clinic.nguyen.id, clinic.osei.id, clinic.rivera.id].toSorted())
  })

  test('finds a patient by birth date and name, writes it in the trail, and keeps the name out of the next address', async () => {
    for (const given of ['Ada', 'Ben', 'Carla']) await addPatient(world, given, 'Lovelace', '1975-12-10')
    const { status, body } = await get('Patient?birthdate=1975-12-10&family=love&_count=2')
    assert.equal(status, 200)
    assert.equal(body['total'], 3)
    const next = body['link'].find(({ relation }: { relation: string }) => relation === 'next').url
    assert.doesNotMatch(next, /1975|love/i)
    const second = await get(next.split('/fhir/R4/')[1])
    assert.equal(second.body['entry'].length, 1)
    const shown = body['entry'][0].resource
    const trail = await world.write((tx) =>
      tx
        .selectFrom('platform.auditEvent')
        .where('patientId', '=', shown.id)
        .where('action', '=', 'read')
        .selectAll()
        .execute(),
    )
    assert.equal(trail.length, 1)
    assert.deepEqual(shown.telecom, [{ system: 'email', value: 'ada@example.org' }])
  })

  test('a search by POST works as by GET', async () => {
    const reply = await world.app.inject({
      method: 'POST',
      url: '/fhir/R4/Practitioner/_search',
      headers: { ...program.headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'name=osei&name=omar',
    })
    assert.equal(reply.statusCode, 200)
    assert.equal(reply.json().entry[0].resource.id, clinic.osei.id)
  })

  test('slots are free while they can be booked, and tell nothing of who took them', async () => {
    const day = `schedule=Schedule/${clinic.nguyen.office}&start=ge2026-12-03T14:00:00Z&start=lt2026-12-03T17:00:00Z`
    assert.equal((await found(`Slot?${day}&status=free`)).length, 6)
    const patientId = await addPatient(world, 'Dora', 'Quill', '1999-09-09')
    await program.asks('POST', '/api/scheduling/appointments', {
      offeringId: clinic.nguyen.office,
      startsAt: '2026-12-03T14:30:00Z',
      patientId,
      language: 'en',
    })
    assert.equal((await found(`Slot?${day}&status=free`)).length, 5)
    const [busy, ...more] = await found(`Slot?${day}&status=busy`)
    assert.equal(more.length, 0)
    assert.equal(busy?.['start'], '2026-12-03T14:30:00Z')
    assert.doesNotMatch(JSON.stringify(busy), /Dora|Quill|Patient/)
  })

  test('appointments are found by patient, clinician, day and state, with who takes part', async () => {
    const patientId = await addPatient(world, 'Emil', 'Novak', '1954-11-30')
    const booked = await program.asks('POST', '/api/scheduling/appointments', {
      offeringId: clinic.osei.office,
      startsAt: '2026-12-04T15:00:00Z',
      patientId,
      language: 'en',
    })
    const id = booked.body['appointment'].id
    const searches = [
      `patient=Patient/${patientId}`,
      `patient=${patientId}&date=2026-12-04&status=booked`,
      `practitioner=${clinic.osei.id}&date=ge2026-12-04&location=Location/${clinic.places.boston}`,
      `_id=${id}&specialty=http://nucc.org/provider-taxonomy|207RC0000X`,
    ]
    for (const search of searches)
      assert.deepEqual(
        (await found(`Appointment?${search}`)).map((one) => one['id']),
        [id],
        search,
      )
    assert.deepEqual(await found(`Appointment?patient=${patientId}&date=2026-12-05`), [])
    assert.deepEqual(await found(`Appointment?patient=${patientId}&status=cancelled`), [])
    const all = await found(`Appointment?patient=${patientId}&_include=Appointment:actor`)
    assert.deepEqual(
      all.map((one) => one['resourceType']).toSorted((a: string, b: string) => a.localeCompare(b)),
      ['Appointment', 'Location', 'Patient', 'Practitioner'],
    )
    const one = await get(`Appointment/${id}`)
    assert.equal(one.headers['etag'], 'W/"1"')
    assert.equal(one.body['status'], 'booked')
    assert.equal(one.body['participant'][2].actor.display, 'Emil Novak')
    const nothing = await get('Appointment')
    assert.equal(nothing.body['total'], 0)
    assert.equal(nothing.body['entry'][0].resource.resourceType, 'OperationOutcome')
  })

  test('a program of another health system finds none of it', async () => {
    const other = await world.write((tx) => tx.selectFrom('people.organization').select('id').execute())
    assert.equal(other.length, 1)
    const { foundOrganization, createApiClient } = await import('../people/index.ts')
    const organizationId = await foundOrganization(world.db, {
      slug: 'hill',
      name: 'Hill Clinic',
      phone: '+16175550199',
      email: null,
      zone: 'America/New_York',
      hostNames: [],
      cancelCutoffMinutes: 1440,
      demo: false,
    })
    const { token } = await createApiClient(world, organizationId, 'Theirs')
    const headers = { authorization: `Bearer ${token}` }
    const patientId = await addPatient(world, 'Flor', 'Reyes', '1972-07-21')
    for (const path of [
      `Practitioner/${clinic.nguyen.id}`,
      `Patient/${patientId}`,
      `Schedule/${clinic.nguyen.office}`,
      `Location/${clinic.places.boston}`,
      `Organization/${world.organizationId}`,
    ])
      assert.equal((await world.ask('GET', `/fhir/R4/${path}`, undefined, headers)).status, 404, path)
    for (const path of [
      'Practitioner',
      'Location',
      'Schedule',
      'PractitionerRole',
      `Slot?schedule=${clinic.nguyen.office}`,
      'Patient?birthdate=1972-07-21',
      'Appointment?date=ge2026',
    ])
      assert.equal((await world.ask('GET', `/fhir/R4/${path}`, undefined, headers)).body['total'] ?? 0, 0, path)
  })
})
