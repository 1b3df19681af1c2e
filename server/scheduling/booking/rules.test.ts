import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ageOn, isBeforeCutoff, refusedBecause, type BookingFacts, type BookingRules } from './rules.ts'

const rules: BookingRules = {
  minNoticeMinutes: 120,
  horizonDays: 30,
  forPatients: 'any',
  acceptsNew: true,
  minAgeYears: 0,
  maxAgeYears: 130,
}
const facts: BookingFacts = {
  startsAt: Temporal.Instant.from('2026-12-02T15:00:00Z'),
  now: Temporal.Instant.from('2026-12-01T15:00:00Z'),
  zone: 'America/New_York',
  bornOn: Temporal.PlainDate.from('1980-02-29'),
  newPatient: false,
  byStaff: false,
}
const because = (changed: Partial<BookingRules>, said: Partial<BookingFacts> = {}) =>
  refusedBecause({ ...rules, ...changed }, { ...facts, ...said })?.code
const at = (text: string) => ({ startsAt: Temporal.Instant.from(text) })

test('an ordinary visit tomorrow is not refused', () => {
  assert.equal(because({}), undefined)
})

test('each rule refuses with its own reason', () => {
  assert.equal(because({}, at('2026-12-01T15:00:00Z')), 'in_the_past')
  assert.equal(because({}, at('2026-12-01T16:59:00Z')), 'too_soon')
  assert.equal(because({}, at('2026-12-01T17:00:00Z')), undefined)
  assert.equal(because({}, at('2027-01-01T04:59:00Z')), undefined, 'still 31 December at the place')
  assert.equal(because({}, at('2027-01-01T05:00:00Z')), 'too_far')
  assert.equal(because({ minAgeYears: 47 }), 'too_young')
  assert.equal(because({ maxAgeYears: 45 }), 'too_old')
  assert.equal(because({ acceptsNew: false }, { newPatient: true }), 'not_accepting_new')
  assert.equal(because({ forPatients: 'established' }, { newPatient: true }), 'established_only')
  assert.equal(because({ forPatients: 'new' }), 'new_only')
  assert.equal(because({}, { bornOn: Temporal.PlainDate.from('2027-01-01') }), 'born_in_the_future')
})

test('the front desk may book at short notice, but not in the past', () => {
  assert.equal(because({}, { ...at('2026-12-01T15:01:00Z'), byStaff: true }), undefined)
  assert.equal(because({}, { ...at('2026-12-01T14:59:00Z'), byStaff: true }), 'in_the_past')
})

test('every refusal says what to do instead', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -5000, max: 100_000 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 130 }),
      (minutes, newPatient, minAgeYears) => {
        const refusal = refusedBecause(
          { ...rules, minAgeYears, forPatients: 'established' },
          { ...facts, startsAt: facts.now.add({ minutes }), newPatient },
        )
        return refusal === undefined || typeof refusal.extra['instead'] === 'string'
      },
    ),
  )
})

test('somebody born on 29 February is a year older on 1 March', () => {
  const bornOn = Temporal.PlainDate.from('2008-02-29')
  assert.equal(ageOn(bornOn, Temporal.PlainDate.from('2026-02-28')), 17)
  assert.equal(ageOn(bornOn, Temporal.PlainDate.from('2026-03-01')), 18)
})

test('the cut-off is the last minute at which a patient may change a visit', () => {
  const cutoff = facts.startsAt.subtract({ hours: 24 })
  assert.equal(isBeforeCutoff(facts.startsAt, cutoff, 1440), true)
  assert.equal(isBeforeCutoff(facts.startsAt, cutoff.add({ seconds: 1 }), 1440), false)
})
