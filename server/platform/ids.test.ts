import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from './ids.ts'

test('ids are version 7, of this moment, all different, and in the order in which they were made', () => {
  const before = Temporal.Now.instant().epochMilliseconds
  const ids = Array.from({ length: 20_000 }, newId)
  assert.deepEqual(ids.toSorted(), ids)
  assert.equal(new Set(ids).size, ids.length)
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const at = parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16)
  assert.ok(at >= before && at < before + 60_000)
})
