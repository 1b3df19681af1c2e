/** However a phone or email is typed, it is one and the same. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emailOf, phoneOf, readContact } from './address.ts'

test('a phone typed in many ways is one phone', () => {
  for (const typed of ['(617) 555-0123', '617-555-0123', '+1 617 555 0123', '1 617.555.0123', '6175550123'])
    assert.equal(phoneOf(typed), '+16175550123', typed)
  assert.equal(phoneOf('555-612-3456'), '+15556123456')
  assert.equal(phoneOf('+34 612 345 678'), '+34612345678')
})

test('what cannot be a phone is refused with a reason', () => {
  for (const typed of ['5551234', 'call me maybe', '+1 111 111', '0000000000', '617555012345678'])
    assert.throws(() => readContact({ kind: 'phone', value: typed }), { code: 'phone', status: 422 }, typed)
})

test('an email is the same in capitals', () => {
  assert.equal(emailOf(' Ada.Lima@Example.ORG '), 'ada.lima@example.org')
})
