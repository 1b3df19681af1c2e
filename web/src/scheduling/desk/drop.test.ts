import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearestTo } from './drop.ts'

const times = ['2026-12-02T14:00:00Z', '2026-12-02T14:30:00Z', '2026-12-02T16:00:00Z']
const free = { from: '2026-12-02T14:00:00.000Z', until: '2026-12-02T15:00:00.000Z', near: '2026-12-02T14:52:00.000Z' }

test('a visit that is dropped goes to the opening nearest to it, within the free time it was dropped on', () => {
  assert.equal(nearestTo(times, { clinicianId: undefined, day: '2026-12-02', free }), times[1])
  assert.equal(nearestTo(times.slice(2), { clinicianId: undefined, day: '2026-12-02', free }), undefined)
  assert.equal(nearestTo(times, { clinicianId: undefined, day: '2026-12-02' }), undefined)
})
