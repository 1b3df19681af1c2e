/**
 * Turns a clinician's calendar into openings: pure, in whole minutes since 1970, the same in every time zone.
 *
 * What holds:
 * - Rules and exceptions are wall-clock time of the zone. A minute that the clock skips is not there; a minute that the
 *   clock shows twice is open twice. A local day may have 23, 23½, 25 or no hours, or come in two pieces.
 * - Closed time wins over rules and over extra hours. It only removes: the other starts stay where they were.
 * - The hours of one date (rules and extra hours) that overlap or touch in real time are one block. Starts stand every
 *   `step` real minutes from the first instant of their block; each date begins its own blocks.
 * - A start belongs to the local date it falls on. The visit itself lies in open time, and may run on past midnight if
 *   the next date is open from there.
 * - Buffers need time that is not busy; they may lie outside opening hours. Busy time already holds its own buffers.
 *   Ranges are [start, end): a visit may start the minute another ends.
 */

import {
  daysAfter,
  daysAsked,
  daysBefore,
  localDays,
  minutesOfDay,
  type LocalDay,
  type LocalDays,
} from './local-days.ts'

/** Weekly hours in minutes since local midnight, on dates from `validFrom` to `validUntil`, both included. */
export interface WeeklyRule {
  /** ISO 8601: Monday is 1, Sunday is 7. */
  weekday: number
  from: number
  /** More than `from`, at most 1440. */
  until: number
  /** YYYY-MM-DD, as all dates here. */
  validFrom: string
  validUntil?: string
}

/** Closed (leave, holiday, blocked) or extra open time on one date; without `from` and `until`, all of it. */
export interface Exception {
  kind: 'closed' | 'open'
  date: string
  from?: number
  until?: number
}

/** Taken time in whole minutes since 1970, `end` excluded. In any order; may overlap. */
export interface Busy {
  start: number
  end: number
}

/** A visit's length and buffers, and how far its starts lie apart, in minutes. */
export interface OfferingRule {
  /** 1 to 1440. */
  minutes: number
  bufferBefore: number
  bufferAfter: number
  /** At least 1. */
  step: number
}

export interface Calendar {
  /** IANA name. */
  zone: string
  rules: readonly WeeklyRule[]
  exceptions: readonly Exception[]
}

/** Minutes, the end excluded: since 1970, or of the wall clock where it says so. */
export type Range = readonly [start: number, end: number]

export interface DayOpenings {
  date: string
  /** Minutes since 1970, in order. */
  starts: number[]
}

/** When the clinician is open on a local date, before anything is booked: in order, apart from each other. */
export function openMinutes(calendar: Calendar, date: string): Range[] {
  const day = localDays(calendar.zone, date, 1).around[daysBefore]
  return day ? hoursOn(day, calendar.rules, exceptionsByDate(calendar)(date)).open : []
}

/** The same on each of some local days found once. */
export function openOnDays(calendar: Calendar, days: LocalDays): Range[][] {
  const exceptionsOn = exceptionsByDate(calendar)
  return daysAsked(days).map((day) => hoursOn(day, calendar.rules, exceptionsOn(day.date)).open)
}

/** The starts of one local date, in order. Throws as `openingsOnDays`. */
export function openingsOfDay(
  calendar: Calendar,
  busy: readonly Busy[],
  offering: OfferingRule,
  date: string,
): number[] {
  return openingsOnDays(calendar, busy, offering, localDays(calendar.zone, date, 1))[0]?.starts ?? []
}

/** The starts of `days` dates from `firstDate` on, a line a date. Throws as `openingsOnDays` and `localDays`. */
export function openingsOfRange(
  calendar: Calendar,
  busy: readonly Busy[],
  offering: OfferingRule,
  ...[firstDate, days]: [firstDate: string, days: number]
): DayOpenings[] {
  return openingsOnDays(calendar, busy, offering, localDays(calendar.zone, firstDate, days))
}

/**
 * The same for local days found once and shared by all clinicians of a zone. Throws a RangeError for days of another
 * zone, and for an offering whose minutes cannot be.
 */
export function openingsOnDays(
  calendar: Calendar,
  busy: readonly Busy[],
  offering: OfferingRule,
  days: LocalDays,
): DayOpenings[] {
  const { hours, free } = hoursAndFree(calendar, busy, offering, days)
  return hours.slice(daysBefore, -daysAfter).map(({ day, blocks }) => {
    const starts: number[] = []
    for (const block of blocks) addStarts(starts, block, free, offering.step)
    return { date: day.date, starts }
  })
}

/**
 * When a visit may start as far as this calendar goes, on no grid: of a room or an interpreter, whose hours begin no block
 * of openings. In order, apart from each other. Throws as `openingsOnDays`.
 */
export function startsOnDays(
  calendar: Calendar,
  busy: readonly Busy[],
  offering: OfferingRule,
  days: LocalDays,
): Range[] {
  return hoursAndFree(calendar, busy, offering, days).free
}

