// IHE ITI Scheduling over HTTP: find, hold, book, move, cancel.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../testing/clinic.ts'
import { openWorld, type Asker, type World } from '../testing/world.ts'

type Json = Record<string, any>

describe('IHE scheduling', () => {
  let world: World
  let clinic: Clinic
  let program: Asker
  before(async () => {
    world = await openWorld()
    clinic = await openClinic(world)
    program = await world.client()
  })
  after(() => world[Symbol.asyncDispose]())

  const operation = async (name: string, parameter: Json[], headers: Record<string, string> = {}) =>
    program.asks('POST', `/fhir/R4/Appointment/$${name}`, { resourceType: 'Parameters', parameter }, headers)
  const refers = (id: string) => ({ name: 'appointment-reference', valueReference: { reference: `Appointment/${id}` } })
  const period = (start: string, end: string) => [
    { name: 'start', valueDateTime: start },
    { name: 'end', valueDateTime: end },
  ]
  const resources = (body: Json) => ((body['entry'] ?? []) as { resource: Json }[]).map(({ resource }) => resource)
  const firstOf = (body: Json) => resources(body)[0] ?? assert.fail(JSON.stringify(body))
  const slot = (minuteOfDay: string, offering = clinic.nguyen.office) =>
    `${offering}.${Temporal.Instant.from(minuteOfDay).epochMilliseconds / 60_000}`
  const patient = (given: string, more: Json = {}) => ({
    name: 'patient-resource',
    resource: {
      resourceType: 'Patient',
      name: [{ family: 'Marsh', given: [given] }],
      birthDate: '1969-06-06',
      telecom: [{ system: 'phone', value: '(617) 555-0142' }],
      ...more,
    },
  })

  test('proposes what is open in the period, soonest first, with a total, and pages', async () => {
    const asked = [
      ...period('2026-12-03T14:00:00Z', '2026-12-03T17:00:00Z'),
      { name: 'practitioner', valueReference: { reference: `Practitioner/${clinic.nguyen.id}` } },
      { name: 'visit-type', valueString: 'office-visit' },
    ]
    const { status, body } = await operation('find', [...asked, { name: '_count', valueString: '4' }])
    assert.equal(status, 200, JSON.stringify(body))
    assert.equal(body['total'], 6)
    assert.equal(
      body['meta'].profile[0],
      'https://profiles.ihe.net/ITI/Scheduling/StructureDefinition/ihe-sched-avail-bundle',
    )
    assert.deepEqual(
      resources(body).map(({ start }) => start),
      ['2026-12-03T14:00:00Z', '2026-12-03T14:30:00Z', '2026-12-03T15:00:00Z', '2026-12-03T15:30:00Z'],
    )
    for (const one of resources(body)) {
      assert.equal(one['status'], 'proposed')
      assert.equal(one['requestedPeriod'].length, 1)
      assert.ok(one['participant'].every(({ status }: Json) => status === 'needs-action'))
    }
    const next = body['link'].find(({ relation }: Json) => relation === 'next').url.split('/fhir/R4/')[1]
    const rest = await program.asks('GET', `/fhir/R4/${next}`)
    assert.deepEqual(
      resources(rest.body).map(({ start }) => start),
      ['2026-12-03T16:00:00Z', '2026-12-03T16:30:00Z'],
    )
  })

  test('finds by specialty, place and NPI by GET too; another organization has nothing here', async () => {
    const search = async (query: string) =>
      (await program.asks('GET', `/fhir/R4/Appointment/$find?start=2026-12-03&end=2026-12-04&${query}`)).body
    assert.ok((await search('specialty=http://nucc.org/provider-taxonomy|207RC0000X'))['total'] > 0)
    assert.equal((await search('specialty=http://snomed.info/sct|394579002'))['total'], 0)
    assert.ok(
      resources(await search('location-string=denver')).every(
        ({ participant }) => participant[1].actor.display === 'Mile High',
      ),
    )
    assert.equal((await search('organization=Organization/00000000-0000-7000-8000-000000000000'))['total'], 0)
    assert.ok((await search(`organization=Organization/${world.organizationId}`))['total'] > 0)
    const { body } = await operation('find', [
      ...period('2026-12-03', '2026-12-03'),
      {
        name: 'practitioner',
        valueReference: { identifier: { system: 'urn:oid:2.16.840.1.113883.4.6', value: '1234567893' } },
      },
    ])
    assert.equal(body['total'], 0)
  })

  test('offers a child only who sees children, and says which wishes it did not use', async () => {
    const child = { name: 'patient-resource', resource: { resourceType: 'Patient', birthDate: '1950-01-01' } }
    const { body } = await operation('find', [
      ...period('2026-12-03', '2026-12-03'),
      child,
      { name: 'reason', valueString: 'x|y' },
    ])
    const found = resources(body)
    assert.ok(found.every(({ participant }) => participant?.[0].actor.reference !== `Practitioner/${clinic.rivera.id}`))
    const remarks = found.find(({ resourceType }) => resourceType === 'OperationOutcome')
    assert.match(remarks?.['issue'][0].details.text, /^reason was not used/)
  })

  test('refuses what it cannot read, by name, and a Parameters that is none', async () => {
    const wrong: [Json[], string][] = [
      [[{ name: 'colour', valueString: 'blue' }], 'not-supported'],
      [[{ name: 'start', valueDateTime: 'soon' }], 'value'],
      [[...period('2026-12-04', '2026-12-03')], 'value'],
      [[{ name: 'practitioner', valueString: 'Nguyen' }], 'value'],
      [[{ name: 'start', valueDateTime: '2026-12-03', valueString: 'x' }], 'structure'],
    ]
    for (const [parameter, code] of wrong) {
      const { status, body } = await operation('find', parameter)
      assert.equal(status, 400, JSON.stringify(parameter))
      assert.equal(body['issue'][0].code, code, JSON.stringify(body))
    }
    assert.equal((await program.asks('POST', '/fhir/R4/Appointment/$find', { resourceType: 'Patient' })).status, 400)
  })

  test('holds for five minutes, hides it from everybody else, and books it for somebody new', async () => {
    const id = slot('2026-12-07T14:00:00Z')
    const held = await operation('hold', [refers(id)])
    assert.equal(held.status, 200, JSON.stringify(held.body))
    const pending = firstOf(held.body)
    assert.equal(pending['status'], 'pending')
    const found = await operation('find', [
      ...period('2026-12-07T14:00:00Z', '2026-12-07T14:30:00Z'),
      { name: 'practitioner', valueReference: { reference: `Practitioner/${clinic.nguyen.id}` } },
    ])
    assert.ok(resources(found.body).every(({ start }) => start !== '2026-12-07T14:00:00Z'))
    const other = await world.client('Another')
    assert.equal(
      (await other.asks('GET', `/fhir/R4/Appointment/${pending['id']}`)).status,
      404,
      'a hold is its maker’s',
    )
    assert.equal((await program.asks('GET', `/fhir/R4/Appointment/${pending['id']}`)).body['status'], 'pending')

    const booked = await operation('book', [
      refers(pending['id']),
      patient('Hugo'),
      { name: 'comment', valueString: 'Knee pain' },
    ])
    assert.equal(booked.status, 200, JSON.stringify(booked.body))
    const appointment = firstOf(booked.body)
    assert.equal(appointment['status'], 'booked')
    assert.equal(appointment['meta'].versionId, '1')
    assert.equal(appointment['reasonCode'][0].text, 'Knee pain')
    assert.equal(appointment['participant'][2].actor.display, 'Hugo Marsh')
    await world.settle()
    const { body } = await world.ask('GET', '/api/conversations/dev/mailbox')
    assert.ok(
      body['messages'].some(({ recipient }: Json) => recipient === '+16175550142'),
      'a text is sent',
    )
    assert.equal((await program.asks('GET', `/fhir/R4/Appointment/${pending['id']}`)).status, 404, 'the hold is gone')
  })

  test('who comes second is told what is open instead, with a fatal not-found; the same key books once', async () => {
    const id = slot('2026-12-07T15:00:00Z')
    const adaId = await addPatient(world, 'Ada')
    const known = { name: 'patient-resource', resource: { resourceType: 'Patient', id: adaId } }
    const key = { 'idempotency-key': 'the-same-key-1' }
    const first = await operation('book', [refers(id), known], key)
    assert.equal(first.status, 200, JSON.stringify(first.body))
    const again = await operation('book', [refers(id), known], key)
    assert.equal(firstOf(again.body)['id'], firstOf(first.body)['id'])
    for (const [name, parameters] of [
      ['hold', [refers(id)]],
      ['book', [refers(id), patient('Late')]],
    ] as const) {
      const { status, body } = await operation(name, [...parameters])
      assert.equal(status, 409)
      const told = name === 'book' ? firstOf(body) : body
      assert.equal(told['resourceType'], 'OperationOutcome')
      assert.ok(told['issue'].some(({ severity, code }: Json) => severity === 'fatal' && code === 'not-found'))
      const instead = told['issue']
        .find(({ severity }: Json) => severity === 'information')
        .diagnostics.replace('Appointment/', '')
      assert.equal((await program.asks('GET', `/fhir/R4/Appointment/${instead}`)).body['status'], 'proposed')
    }
  })

  test('two hundred programs want one appointment: one books it', async () => {
    const id = slot('2026-12-08T14:00:00Z')
    const ids = await Promise.all(Array.from({ length: 200 }, (_, n) => addPatient(world, `Rival${n}`)))
    const answers = await Promise.all(
      ids.map((patientId) =>
        operation('book', [
          refers(id),
          { name: 'patient-resource', resource: { resourceType: 'Patient', id: patientId } },
        ]),
      ),
    )
    const count = (status: number) => answers.filter((one) => one.status === status).length
    assert.equal(count(200), 1)
    assert.equal(count(409), 199)
  })

  test('moves a booked appointment by its start or its slot, guarded by the version that was seen', async () => {
    const booked = firstOf((await operation('book', [refers(slot('2026-12-09T14:00:00Z')), patient('Ines')])).body)
    const change = (more: Json) => [{ name: 'appointment-resource', resource: { ...booked, ...more } }]
    const moved = await operation('book', change({ start: '2026-12-09T15:00:00Z', end: '2026-12-09T15:30:00Z' }))
    assert.equal(moved.status, 200, JSON.stringify(moved.body))
    assert.equal(firstOf(moved.body)['start'], '2026-12-09T15:00:00Z')
    assert.equal(moved.headers['etag'], 'W/"2"')

    const stale = await operation('book', change({ start: '2026-12-09T16:00:00Z' }))
    assert.equal(stale.status, 409, 'the copy is of version 1')
    const matched = await operation('book', change({ start: '2026-12-09T16:00:00Z' }), { 'if-match': 'W/"1"' })
    assert.equal(matched.status, 412)

    const { meta: _, ...fresh } = firstOf(moved.body)
    const toSlot = { ...fresh, slot: [{ reference: `Slot/${slot('2026-12-09T16:30:00Z', clinic.osei.office)}` }] }
    const elsewhere = await operation('book', [{ name: 'appointment-resource', resource: toSlot }], {
      'if-match': 'W/"2"',
    })
    assert.equal(elsewhere.status, 200, JSON.stringify(elsewhere.body))
    assert.equal(firstOf(elsewhere.body)['participant'][0].actor.reference, `Practitioner/${clinic.osei.id}`)
    const free = await program.asks('GET', `/fhir/R4/Slot/${slot('2026-12-09T14:00:00Z')}`)
    assert.equal(free.body['status'], 'free', 'the old time is open again')
  })

  test('cancels a booked appointment with its reason, and a held one', async () => {
    const id = slot('2026-12-10T14:00:00Z')
    const booked = firstOf((await operation('book', [refers(id), patient('Jun')])).body)
    const gone = { ...booked, status: 'cancelled', cancelationReason: { coding: [{ code: 'pat-fb' }] } }
    const cancelled = await operation('book', [{ name: 'appointment-resource', resource: gone }])
    assert.equal(cancelled.status, 200, JSON.stringify(cancelled.body))
    assert.equal(firstOf(cancelled.body)['status'], 'cancelled')
    assert.equal(firstOf(cancelled.body)['cancelationReason'].coding[0].code, 'pat-fb')
    assert.equal((await program.asks('GET', `/fhir/R4/Appointment/${id}`)).body['status'], 'proposed')

    const held = firstOf((await operation('hold', [refers(id)])).body)
    const released = await operation('book', [
      { name: 'appointment-resource', resource: { ...held, status: 'cancelled' } },
    ])
    assert.equal(firstOf(released.body)['status'], 'cancelled')
    assert.equal((await program.asks('GET', `/fhir/R4/Slot/${id}`)).body['status'], 'free')
  })

  test('a rule that refuses says why, inside the Bundle; nothing is booked', async () => {
    const refusals: [Json[], number, RegExp][] = [
      [
        [refers(slot('2026-12-10T16:00:00Z', clinic.rivera.office)), patient('Old', { birthDate: '1950-01-01' })],
        422,
        /people up to 21/,
      ],
      [[refers(slot('2026-12-10T15:00:00Z'))], 400, /whom/],
      [[refers(slot('2026-12-10T15:00:00Z')), patient('Nobody', { telecom: [] })], 422, /phone or an email/],
      [[refers(slot('2026-12-10T15:00:00Z')), patient('X', { birthDate: '1969' })], 422, /birth date/],
      [[refers(slot('2026-12-10T15:00:00Z')), patient('One'), patient('Two')], 422, /several patients/],
      [[refers('00000000-0000-7000-8000-000000000000'), patient('Lost')], 404, /No such/],
      [[patient('Lost')], 400, /appointment-reference/],
    ]
    for (const [parameters, status, words] of refusals) {
      const reply = await operation('book', parameters)
      assert.equal(reply.status, status, JSON.stringify(reply.body))
      assert.equal(reply.body['resourceType'], 'Bundle')
      assert.match(firstOf(reply.body)['issue'][0].details.text, words)
    }
    const open = await program.asks('GET', `/fhir/R4/Slot/${slot('2026-12-10T15:00:00Z')}`)
    assert.equal(open.body['status'], 'free')
  })

  test('knows a patient again by identifier, or by name, birth date and contact; a namesake goes to the front desk', async () => {
    const book = async (at: string, more: Json = {}) =>
      firstOf((await operation('book', [refers(slot(at)), patient('Kai', more)])).body)['participant'][2].actor
        .reference as string
    const first = await book('2026-12-11T14:00:00Z')
    assert.equal(await book('2026-12-11T14:30:00Z'), first, 'the same person')
    await world.write((tx) =>
      tx
        .insertInto('people.patientIdentifier')
        .values({
          organizationId: world.organizationId,
          system: 'urn:mrn',
          value: '77',
          patientId: first.replace('Patient/', ''),
        })
        .execute(),
    )
    assert.equal(
      await book('2026-12-11T15:00:00Z', { name: [{ text: 'K.' }], identifier: [{ system: 'urn:mrn', value: '77' }] }),
      first,
    )
    const namesake = await book('2026-12-11T15:30:00Z', { telecom: [{ system: 'email', value: 'kai@example.org' }] })
    assert.notEqual(namesake, first)
    const reviews = await (await world.frontDesk()).asks('GET', '/api/people/match-reviews')
    assert.ok(JSON.stringify(reviews.body).includes(namesake.replace('Patient/', '')))
  })
})
