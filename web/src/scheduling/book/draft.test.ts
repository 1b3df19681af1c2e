/** Which step of a booking is shown, and what is sent, from what was typed so far. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { attemptFor } from './attempt.ts'
import { emptyBooking, requestOf, stepShown, type BookingDraft } from './draft.ts'
import { ageOn, misfit } from './fits.ts'

const offering = '0198a0aa-0000-7000-8000-000000000001'
const at = '2026-12-02T14:00:00Z'
const today = '2026-11-23'
const typed: BookingDraft = {
  ...emptyBooking,
  givenName: ' Rosa ',
  familyName: 'Quispe',
  born: { month: '2', day: '14', year: '1984' },
  here: 'new',
  contact: 'rosa@example.org',
}
const proved = { ...typed, proof: { proof: 'p', to: 'rosa@example.org' } }
const shown = (step: 'time' | 'details' | 'code' | 'confirm' | 'done', draft: BookingDraft) =>
  stepShown({ offering, at, step }, draft, today)

test('a link to a later step shows the first step that is still open', () => {
  assert.equal(stepShown({ offering }, emptyBooking, today), 'time')
  assert.equal(stepShown({ offering, at }, emptyBooking, today), 'details')
  assert.equal(shown('confirm', emptyBooking), 'details')
  assert.equal(shown('confirm', typed), 'details')
  assert.equal(shown('confirm', { ...typed, code: { id: '1', to: 'rosa@example.org' } }), 'code')
  assert.equal(shown('confirm', proved), 'confirm')
})

test('a contact that was changed after its code has to be proved again', () => {
  assert.equal(shown('confirm', { ...proved, contact: 'other@example.org' }), 'details')
})

test('for a patient whose record is open nothing is typed and no code is asked', () => {
  const open = { ...emptyBooking, patientId: offering, reason: ' Cough ' }
  assert.equal(shown('confirm', open), 'confirm')
  assert.equal(shown('code', open), 'confirm')
  assert.deepEqual(requestOf(open, { offering, at, planId: undefined, language: 'en', today }), {
    offeringId: offering,
    startsAt: at,
    reason: 'Cough',
    language: 'en',
    patientId: offering,
  })
})

test('a landline needs no code', () => {
  const landline = { ...typed, onlyLandline: true, landline: '(617) 555-0142' }
  assert.equal(shown('code', landline), 'confirm')
  const { guest } = requestOf(landline, { offering, at, planId: undefined, language: 'en', today })
  assert.deepEqual(guest?.contact, { landline: '(617) 555-0142' })
})

test('what was booked is shown when somebody goes back, and another time can be booked', () => {
  const booked = { ...emptyBooking, booked: { offering, at, appointment: {} as never, token: null, goesTo: null } }
  assert.equal(shown('confirm', booked), 'done')
  assert.equal(stepShown({ offering, at: '2026-12-03T14:00:00Z', step: 'details' }, booked, today), 'details')
})

test('only the hold of this very time is used', () => {
  const held = { id: 'h', offering, at, expiresAt: at, canExtend: true }
  const asked = { offering, at, planId: undefined, language: 'es', today } as const
  assert.equal(requestOf({ ...proved, held }, asked).holdId, 'h')
  assert.equal(requestOf({ ...proved, held: { ...held, at: '2026-12-03T14:00:00Z' } }, asked).holdId, undefined)
  assert.deepEqual(requestOf(proved, asked).guest?.person, {
    givenName: 'Rosa',
    familyName: 'Quispe',
    bornOn: '1984-02-14',
    language: 'es',
  })
})

test('the same request keeps its key over a reload, a changed one gets another', () => {
  const first = attemptFor({ a: 1 }, undefined)
  assert.equal(attemptFor({ a: 1 }, JSON.parse(JSON.stringify(first))).key, first.key)
  assert.notEqual(attemptFor({ a: 2 }, first).key, first.key)
  assert.match(first.key, /^[0-9a-f]{32}$/)
})

test('a visit for children says so to an adult before the form is sent', () => {
  const childrens = { minAgeYears: 0, maxAgeYears: 17, forPatients: 'any' } as never
  assert.equal(misfit(childrens, { bornOn: '2008-12-03', isNew: true }, '2026-12-02'), undefined)
  assert.equal(misfit(childrens, { bornOn: '2008-12-02', isNew: true }, '2026-12-02'), 'too_old')
  assert.equal(ageOn('2008-02-29', '2026-02-28'), 17)
  assert.equal(ageOn('2008-02-29', '2026-03-01'), 18)
})
