/** Openings of several offerings as a plan sees them: whose, when, on which local day and at what time of the wall clock. Pure. */
import { dayPartOf, type DayPart } from '../openings/local-days.ts'

export interface Slot {
  offeringId: string
  practitionerId: string
  /** Minutes since 1970, the end excluded. */
  start: number
  end: number
  /** Local days since 1970. */
  day: number
  /** Minutes since local midnight: what stays the same when the clocks change. */
  wall: number
}

/** Monday is 1; 1 January 1970 was a Thursday. */
export const weekdayOf = (day: number) => ((((day + 3) % 7) + 7) % 7) + 1

export const partOf = ({ wall }: Slot): DayPart => dayPartOf(wall)

/** How far a visit lies after the one before it: minutes between them, or local days. No `max`: however late. */
export interface Gap {
  unit: 'minute' | 'day'
  min: number
  max: number | null
}

/** How far a visit is outside its gap, in the gap's unit; 0 when it is kept, undefined when it begins before the other ends. */
export function outsideGap(gap: Gap | null, before: Slot, after: Slot): number | undefined {
  if (after.start < before.end) return undefined
  if (!gap) return 0
  const apart = gap.unit === 'day' ? after.day - before.day : after.start - before.end
  return Math.max(0, gap.min - apart, gap.max === null ? 0 : apart - gap.max)
}

export const isKept = (gap: Gap | null, before: Slot, after: Slot) => outsideGap(gap, before, after) === 0
