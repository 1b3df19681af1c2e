import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refused } from '../../call.ts'
import { comingOf, emptyTogether, nextBlocks, stepShown, whoseVisit, type Block } from './draft.ts'

const person = (patientId: string, mayBook = true) => ({ patientId, name: patientId, isSelf: false, mayBook })
const block: Block = { visits: [{ offeringId: 'o', startsAt: '2026-12-02T14:00:00Z' }] }
const two: Block = { visits: [...block.visits, ...block.visits] }

test('nobody comes whose record is no longer open, and the order is the family’s own', () => {
  const coming = comingOf({ ...emptyTogether, who: ['max', 'kim', 'lou'] }, [
    person('kim'),
    person('max'),
    person('lou', false),
  ])
  assert.deepEqual(
    coming.map(({ patientId }) => patientId),
    ['max', 'kim'],
  )
})

test('a step that lacks something leads to the first one that can give it', () => {
  assert.equal(stepShown('check', emptyTogether, 0), 'who')
  assert.equal(stepShown('check', emptyTogether, 2), 'time')
  assert.equal(stepShown('check', { ...emptyTogether, block }, 2), 'time', 'one more comes than there are times')
  assert.equal(stepShown('check', { ...emptyTogether, block: two }, 2), 'check')
  assert.equal(stepShown('done', { ...emptyTogether, block: two }, 2), 'check', 'nothing is booked yet')
})

test('a refusal says where they fit next, or whose visit it is about', () => {
  assert.deepEqual(nextBlocks(new Refused(409, 'block_taken', '', { blocks: [block] })), [block])
  assert.equal(nextBlocks(new Refused(422, 'too_old', '', { visit: 1 })), undefined)
  assert.equal(whoseVisit(new Refused(422, 'too_old', '', { visit: 1 }), [person('kim'), person('lou')])?.name, 'lou')
  assert.equal(whoseVisit(new Error('no'), [person('kim')]), undefined)
})
