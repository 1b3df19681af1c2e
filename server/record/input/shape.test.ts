import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fieldsByType } from './fields.ts'
import { resourceTypes } from './known-resources.ts'
import { checkShape } from './shape.ts'

const said = (resourceType: string, content: object) =>
  checkShape({ resourceType, ...content }).map(({ path, reason }) => `${path}: ${reason}`)

test('a well-made patient, clinic and card pass, with extensions and fields we do not use', () => {
  const patient = {
    id: 'ada-1.B',
    meta: { profile: 'whatever' },
    identifier: [{ use: 'usual', system: 'http://clinic.example/mrn', value: '007' }],
    name: [{ family: 'Núñez', given: ['Ada', null], _given: [null, { extension: [] }] }],
    _birthDate: { extension: [] },
    birthDate: '1980-02-29',
    gender: 'female',
    telecom: [{ system: 'phone', value: '555-0100', rank: 1 }],
    address: [
      {
        line: ['1 Road'],
        city: 'Paxton',
        postalCode: '01002',
        period: { start: '2020', end: '2024-01-31T23:59:59.5-05:00' },
      },
    ],
    communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'es' }] }, preferred: true }],
  }
  assert.deepEqual(said('Patient', patient), [])
  assert.deepEqual(
    said('Location', {
      position: { latitude: -90, longitude: 180 },
      hoursOfOperation: [{ daysOfWeek: ['mon'], openingTime: '08:00:00' }],
    }),
    [],
  )
  assert.deepEqual(
    said('Coverage', {
      status: 'active',
      payor: [{ reference: 'Organization/p' }],
      class: [{ type: { text: 'group' }, value: 'G1' }],
    }),
    [],
  )
  assert.deepEqual(said('Observation', { subject: 7, valueString: [] }), [])
})

test('what can not be used is named by its place and its reason', () => {
  const cases: [string, object, string][] = [
    ['Wizard', {}, "resourceType: 'Wizard' is not a resource type of FHIR R4"],
    ['constructor', {}, "resourceType: 'constructor' is not a resource type of FHIR R4"],
    ['Observation', { id: 'a b' }, "Observation.id: 'a b' is not an id (1 to 64 letters, digits, '-' and '.')"],
    ['Observation', { id: 7 }, "Observation.id: 7 is not an id (1 to 64 letters, digits, '-' and '.')"],
    ['Patient', { birthDate: '1980-13-45' }, "Patient.birthDate: '1980-13-45' is not a date"],
    ['Patient', { name: { family: 'A' } }, 'Patient.name: one value stands where a list is wanted'],
    ['Patient', { name: ['Ada'] }, "Patient.name[0]: 'Ada' stands where an object is wanted"],
    ['Patient', { name: [{ given: 'Ada' }] }, 'Patient.name[0].given: one value stands where a list is wanted'],
    ['Patient', { name: [null] }, 'Patient.name[0]: null stands where an object is wanted'],
    ['Patient', { telecom: [] }, 'Patient.telecom: the list is empty'],
    ['Patient', { gender: 'F' }, "Patient.gender: 'F' is none of male, female, other, unknown"],
    ['Patient', { identifier: [{ value: 7 }] }, 'Patient.identifier[0].value: 7 is not a text'],
    ['Patient', { address: [{ city: 'a\u0000b' }] }, "Patient.address[0].city: 'a\u0000b' is not a text"],
    ['Practitioner', { active: 'true' }, "Practitioner.active: 'true' is not true or false"],
    ['Practitioner', { gender: ['male'] }, 'Practitioner.gender: a list stands where one value is wanted'],
    [
      'Location',
      { position: { latitude: 91, longitude: 0 } },
      'Location.position.latitude: 91 is not a latitude (-90 to 90)',
    ],
    [
      'Location',
      { position: { latitude: 1, longitude: '2' } },
      "Location.position.longitude: '2' is not a longitude (-180 to 180)",
    ],
    [
      'PractitionerRole',
      { location: [{ reference: {} }] },
      'PractitionerRole.location[0].reference: an object is not a text',
    ],
    [
      'HealthcareService',
      { availableTime: [{ availableStartTime: '8:00' }] },
      "HealthcareService.availableTime[0].availableStartTime: '8:00' is not a time of day",
    ],
    [
      'Organization',
      { identifier: [{ period: { start: '2024-02-30' } }] },
      "Organization.identifier[0].period.start: '2024-02-30' is not a date and time",
    ],
    [
      'OrganizationAffiliation',
      { network: 'x' },
      'OrganizationAffiliation.network: one value stands where a list is wanted',
    ],
    ['InsurancePlan', { status: '' }, "InsurancePlan.status: '' is none of draft, active, retired, unknown"],
    ['Coverage', { order: 1.5 }, 'Coverage.order: 1.5 is not a whole number'],
  ]
  for (const [type, content, expected] of cases) assert.deepEqual(said(type, content), [expected])
})

test('a date is one of the calendar, whole or in part', () => {
  const right = (birthDate: unknown) => said('Patient', { birthDate }).length === 0
  for (const date of ['1980', '1980-12', '2000-02-29', '0001-01-01']) assert(right(date), date)
  for (const date of [
    '',
    '80',
    '1980-1',
    '1980-00',
    '1900-02-29',
    '1980-04-31',
    '0000',
    '1980-01-01T00:00:00Z',
    '1980/01/01',
    1980,
    null,
    {},
  ])
    assert(!right(date), JSON.stringify(date))
  fc.assert(
    fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) =>
      assert(right(date.toISOString().slice(0, 10))),
    ),
  )
})

test('nonsense gives faults, never an error, and never without end', () => {
  const anything = fc.jsonValue()
  for (const [type, fields] of Object.entries(fieldsByType)) {
    assert(resourceTypes.has(type))
    const content = fc.record(Object.fromEntries(Object.keys(fields).map((name) => [name, anything])), {
      requiredKeys: [],
    })
    fc.assert(
      fc.property(content, (resource) => assert(said(type, resource).length <= 20)),
      { numRuns: 50 },
    )
  }
  assert.equal(said('Patient', { name: Array.from({ length: 1000 }, () => 1) }).length, 20)
})
