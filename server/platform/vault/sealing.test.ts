/** What is sealed opens with its own key in its own place, and nowhere else. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { blindIndex, newKey, openWith, sealWith, versionOf, WillNotOpen, wordsOf, type Place } from './sealing.ts'

const word = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => !text.includes('|'))
const place: fc.Arbitrary<Place> = fc.record({ organizationId: word, table: word, column: word, id: word })
const content = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))
const version = fc.integer({ min: 1, max: 2 ** 32 - 1 })

test('anything sealed comes back as it was, with the version of its key, and never the same bytes twice', () => {
  fc.assert(
    fc.property(place, content, version, (where, bytes, number) => {
      const key = newKey()
      const sealed = sealWith(key, number, wordsOf(where), bytes)
      assert.deepEqual(openWith(key, wordsOf(where), sealed), bytes)
      assert.equal(versionOf(sealed), number)
      assert.notDeepEqual(sealWith(key, number, wordsOf(where), bytes), sealed)
    }),
  )
})

test('it does not open in another organization, table, column or row, nor with another key', () => {
  fc.assert(
    fc.property(place, place, content, (where, elsewhere, bytes) => {
      const key = newKey()
      const sealed = sealWith(key, 1, wordsOf(where), bytes)
      assert.throws(() => openWith(newKey(), wordsOf(where), sealed), WillNotOpen)
      for (const part of ['organizationId', 'table', 'column', 'id'] as const) {
        if (where[part] === elsewhere[part]) continue
        assert.throws(() => openWith(key, wordsOf({ ...where, [part]: elsewhere[part] }), sealed), WillNotOpen)
      }
    }),
  )
})

test('a change of any one bit, or a piece cut off, keeps it shut', () => {
  fc.assert(
    fc.property(place, content, fc.nat(), (where, bytes, at) => {
      const key = newKey()
      const sealed = sealWith(key, 7, wordsOf(where), bytes)
      const changed = Buffer.from(sealed)
      const bit = at % (sealed.length * 8)
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      assert.throws(() => openWith(key, wordsOf(where), changed), WillNotOpen)
      assert.throws(() => openWith(key, wordsOf(where), sealed.subarray(0, at % sealed.length)), WillNotOpen)
    }),
  )
})

test('places that differ are told apart, whatever their words', () => {
  fc.assert(
    fc.property(place, place, (one, other) => {
      const same = (['organizationId', 'table', 'column', 'id'] as const).every((part) => one[part] === other[part])
      assert.equal(wordsOf(one) === wordsOf(other), same)
    }),
  )
  assert.throws(() => wordsOf({ organizationId: 'a|b', table: 't', column: 'c', id: 'i' }), RangeError)
})

test('equal values are found by their blind index, within one column of one organization', () => {
  fc.assert(
    fc.property(place, fc.string(), fc.string(), (where, value, other) => {
      const key = newKey()
      const index = blindIndex(key, where, value)
      assert.deepEqual(blindIndex(key, { ...where }, value), index)
      assert.equal(blindIndex(key, where, other).equals(index), value === other)
      assert.notDeepEqual(blindIndex(newKey(), where, value), index)
      assert.notDeepEqual(blindIndex(key, { ...where, column: `${where.column}.` }, value), index)
    }),
  )
})
