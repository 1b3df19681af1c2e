import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isNpi } from './npi.ts'

test('the rule’s own example passes, and no other last digit does', () => {
  for (let digit = 0; digit <= 9; digit++) assert.equal(isNpi(`123456789${digit}`), digit === 3)
})

test('a digit that was mistyped is always noticed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9 }), fc.nat(9), (digit, place) => {
      const changed = '1234567893'
        .split('')
        .map((one, i) => (i === place ? String(digit) : one))
        .join('')
      return isNpi(changed) === (changed === '1234567893')
    }),
  )
})

test('what is not ten digits is no NPI', () => {
  for (const text of ['', '0', '12345678931', '123456789a', ' 1234567893', '１２３４５６７８９３'])
    assert.equal(isNpi(text), false)
})
