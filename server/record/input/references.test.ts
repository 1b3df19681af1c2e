import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseReference, patientReferenceOf, referencesIn } from './references.ts'

test('every form in which systems point at a person or place is understood', () => {
  const cases = {
    'urn:uuid:A4E1D6C0-0000-4000-8000-00000000000B': { kind: 'urn', uuid: 'a4e1d6c0-0000-4000-8000-00000000000b' },
    'Patient/ada': { kind: 'relative', type: 'Patient', id: 'ada' },
    'Patient/ada/_history/3': { kind: 'relative', type: 'Patient', id: 'ada', version: '3' },
    'https://ehr.example/fhir/r4/Patient/ada': {
      kind: 'absolute',
      url: 'https://ehr.example/fhir/r4/Patient/ada',
      type: 'Patient',
      id: 'ada',
    },
    'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999999999': {
      kind: 'conditional',
      type: 'Practitioner',
      search: [['identifier', 'http://hl7.org/fhir/sid/us-npi|9999999999']],
    },
    'Location?name=Room%201&status=active&x=%': {
      kind: 'conditional',
      type: 'Location',
      search: [
        ['name', 'Room 1'],
        ['status', 'active'],
        ['x', '%'],
      ],
    },
    '#org': { kind: 'contained', id: 'org' },
  }
  for (const [text, expected] of Object.entries(cases)) assert.deepEqual(parseReference(text), expected, text)
  for (const text of [
    '',
    'ada',
    'patient/ada',
    'Person?',
    'Wizard/merlin',
    'Patient/',
    'Patient/a b',
    'urn:oid:1.2.3',
    'Patient/ada?x=1',
  ])
    assert.deepEqual(parseReference(text), { kind: 'unknown' }, text)
})

test('a reference made of a type and an id is read back as just these, and no text breaks the reading', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9\-.]{1,64}$/), (id) =>
      assert.deepEqual(parseReference(`Location/${id}`), { kind: 'relative', type: 'Location', id }),
    ),
  )
  fc.assert(fc.property(fc.string(), (text) => assert(parseReference(text).kind)))
})

test('references are found wherever they stand, with their path', () => {
  const resource = {
    resourceType: 'PractitionerRole',
    contained: [{ resourceType: 'Organization', id: 'o', partOf: { reference: 'Organization/top' } }],
    extension: [{ url: 'network', valueReference: { reference: 'Organization/net' } }],
    organization: { reference: '#o', display: 'Clinic' },
    location: [{ reference: 'Location/1' }, { display: 'no reference' }, { reference: 7 }],
  }
  assert.deepEqual(referencesIn(resource), [
    { path: 'PractitionerRole.contained[0].partOf.reference', reference: 'Organization/top' },
    { path: 'PractitionerRole.extension[0].valueReference.reference', reference: 'Organization/net' },
    { path: 'PractitionerRole.organization.reference', reference: '#o' },
    { path: 'PractitionerRole.location[0].reference', reference: 'Location/1' },
  ])
})

test('each record finds its patient, and one of many patients or of none finds no one', () => {
  const of = (resourceType: string, content: object) => patientReferenceOf({ resourceType, ...content })
  const ada = { reference: 'Patient/ada' }
  const urn = { reference: 'urn:uuid:a4e1d6c0-0000-4000-8000-00000000000b' }
  assert.equal(of('Patient', { id: 'ada' }), 'Patient/ada')
  assert.equal(of('Observation', { subject: urn }), urn.reference)
  assert.equal(of('Immunization', { patient: ada }), 'Patient/ada')
  assert.equal(of('Coverage', { beneficiary: ada, subscriber: { reference: 'Patient/mum' } }), 'Patient/ada')
  assert.equal(
    of('Coverage', { beneficiary: { reference: 'http://ehr.example/Patient/ada' } }),
    'http://ehr.example/Patient/ada',
  )
  assert.equal(
    of('Appointment', { participant: [{ actor: { reference: 'Practitioner/rui' } }, { actor: ada }, {}] }),
    'Patient/ada',
  )
  assert.equal(of('Provenance', { target: [ada, { reference: 'Encounter/1' }, ada] }), 'Patient/ada')
  assert.equal(of('Provenance', { target: [ada, { reference: 'Patient/bo' }] }), undefined)
  assert.equal(
    of('Provenance', { target: [urn, { reference: 'urn:uuid:00000000-0000-4000-8000-000000000000' }] }),
    undefined,
  )
  assert.equal(of('Observation', { subject: { reference: 'Location/1' } }), undefined)
  assert.equal(of('Observation', { subject: { reference: 5 } }), undefined)
  assert.equal(of('Organization', { name: 'Clinic' }), undefined)
})
