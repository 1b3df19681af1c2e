import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { birthdayAt, isChild, standingOf, type Age, type GrantTimes } from './standing.ts'

// Clocks that skip midnight (Cairo, Beirut), days that were left out (Apia), half hours and far ends of the world.
const zones = [
  'America/New_York',
  'America/Denver',
  'Pacific/Honolulu',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
]
const zone = fc.constantFrom(...zones)
const epoch = Temporal.PlainDate.from('1940-01-01')
const day = fc.integer({ min: 0, max: 36_000 }).map((days) => epoch.add({ days }))
const leapDay = fc
  .integer({ min: 0, max: 20 })
  .map((n) => Temporal.PlainDate.from({ year: 1940 + 4 * n, month: 2, day: 29 }))
const rules = fc
  .tuple(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 10, max: 25 }))
  .map(([one, other]) => ({ confidentialFromYears: Math.min(one, other), proxyEndsYears: other }))

const always: GrantTimes = {
  basis: 'parent',
  fromAt: Temporal.Instant.from('1900-01-01T00:00Z'),
  untilAt: null,
  endedAt: null,
  blockedAt: null,
}
const child = { hasDied: false }

test('what a parent may do ends at the local midnight that begins the birthday: a second before it stands, then it does not', () => {
  fc.assert(
    fc.property(fc.oneof(day, leapDay), zone, rules, (bornOn, at, ages) => {
      const age: Age = { ...child, bornOn, zone: at, rules: ages }
      const ends = birthdayAt(bornOn, ages.proxyEndsYears, at)
      for (const basis of ['parent', 'guardian'] as const) {
        assert.equal(standingOf({ ...always, basis }, age, ends.subtract({ seconds: 1 })).stands, true)
        assert.equal(standingOf({ ...always, basis }, age, ends).stands, false)
        assert.equal(standingOf({ ...always, basis }, age, ends.add({ seconds: 1 })).stands, false)
      }
      const local = ends.toZonedDateTimeISO(at)
      const before = ends.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(at)
      assert.notEqual(
        before.toPlainDate().toString(),
        local.toPlainDate().toString(),
        'it is the first moment of a day',
      )
      assert.equal(isChild(age, ends.subtract({ seconds: 1 })), true)
      assert.equal(isChild(age, ends), false)
    }),
  )
})

test('whoever was born on 29 February is of age on 1 March of a year without one, and on the day of one that has it', () => {
  const born = Temporal.PlainDate.from('2008-02-29')
  assert.equal(birthdayAt(born, 18, 'America/New_York').toString(), '2026-03-01T05:00:00Z')
  assert.equal(birthdayAt(born, 12, 'America/New_York').toString(), '2020-02-29T05:00:00Z')
  fc.assert(
    fc.property(leapDay, fc.integer({ min: 1, max: 25 }), (bornOn, years) => {
      const on = birthdayAt(bornOn, years, 'America/New_York').toZonedDateTimeISO('America/New_York').toPlainDate()
      assert.equal(on.toString().slice(5), on.inLeapYear ? '02-29' : '03-01')
    }),
  )
})

test('where clocks skip midnight the birthday begins at the first moment there is', () => {
  // Cairo, 25 April 2025: clocks went from 00:00 to 01:00.
  assert.equal(birthdayAt(Temporal.PlainDate.from('2007-04-25'), 18, 'Africa/Cairo').toString(), '2025-04-24T22:00:00Z')
})

test('from the birthday that the organization set, a parent no longer sees what is confidential', () => {
  fc.assert(
    fc.property(day, zone, rules, (bornOn, at, ages) => {
      const age: Age = { ...child, bornOn, zone: at, rules: ages }
      const from = birthdayAt(bornOn, ages.confidentialFromYears, at)
      assert.equal(standingOf(always, age, from.subtract({ seconds: 1 })).withoutConfidential, false)
      assert.equal(standingOf(always, age, from).withoutConfidential, true)
      for (const basis of ['attorney', 'chosen'] as const)
        assert.equal(standingOf({ ...always, basis }, age, from).withoutConfidential, false)
    }),
  )
})

test('nothing stands before it begins, after it ends, once it was ended or blocked, or when the patient has died', () => {
  const basis = fc.constantFrom('parent', 'guardian', 'attorney', 'chosen' as const)
  const now = Temporal.Instant.from('2026-12-01T14:00:00Z')
  const offset = fc.integer({ min: -5_000_000, max: 5_000_000 }).map((seconds) => now.add({ seconds }))
  const maybe = fc.option(offset, { nil: null })
  fc.assert(
    fc.property(
      fc.record({ basis, fromAt: offset, untilAt: maybe, endedAt: maybe, blockedAt: maybe }),
      fc.record({ bornOn: fc.option(day, { nil: null }), zone, hasDied: fc.boolean(), rules }),
      (grant, age) => {
        const { stands, endsAt } = standingOf(grant as GrantTimes, age, now)
        if (!stands) return
        assert.ok(Temporal.Instant.compare(grant.fromAt, now) <= 0)
        assert.ok(grant.endedAt === null && grant.blockedAt === null && !age.hasDied)
        if (endsAt) assert.ok(Temporal.Instant.compare(now, endsAt) < 0)
        if (grant.untilAt) assert.ok(Temporal.Instant.compare(now, grant.untilAt) < 0)
        if (grant.basis === 'parent') assert.ok(age.bornOn && isChild(age, now), 'a parent of an adult has nothing')
      },
    ),
  )
})

test('a guardian whom a court gave to an adult goes on, and sees all; one from childhood ends', () => {
  const age: Age = {
    ...child,
    bornOn: Temporal.PlainDate.from('2000-06-01'),
    zone: 'UTC',
    rules: { confidentialFromYears: 12, proxyEndsYears: 18 },
  }
  const now = Temporal.Instant.from('2026-12-01T14:00:00Z')
  const later: GrantTimes = { ...always, basis: 'guardian', fromAt: Temporal.Instant.from('2020-01-01T00:00Z') }
  assert.deepEqual(standingOf(later, age, now), { stands: true, withoutConfidential: false, endsAt: null })
  assert.equal(standingOf({ ...always, basis: 'guardian' }, age, now).stands, false)
})
