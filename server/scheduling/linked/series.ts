/**
 * Plans a series: visits every so many days, at one time of the wall clock, with one clinician or any of several. Pure: no
 * clock, no database.
 *
 * What holds: each visit has a day of its own, `everyDays` after the one before, and may lie `slackDays` from it, never as
 * far as halfway to the next. One time, and with `sameClinician` one clinician, is chosen for all: those with which most
 * visits can be as they were wished; then those whose visits lie nearest to their days; then the earliest time, then the
 * clinician who was named first. A visit that cannot be so has the opening that breaks the fewest wishes instead.
 */
import type { DayPart } from '../openings/local-days.ts'
import { partOf, weekdayOf, type Slot } from './slots.ts'

export interface SeriesWish {
  /** Local days since 1970. */
  firstDay: number
  everyDays: number
  count: number
  /** Less than half of `everyDays`. */
  slackDays: number
  /** Any when there is none. */
  weekdays: readonly number[]
  part: DayPart | undefined
  /** Minutes since local midnight; the plan chooses when none is said. */
  wall: number | undefined
  sameClinician: boolean
}

export type Broken = 'day' | 'weekday' | 'part' | 'time' | 'clinician'

export interface SeriesVisit {
  day: number
  /** As it was wished. */
  slot: Slot | undefined
  /** What comes nearest, when nothing is as it was wished, and what of the wish it breaks. */
  instead: { slot: Slot; broken: readonly Broken[] } | undefined
}

export interface Series {
  /** The time of all; undefined when no visit can be as wished. */
  wall: number | undefined
  practitionerId: string | undefined
  visits: SeriesVisit[]
}

interface Key {
  wall: number
  practitionerId: string | undefined
}

/** `slots` in any order; the order of clinicians in them counts. */
export function planSeries(slots: readonly Slot[], wish: SeriesWish): Series {
  const days = Array.from({ length: wish.count }, (_, at) => wish.firstDay + at * wish.everyDays)
  const fitting = days.map((day) => slots.filter((slot) => brokenBy(slot, day, wish).length === 0))
  let best: { key: Key; chosen: (Slot | undefined)[]; met: number; off: number } | undefined
  for (const key of keysIn(fitting.flat(), wish)) {
    const chosen = days.map((day, at) => nearestTo(day, (fitting[at] ?? []).filter(isOf(key))))
    const met = chosen.filter(Boolean).length
    const off = days.reduce((sum, day, at) => sum + Math.abs((chosen[at]?.day ?? day) - day), 0)
    if (!best || met > best.met || (met === best.met && off < best.off)) best = { key, chosen, met, off }
  }
  const wall = best?.key.wall ?? wish.wall
  const practitionerId = best?.key.practitionerId
  return {
    wall,
    practitionerId,
    visits: days.map((day, at) => {
      const slot = best?.chosen[at]
      return { day, slot, instead: slot ? undefined : insteadOf(slots, day, { ...wish, wall }, practitionerId) }
    }),
  }
}

const isOf =
  ({ wall, practitionerId }: Key) =>
  (slot: Slot) =>
    slot.wall === wall && (practitionerId === undefined || slot.practitionerId === practitionerId)

/** Every time, with one clinician or with any, the earliest first. */
function keysIn(slots: readonly Slot[], { sameClinician }: SeriesWish): Key[] {
  const keys = new Map<string, Key>()
  for (const { wall, practitionerId } of slots) {
    const key = { wall, practitionerId: sameClinician ? practitionerId : undefined }
    keys.set(`${wall} ${key.practitionerId ?? ''}`, key)
  }
  return [...keys.values()].sort((one, other) => one.wall - other.wall)
}

function brokenBy(slot: Slot, day: number, wish: SeriesWish, practitionerId?: string): Broken[] {
  const { slackDays, weekdays, part, wall } = wish
  const broken: Broken[] = []
  if (Math.abs(slot.day - day) > slackDays) broken.push('day')
  if (weekdays.length > 0 && !weekdays.includes(weekdayOf(slot.day))) broken.push('weekday')
  if (part !== undefined && partOf(slot) !== part) broken.push('part')
  if (wall !== undefined && slot.wall !== wall) broken.push('time')
  if (practitionerId !== undefined && slot.practitionerId !== practitionerId) broken.push('clinician')
  return broken
}

function nearestTo(day: number, slots: readonly Slot[]): Slot | undefined {
  return least(slots, (slot) => [Math.abs(slot.day - day), slot.start])
}

/** Nearer to its own day than to its neighbours', so that a series stays in order. */
function insteadOf(slots: readonly Slot[], day: number, wish: SeriesWish, practitionerId: string | undefined) {
  const reach = Math.floor((wish.everyDays - 1) / 2)
  const near = slots.filter((slot) => Math.abs(slot.day - day) <= reach)
  const slot = least(near, (one) => [
    brokenBy(one, day, wish, practitionerId).length,
    Math.abs(one.day - day),
    Math.abs(one.wall - (wish.wall ?? one.wall)),
    one.start,
  ])
  return slot && { slot, broken: brokenBy(slot, day, wish, practitionerId) }
}

/** The first of those whose numbers are the least, read from the left. */
function least(slots: readonly Slot[], by: (slot: Slot) => number[]): Slot | undefined {
  let found: { slot: Slot; cost: number[] } | undefined
  for (const slot of slots) {
    const cost = by(slot)
    if (!found || isLess(cost, found.cost)) found = { slot, cost }
  }
  return found?.slot
}

function isLess(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((number, place) => number !== other[place])
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0)
}
