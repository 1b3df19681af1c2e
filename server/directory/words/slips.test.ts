import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { slipsOf } from './slips.ts'

const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'.split(''))
const word = fc.array(letter, { minLength: 5, maxLength: 20 }).map((letters) => letters.join(''))

test('whoever slips once is still understood: a letter more, less, other, or two swapped', () => {
  fc.assert(
    fc.property(word, fc.nat(), letter, (meant, place, other) => {
      const at = place % meant.length
      const [head, tail] = [meant.slice(0, at), meant.slice(at)]
      const typed = [
        head + tail.slice(1),
        head + other + tail.slice(1),
        head + other + tail,
        `${head}${tail.charAt(1)}${tail.charAt(0)}${tail.slice(2)}`,
      ]
      for (const slip of typed) assert.ok(slipsOf(slip).includes(meant), `${slip} for ${meant}`)
    }),
  )
})

test('a short word is only itself, and no word has more than some fourteen hundred slips', () => {
  assert.deepEqual(slipsOf('ngu'), ['ngu'])
  fc.assert(fc.property(fc.string({ maxLength: 40 }), (any) => assert.ok(slipsOf(any).length < 1_400)))
})
