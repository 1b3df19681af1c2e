/** What a patient reads as the time of a visit is the clinic's wall clock, wherever they read it. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { bothWalls, clock, dayName, dayOf, daysLater, within, zoneName, instantAt } from './time.ts'

const visit = '2026-11-24T14:30:00Z'

test('a visit in New York is shown on New York’s clock, with its zone, in both languages', () => {
  assert.equal(clock(visit, 'America/New_York', 'en'), '9:30 AM')
  assert.equal(zoneName(visit, 'America/New_York', 'en'), 'EST')
  assert.equal(zoneName(visit, 'America/New_York', 'es'), 'EST')
  assert.match(clock(visit, 'America/New_York', 'es'), /^9:30 a\.\s?m\.$/)
})

test('the zone’s name follows the clock change', () => {
  assert.equal(zoneName('2026-11-01T05:30:00Z', 'America/New_York', 'en'), 'EDT')
  assert.equal(zoneName('2026-11-01T06:30:00Z', 'America/New_York', 'en'), 'EST')
})

test('a reader in Chicago sees both clocks, a reader in Toronto only the clinic’s', () => {
  const far = bothWalls(visit, 'America/New_York', 'en', 'America/Chicago')
  assert.deepEqual([far.there.time, far.here?.time, far.here?.zone], ['9:30 AM', '8:30 AM', 'CST'])
  assert.equal(bothWalls(visit, 'America/New_York', 'en', 'America/Toronto').here, undefined)
})

test('late in the evening the day is the clinic’s day, not the reader’s', () => {
  assert.equal(dayOf('2026-11-25T02:00:00Z', 'America/New_York'), '2026-11-24')
  assert.equal(dayOf('2026-11-25T02:00:00Z', 'Europe/Berlin'), '2026-11-25')
})

test('a day is named as people say it, with a capital where a sentence begins', () => {
  assert.match(dayName('2031-02-03', 'en'), /^Monday, February 3, 2031$/)
  assert.match(dayName('2031-02-03', 'es'), /^Lunes, 3 de febrero de 2031$/)
  assert.equal(within(dayName('2031-02-03', 'es'), 'es'), 'lunes, 3 de febrero de 2031')
  assert.equal(within(dayName('2031-02-03', 'en'), 'en'), 'Monday, February 3, 2031')
})

test('a short day fits a small button in both languages', () => {
  assert.equal(dayName('2031-02-03', 'en', true), 'Mon, Feb 3, 2031')
  assert.equal(dayName('2031-02-03', 'es', true), 'Lun 3 feb 2031')
})

test('days later crosses months and leap days', () => {
  assert.equal(daysLater('2028-02-28', 1), '2028-02-29')
  assert.equal(daysLater('2026-12-31', 1), '2027-01-01')
})

test('the time on a clock is found again as an instant, summer and winter', () => {
  assert.equal(instantAt('2026-12-02', '09:15', 'America/New_York'), '2026-12-02T14:15:00Z')
  assert.equal(instantAt('2026-07-01', '23:30', 'America/New_York'), '2026-07-02T03:30:00Z')
  assert.equal(instantAt('2026-12-02', '00:30', 'Asia/Tokyo'), '2026-12-01T15:30:00Z')
})
