import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { localDays } from '../openings/local-days.ts'
import type { Range } from '../openings/openings.ts'
import { chooseFor, inBoth, membersOf, startsForNeeds, startsIn, type Need, type Resource } from './pools.ts'

const days = localDays('UTC', '2026-12-01', 2)
const monday = Temporal.Instant.from('2026-12-01T00:00:00Z').epochMilliseconds / 60_000
const allDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, until: 1440, validFrom: '2000-01-01' }))
const offering = { minutes: 30, bufferBefore: 0, bufferAfter: 0, step: 30 }
const daysOf = () => days

const room = (id: string, more: Partial<Resource> = {}): Resource => ({
  id,
  kind: 'room',
  name: id,
  locationId: 'here',
  features: ['echo'],
  modality: null,
  calendar: { zone: 'UTC', rules: allDay, exceptions: [] },
  busy: [],
  ...more,
})

const need: Need = { kind: 'room', features: ['echo'] }

test('a visit may start where any room that will do is free for all of it', () => {
  const rooms = [
    room('one', { busy: [{ start: monday + 540, end: monday + 600 }] }),
    room('two', { busy: [{ start: monday + 570, end: monday + 660 }] }),
    room('elsewhere', { locationId: 'there' }),
    room('no echo', { features: [] }),
  ]
  const free = startsForNeeds(rooms, { needs: [need], locationId: 'here', offering, daysOf })
  const grid = [480, 510, 540, 570, 600, 630, 660].map((minute) => monday + minute)
  // At 9:30 one is taken until 10:00 and the other from then on: neither is free.
  assert.deepEqual(
    startsIn(grid, free).map((start) => start - monday),
    [480, 510, 540, 600, 630, 660],
  )
})

test('what is good for little else is taken first, and an interpreter in the room before one by phone', () => {
  const rooms = [room('both', { features: ['echo', 'procedure'] }), room('plain')]
  assert.deepEqual(
    membersOf(rooms, need, 'here').map(({ id }) => id),
    ['plain', 'both'],
  )
  const speaks = { kind: 'interpreter' as const, features: ['es'], locationId: null }
  const people = [
    room('Ana', { ...speaks, modality: 'phone' }),
    room('Bo', { ...speaks, modality: 'in_person', locationId: 'here' }),
  ]
  const spanish: Need = { kind: 'interpreter', features: ['es'] }
  assert.deepEqual(
    membersOf(people, spanish, 'here').map(({ id }) => id),
    ['Bo', 'Ana'],
  )
  assert.deepEqual(
    membersOf(people, { ...spanish, modality: 'phone' }, 'here').map(({ id }) => id),
    ['Ana'],
  )
})

const ranges = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 60 })), { maxLength: 8 })
  .map((some) => {
    let at = 0
    return some.map(([gap, length]): Range => {
      const start = at + gap + 1
      at = start + length
      return [start, at]
    })
  })

test('what is in both lists of ranges is exactly what is in each, minute by minute', () => {
  fc.assert(
    fc.property(ranges, ranges, (one, other) => {
      const isIn = (list: readonly Range[], minute: number) => list.some(([a, b]) => a <= minute && minute < b)
      const both = inBoth(one, other)
      for (let minute = 0; minute < 2000; minute += 7)
        assert.equal(isIn(both, minute), isIn(one, minute) && isIn(other, minute))
      const starts = Array.from({ length: 300 }, (_, index) => index * 7)
      assert.deepEqual(
        startsIn(starts, one),
        starts.filter((start) => isIn(one, start)),
      )
    }),
  )
})

test('whatever is chosen is free, and something is chosen exactly where a start is shown', () => {
  const busy = fc.array(
    fc.integer({ min: 0, max: 47 }).map((slot) => ({ start: monday + slot * 30, end: monday + slot * 30 + 30 })),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(fc.array(busy, { minLength: 1, maxLength: 3 }), fc.integer({ min: 0, max: 46 }), (taken, slot) => {
      const rooms = taken.map((some, index) => room(String(index), { busy: some }))
      const asked = { needs: [need], locationId: 'here', offering, daysOf }
      const start = monday + slot * 30
      const chosen = chooseFor(rooms, { ...asked, start })
      assert.equal(chosen !== undefined, startsIn([start], startsForNeeds(rooms, asked)).length === 1)
      for (const one of chosen ?? [])
        assert.ok(one.busy.every(({ start: from, end }) => end <= start || from >= start + 30))
    }),
  )
})
