/** A date of birth is taken as people write it, and a wrong one is sent to the right box. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { readBirthDate } from './birth-date.ts'

const today = '2026-11-24'
const read = (month: string, day: string, year: string) => readBirthDate({ month, day, year }, today)

test('one or two digits, with or without spaces, are the same day', () => {
  assert.deepEqual(read('2', '1', '1980'), { bornOn: '1980-02-01' })
  assert.deepEqual(read(' 02 ', '01', '1980'), { bornOn: '1980-02-01' })
})

test('a baby born today is welcome, one born tomorrow is a slip of the pen', () => {
  assert.deepEqual(read('11', '24', '2026'), { bornOn: today })
  assert.deepEqual(read('11', '25', '2026'), { fault: 'future', part: 'year' })
})

test('30 February and 29 February of a common year are sent to the day box', () => {
  assert.deepEqual(read('2', '30', '1980'), { fault: 'not_a_date', part: 'day' })
  assert.deepEqual(read('2', '29', '1900'), { fault: 'not_a_date', part: 'day' })
  assert.deepEqual(read('2', '29', '2000'), { bornOn: '2000-02-29' })
})

test('a year of two digits is not guessed', () => {
  assert.deepEqual(read('2', '1', '80'), { fault: 'not_a_date', part: 'year' })
})

test('an empty box is named, and nobody is 140', () => {
  assert.deepEqual(read('2', '', '1980'), { fault: 'missing', part: 'day' })
  assert.deepEqual(read('2', '1', '1886'), { fault: 'too_long_ago', part: 'year' })
})