function hoursAndFree(calendar: Calendar, busy: readonly Busy[], offering: OfferingRule, days: LocalDays) {
  if (days.zone !== calendar.zone) throw new RangeError(`days of ${days.zone} for a calendar of ${calendar.zone}`)
  refuseOddMinutes(offering)
  const exceptionsOn = exceptionsByDate(calendar)
  const hours = days.around.map((day) => ({ day, ...hoursOn(day, calendar.rules, exceptionsOn(day.date)) }))
  const free = startsAllowed(merged(hours.flatMap(({ open }) => open)), busy, offering)
  return { hours, free }
}

function refuseOddMinutes({ minutes, bufferBefore, bufferAfter, step }: OfferingRule) {
  const whole = [minutes, bufferBefore, bufferAfter, step].every((value) => Number.isSafeInteger(value) && value >= 0)
  if (!whole || minutes < 1 || minutes > minutesOfDay || step < 1)
    throw new RangeError('an offering has whole minutes: a length from 1 to 1440, a step from 1, buffers from 0')
}

/** What is left of some starts when more time is taken: what computing them anew with that busy time gives. */
export function afterBooking(starts: readonly number[], busy: Busy, offering: OfferingRule): number[] {
  if (busy.start >= busy.end) return [...starts]
  const { minutes, bufferBefore, bufferAfter } = offering
  return starts.filter((start) => start - bufferBefore >= busy.end || start + minutes + bufferAfter <= busy.start)
}

function exceptionsByDate({ exceptions }: Calendar): (date: string) => readonly Exception[] {
  const dates = new Map<string, Exception[]>()
  for (const exception of exceptions) {
    const known = dates.get(exception.date)
    if (known) known.push(exception)
    else dates.set(exception.date, [exception])
  }
  return (date) => dates.get(date) ?? []
}

/** The blocks of hours of a local day, and what of them is open. */
function hoursOn(day: LocalDay, rules: readonly WeeklyRule[], exceptions: readonly Exception[]) {
  const wallHours: Range[] = []
  for (const { weekday, from, until, validFrom, validUntil } of rules)
    if (weekday === day.weekday && validFrom <= day.date && (validUntil === undefined || day.date <= validUntil))
      wallHours.push([from, until])
  const closed: Range[] = []
  for (const { kind, from = 0, until = minutesOfDay } of exceptions)
    (kind === 'open' ? wallHours : closed).push([from, until])
  const blocks = onTheClock(wallHours, day)
  return { blocks, open: closed.length === 0 ? blocks : without(blocks, onTheClock(closed, day)) }
}

/** Wall-clock ranges of a day as minutes since 1970: none for those the clock skips, two for those it repeats. */
function onTheClock(ranges: readonly Range[], { passes }: LocalDay): Range[] {
  const real: Range[] = []
  for (const { start, end, midnight } of passes)
    for (const [from, until] of ranges) real.push([Math.max(start, midnight + from), Math.min(end, midnight + until)])
  return merged(real)
}

/** In order, with those that overlap or touch made one and empty ones left out. */
export function merged(ranges: readonly Range[]): Range[] {
  const apart: [number, number][] = []
  let last: [number, number] | undefined
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (start >= end) continue
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else apart.push((last = [start, end]))
  }
  return apart
}

/** The first ranges less the second; both merged. */
function without(ranges: readonly Range[], gone: readonly Range[]): Range[] {
  const left: Range[] = []
  let next = 0
  for (const [start, end] of ranges) {
    let from = start
    // What ends before this range also ends before those after it; the last one met may reach into them.
    while (next < gone.length && (gone[next]?.[1] ?? 0) <= start) next++
    for (let i = next; i < gone.length; i++) {
      const [goneFrom, goneUntil] = gone[i] ?? [end, end]
      if (goneFrom >= end) break
      if (goneFrom > from) left.push([from, goneFrom])
      from = goneUntil
    }
    if (from < end) left.push([from, end])
  }
  return left
}

/** Where a visit may start, on the grid or not: open for its length, and free for its length and buffers. */
function startsAllowed(open: readonly Range[], busy: readonly Busy[], offering: OfferingRule): Range[] {
  const { minutes, bufferBefore, bufferAfter } = offering
  const real = busy.filter(({ start, end }) => start < end)
  // The end of a range is excluded: the last start of an open range is its end less the length.
  const fits = open.map(([start, end]): Range => [start, end - minutes + 1])
  const hidden = real.map(({ start, end }): Range => [start - minutes - bufferAfter + 1, end + bufferBefore])
  return without(merged(fits), merged(hidden))
}

/** Adds each start on a block's grid that lies in an allowed range. */
function addStarts(starts: number[], [from, until]: Range, allowed: readonly Range[], step: number) {
  for (let i = firstEndingAfter(allowed, from); i < allowed.length; i++) {
    const [start, end] = allowed[i] ?? [until, until]
    if (start >= until) return
    const steps = Math.max(0, Math.ceil((start - from) / step))
    for (let at = from + steps * step; at < end && at < until; at += step) starts.push(at)
  }
}

function firstEndingAfter(ranges: readonly Range[], minute: number): number {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ranges[middle]?.[1] ?? Infinity) > minute) high = middle
    else low = middle + 1
  }
  return low
}
