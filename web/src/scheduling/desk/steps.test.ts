import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysBefore, stepped } from './steps.ts'

test('a step is a day, a week or a month, and the 31st stays within the shorter month', () => {
  assert.equal(stepped('2026-12-31', 'day', 1), '2027-01-01')
  assert.equal(stepped('2026-12-02', 'week', -1), '2026-11-25')
  assert.equal(stepped('2026-01-31', 'month', 1), '2026-02-28')
})

test('a month begins under its weekday, in weeks from Monday on', () => {
  assert.equal(daysBefore('2026-12-01'), 1)
  assert.equal(daysBefore('2026-11-01'), 6)
})
