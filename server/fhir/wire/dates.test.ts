import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '../../platform/errors.ts'
import { boundsOf, spanOf } from './dates.ts'

const instant = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  .map((date) => Temporal.Instant.fromEpochMilliseconds(date.getTime()))
const zone = fc.constantFrom('America/New_York', 'America/Denver', 'Pacific/Apia', 'UTC')

test('a date covers the whole local day, month or year, whatever the clocks do', () => {
  assert.equal(
    spanOf('2026-11-01', 'America/New_York').until.since(spanOf('2026-11-01', 'America/New_York').from).total('hours'),
    25,
  )
  assert.equal(spanOf('2026-03', 'America/New_York').from.toString(), '2026-03-01T05:00:00Z')
  fc.assert(
    fc.property(instant, zone, (at, zone) => {
      const day = at.toZonedDateTimeISO(zone).toPlainDate()
      for (const text of [day.toString(), day.toString().slice(0, 7), day.toString().slice(0, 4)]) {
        const { from, until } = spanOf(text, zone)
        assert.ok(
          Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, until) < 0,
          `${at.toString()} in ${text}`,
        )
      }
    }),
  )
})

test('every prefix splits time where FHIR says', () => {
  fc.assert(
    fc.property(instant, instant, zone, (at, other, zone) => {
      const day = other.toZonedDateTimeISO(zone).toPlainDate().toString()
      const { from, until } = spanOf(day, zone)
      const isIn = (prefix: string) => {
        const bounds = boundsOf([`${prefix}${day}`], zone)
        return (
          (!bounds.from || Temporal.Instant.compare(at, bounds.from) >= 0) &&
          (!bounds.until || Temporal.Instant.compare(at, bounds.until) < 0)
        )
      }
      const before = Temporal.Instant.compare(at, from) < 0
      const after = Temporal.Instant.compare(at, until) >= 0
      assert.deepEqual(['eq', '', 'ge', 'le', 'gt', 'lt', 'sa', 'eb'].map(isIn), [
        !before && !after,
        !before && !after,
        !before,
        !after,
        after,
        before,
        after,
        before,
      ])
    }),
  )
})

test('anything else is refused and never breaks', () => {
  for (const text of ['2026-02-30', '2026-13', '26', '2026-1-1', 'ge2026', '2026-01-01T25:00', ''])
    assert.throws(() => spanOf(text, 'UTC'), Refusal, text)
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        boundsOf([text], 'UTC')
      } catch (error) {
        assert.ok(error instanceof Refusal)
      }
    }),
  )
})
