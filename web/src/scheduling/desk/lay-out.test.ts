import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beside, layOut, type DayView } from './lay-out.ts'

const at = (time: string) => `2026-12-02T${time}:00Z`
const visit = (id: string, from: string, until: string) => ({
  id,
  kind: 'appointment',
  version: 1,
  startsAt: at(from),
  endsAt: at(until),
  status: 'booked',
  placeId: null,
  visitType: null,
  mode: null,
  patient: null,
  reason: null,
  session: null,
  bookedThrough: null,
})
const day = (columns: object[]) => ({ day: '2026-12-02', zone: 'UTC', places: [], columns }) as unknown as DayView
const clinician = { id: 'c', name: 'Dr. Lan Nguyen' }

test('free time is what is left of the open hours, and shows where it stands', () => {
  const { first, columns } = layOut(
    day([
      {
        clinician,
        openHours: [{ startsAt: at('09:00'), endsAt: at('12:00'), placeId: 'p' }],
        entries: [visit('a', '09:30', '10:00'), visit('b', '11:55', '12:25')],
        offerings: [],
      },
    ]),
  )
  assert.equal(new Date(first).toISOString(), '2026-12-02T09:00:00.000Z')
  assert.deepEqual(
    columns[0]!.pieces.map(({ kind, from, until }) => [kind, from, until]),
    [
      ['free', 0, 30],
      ['appointment', 30, 60],
      ['free', 60, 175],
      ['appointment', 175, 205],
    ],
  )
})

test('a group visit is one piece, with all who come', () => {
  const seated = (id: string, seat: number) => ({
    ...visit(id, '09:00', '10:00'),
    session: { id: 's', seat, seats: 8 },
  })
  const { columns } = layOut(
    day([
      {
        clinician,
        openHours: [],
        entries: [seated('a', 1), visit('b', '10:00', '10:30'), seated('c', 3)],
        offerings: [],
      },
    ]),
  )
  assert.deepEqual(
    columns[0]!.pieces.map(({ key, group }) => [key, group?.map(({ id }) => id)]),
    [
      ['a', ['a', 'c']],
      ['b', undefined],
    ],
  )
})

test('a block over the whole day does not stretch the page', () => {
  const block = { ...visit('x', '00:00', '23:59'), kind: 'block' }
  const { first, last, columns } = layOut(
    day([
      {
        clinician,
        openHours: [{ startsAt: at('09:00'), endsAt: at('12:00'), placeId: 'p' }],
        entries: [block],
        offerings: [],
      },
    ]),
  )
  assert.equal(last - first, 3 * 3_600_000)
  assert.deepEqual(
    columns[0]!.pieces.map(({ kind }) => kind),
    ['block'],
  )
})

test('moving sideways lands on what stands beside', () => {
  const { columns } = layOut(
    day([
      {
        clinician,
        openHours: [{ startsAt: at('09:00'), endsAt: at('12:00'), placeId: 'p' }],
        entries: [visit('a', '10:00', '10:30')],
        offerings: [],
      },
    ]),
  )
  const { pieces } = columns[0]!
  assert.equal(beside(pieces, 70)?.kind, 'appointment')
  assert.equal(beside(pieces, 500), pieces.at(-1))
})

test('a day on which nobody works is an empty page', () => {
  assert.deepEqual(layOut(day([])).columns, [])
})
