/** One box takes a phone number or an email address. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { readContact } from './contact.ts'

test('phone numbers are taken as people write them', () => {
  for (const value of ['(555) 123-4567', '+1 555 123 4567', '555.123.4567']) {
    assert.deepEqual(readContact(` ${value} `), { kind: 'phone', value })
  }
})

test('an email address is taken as it is', () => {
  assert.deepEqual(readContact('ada.okafor@mail.example.org'), { kind: 'email', value: 'ada.okafor@mail.example.org' })
})

test('half a number, half an address and a name are neither', () => {
  for (const typed of ['', '555 1234', 'ada@', 'ada@example', '@example.org', 'a b@example.org', 'Ada 5551234567']) {
    assert.equal(readContact(typed), undefined, typed)
  }
})
