/** A kept time counts down by the clinic's clock and speaks up at two minutes, one minute, thirty seconds and the end. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { markPassed, minutesAndSeconds, secondsLeft } from './countdown.ts'

test('every mark is said once, in order, as the seconds pass', () => {
  const said: number[] = []
  for (let left = 300; left > 0; left -= 1) {
    const mark = markPassed(left, left - 1)
    if (mark !== undefined) said.push(mark)
  }
  assert.deepEqual(said, [120, 60, 30, 0])
})

test('a phone that slept past several marks hears only the last', () => {
  assert.equal(markPassed(290, 20), 30)
  assert.equal(markPassed(290, 0), 0)
  assert.equal(markPassed(119, 61), undefined)
})

test('what is left never falls below nothing', () => {
  const until = '2026-11-24T14:30:00Z'
  assert.equal(secondsLeft(until, Date.parse('2026-11-24T14:25:00Z')), 300)
  assert.equal(secondsLeft(until, Date.parse('2026-11-24T15:00:00Z')), 0)
})

test('four minutes and five seconds is 4:05', () => assert.equal(minutesAndSeconds(245), '4:05'))
