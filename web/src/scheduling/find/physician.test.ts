import assert from 'node:assert/strict'
import { test } from 'node:test'
import { physicianOf } from './physician.ts'

const place = {
  id: 'p',
  name: 'River Street',
  lines: ['1 River Street'],
  city: 'Boston',
  state: 'MA',
  postcode: '02110',
  phone: null,
  latitude: null,
  longitude: null,
  zone: 'America/New_York',
}

test('a clinician is described with what the page shows, and nothing that is not known', () => {
  const working = {
    place,
    roleId: 'r',
    specialties: [{ code: '207Q00000X', name: 'Family medicine' }],
    hours: [{ weekdays: [1, 5], from: '09:00', until: '17:00' }],
    acceptsNew: true,
    minAgeYears: 0,
    maxAgeYears: 120,
    inPerson: true,
    video: false,
    hidden: true,
    verified: [],
  }
  const profile = {
    clinician: { name: 'Dr. Lan Nguyen', languages: [] },
    npi: { number: '1234567890', valid: false },
    places: [working],
  }
  const said = physicianOf(profile as never, 'https://clinic.example/clinicians/1')
  assert.equal(said['@type'], 'Physician')
  assert.deepEqual(said.medicalSpecialty, ['Family medicine'])
  assert.equal(said.isAcceptingNewPatients, false, 'nobody who cannot be reached takes new patients')
  assert.deepEqual(said.location?.[0]?.openingHoursSpecification, [
    { '@type': 'OpeningHoursSpecification', dayOfWeek: ['Monday', 'Friday'], opens: '09:00', closes: '17:00' },
  ])
  for (const unknown of ['identifier', 'knowsLanguage']) assert.ok(!(unknown in said), unknown)
  assert.ok(!JSON.stringify(said).includes('null'))
})
