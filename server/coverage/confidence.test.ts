import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { confidenceOf } from './confidence.ts'

const source = fc.constantFrom('eligibility_check' as const, 'payer_directory' as const, 'practice' as const)
const days = fc.integer({ min: 0, max: 4000 })

test('what was said is less sure the older it is, never surer than its source, and half as sure after nine months', () => {
  fc.assert(
    fc.property(source, days, days, (of, one, other) => {
      const [younger, older] = [Math.min(one, other), Math.max(one, other)]
      assert.ok(confidenceOf(of, older) <= confidenceOf(of, younger))
      assert.ok(confidenceOf(of, older) >= 0 && confidenceOf(of, younger) <= confidenceOf(of, 0))
    }),
  )
  assert.deepEqual([confidenceOf('payer_directory', 0), confidenceOf('payer_directory', 270)], [0.8, 0.4])
})
