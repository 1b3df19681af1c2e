import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { adjacentBlocks, parallelBlocks, type Length } from './blocks.ts'

const half: Length = { minutes: 30, bufferBefore: 0, bufferAfter: 0, stepMinutes: 30 }

test('three in a row are found where they are, not across a gap', () => {
  assert.deepEqual(adjacentBlocks([0, 30, 60, 120, 150, 180, 210], half, 3), [
    [0, 30, 60],
    [120, 150, 180],
    [150, 180, 210],
  ])
})

test('buffers keep visits apart', () => {
  const buffered = { ...half, bufferAfter: 10, stepMinutes: 15 }
  assert.deepEqual(adjacentBlocks([0, 15, 30, 45, 60, 90], buffered, 3), [[0, 45, 90]])
})

test('what is found is what trying every combination finds', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 12 }),
      fc.record({
        minutes: fc.integer({ min: 1, max: 6 }),
        bufferBefore: fc.integer({ min: 0, max: 2 }),
        bufferAfter: fc.integer({ min: 0, max: 2 }),
        stepMinutes: fc.integer({ min: 1, max: 5 }),
      }),
      fc.integer({ min: 2, max: 4 }),
      (unsorted, offering, count) => {
        const starts = unsorted.sort((a, b) => a - b)
        assert.deepEqual(adjacentBlocks(starts, offering, count), tried(starts, offering, count))
      },
    ),
    { numRuns: 500 },
  )
})

/** By the definition: all ways to choose, the earliest of each first start. */
function tried(starts: number[], offering: Length, count: number) {
  const whole = offering.bufferBefore + offering.minutes + offering.bufferAfter
  const grow = (block: number[]): number[][] =>
    block.length === count
      ? [block]
      : starts
          .filter((one) => {
            const gap = one - (block.at(-1) ?? 0) - whole
            return gap >= 0 && gap < offering.stepMinutes
          })
          .flatMap((one) => grow([...block, one]))
  return starts.flatMap((start) => grow([start]).slice(0, 1))
}

test('at one time there are as many clinicians as there are siblings', () => {
  const open = new Map([
    ['a', [0, 30, 60]],
    ['b', [30, 60]],
    ['c', [60, 90]],
  ])
  assert.deepEqual(parallelBlocks(open, 2), [
    { start: 30, offeringIds: ['a', 'b'] },
    { start: 60, offeringIds: ['a', 'b'] },
  ])
  assert.deepEqual(parallelBlocks(open, 3), [{ start: 60, offeringIds: ['a', 'b', 'c'] }])
})
