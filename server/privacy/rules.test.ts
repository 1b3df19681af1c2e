import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { keptUntil } from './retention.ts'
import { isTelling, signsOf, type Look } from './signs.ts'

const plain: Look = {
  personName: 'Noor Haddad',
  ownPatientIds: ['own'],
  patientId: 'theirs',
  patientFamilyName: 'Byron',
  sharesContact: false,
  patientIsColleague: false,
  hasVisitNear: true,
  at: [Temporal.ZonedDateTime.from('2026-12-01T10:00[America/New_York]')],
  recordsInAnHour: 3,
}

test('a look in the course of the day tells nothing', () => {
  assert.deepEqual(signsOf(plain), [])
  assert.equal(isTelling([]), false)
})

test('each sign is found by what makes it, and by nothing else', () => {
  const cases: [Partial<Look>, string][] = [
    [{ patientId: 'own' }, 'self'],
    [{ patientFamilyName: 'Haddad' }, 'same_surname'],
    [{ personName: 'María García Díaz', patientFamilyName: 'garcia' }, 'same_surname'],
    [{ sharesContact: true }, 'shared_contact'],
    [{ patientIsColleague: true }, 'colleague'],
    [{ at: [Temporal.ZonedDateTime.from('2026-12-01T20:00[America/New_York]')] }, 'after_hours'],
    [{ at: [Temporal.ZonedDateTime.from('2026-12-05T10:00[America/New_York]')] }, 'after_hours'],
    [{ hasVisitNear: false }, 'no_visit'],
    [{ recordsInAnHour: 101 }, 'many_records'],
  ]
  for (const [change, sign] of cases) assert.deepEqual(signsOf({ ...plain, ...change }), [sign])
})

test('a first name in common is no surname in common', () => {
  assert.deepEqual(signsOf({ ...plain, personName: 'Byron Lee' }), [])
})

test('late work and a record without a visit tell something only together', () => {
  assert.equal(isTelling(['after_hours']), false)
  assert.equal(isTelling(['no_visit']), false)
  assert.equal(isTelling(['after_hours', 'no_visit']), true)
  assert.equal(isTelling(['self']), true)
})

const day = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO('UTC').toPlainDate())

test('a record is kept ten years after the last day, and a child’s until twenty-eight; nothing earlier, ever', () => {
  fc.assert(
    fc.property(day, day, (bornOn, lastOn) => {
      const until = keptUntil({ bornOn, lastOn })
      assert.ok(Temporal.PlainDate.compare(until, lastOn.add({ years: 10 })) >= 0)
      const isChild = Temporal.PlainDate.compare(lastOn, bornOn.add({ years: 18 })) < 0
      if (isChild) assert.ok(Temporal.PlainDate.compare(until, bornOn.add({ years: 28 })) >= 0)
      else assert.equal(until.toString(), lastOn.add({ years: 10 }).toString())
    }),
  )
  const unknown = keptUntil({ bornOn: null, lastOn: Temporal.PlainDate.from('2010-01-01') })
  assert.equal(unknown.toString(), '2038-01-01')
})
