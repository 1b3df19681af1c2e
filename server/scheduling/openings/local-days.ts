/** Local dates of a time zone as stretches of whole minutes since 1970, and the part of the day a minute is in. Pure. */

/** A stretch of a local date without a change of the clock: minute m since 1970 is m - midnight on the wall clock. */
interface Pass {
  start: number
  end: number
  midnight: number
}

/** A date of a zone: no pass where the zone skips it, several where the clock changes. */
export interface LocalDay {
  date: string
  weekday: number
  passes: readonly Pass[]
}

/** Some dates of a zone with those around them: all that a calendar needs of time zones. Share it between clinicians. */
export interface LocalDays {
  zone: string
  /** One date before those asked for and two after: a visit may run on, over a date that the zone skips. */
  around: readonly LocalDay[]
}

/** As in the contract: morning before 12:00, afternoon before 17:00, evening after. */
export type DayPart = 'morning' | 'afternoon' | 'evening'

export const minutesOfDay = 1440
export const daysBefore = 1
export const daysAfter = 2
const noon = 12 * 60
const five = 17 * 60
const epoch = Temporal.PlainDate.from('1970-01-01')

/** The part of the day of a minute since local midnight. */
export function dayPartOf(wallMinute: number): DayPart {
  return wallMinute < noon ? 'morning' : wallMinute < five ? 'afternoon' : 'evening'
}

/** The local days that were asked for, without those around them. */
export function daysAsked({ around }: LocalDays): readonly LocalDay[] {
  return around.slice(daysBefore, -daysAfter)
}

/** Starts of one local day (minutes since 1970, in order) by part of the day, each in order. */
export function byDayPart(starts: readonly number[], day: LocalDay): Record<DayPart, number[]> {
  const parts: Record<DayPart, number[]> = { morning: [], afternoon: [], evening: [] }
  for (const start of starts) {
    const pass = day.passes.find(({ end }) => start < end)
    if (!pass || start < pass.start) throw new RangeError(`minute ${start} is not on ${day.date}`)
    parts[dayPartOf(start - pass.midnight)].push(start)
  }
  return parts
}

/** The local days from `firstDate` on. Throws a RangeError for a date or zone that does not exist. */
export function localDays(zone: string, firstDate: string, days: number): LocalDays {
  const first = Temporal.PlainDate.from(firstDate).subtract({ days: daysBefore })
  const firstDay = epoch.until(first).days
  const offsets = offsetsOf(zone, firstDay, firstDay + days + daysBefore + daysAfter)
  const around = datesFrom(first, days + daysBefore + daysAfter).map((date, i): LocalDay => {
    const day = firstDay + i
    const passes: Pass[] = []
    for (const { from, until, offset } of offsets) {
      const midnight = day * minutesOfDay - offset
      const [start, end] = [Math.max(from, midnight), Math.min(until, midnight + minutesOfDay)]
      if (start < end) passes.push({ start, end, midnight })
    }
    // 1970-01-01 was a Thursday.
    return { date, weekday: ((((day + 3) % 7) + 7) % 7) + 1, passes }
  })
  return { zone, around }
}

/**
 * The UTC offsets between two days since 1970, each from its first minute on. Historic offsets and changes that are not
 * whole minutes are rounded so that a minute belongs to where its first second lies.
 */
function offsetsOf(zone: string, firstDay: number, lastDay: number) {
  const minuteOf = (moment: Temporal.ZonedDateTime) => Math.ceil(moment.epochMilliseconds / 60_000)
  const offsetOf = (moment: Temporal.ZonedDateTime) => Math.floor(moment.offsetNanoseconds / 60e9)
  // No zone is more than a day away from UTC.
  const before = Temporal.Instant.fromEpochMilliseconds((firstDay - 1) * 86_400_000).toZonedDateTimeISO(zone)
  const offsets: { from: number; until: number; offset: number }[] = []
  let current = { from: -Infinity, offset: offsetOf(before) }
  let change = before.getTimeZoneTransition('next')
  while (change && minuteOf(change) <= (lastDay + 1) * minutesOfDay) {
    offsets.push({ ...current, until: minuteOf(change) })
    current = { from: minuteOf(change), offset: offsetOf(change) }
    change = change.getTimeZoneTransition('next')
  }
  offsets.push({ ...current, until: Infinity })
  return offsets
}

/** A month at a time: Temporal takes longer to write a date than a day's openings take to find. */
function datesFrom(first: Temporal.PlainDate, count: number): string[] {
  const dates: string[] = []
  let month = first.toPlainYearMonth()
  for (let day = first.day; dates.length < count; day = 1, month = month.add({ months: 1 })) {
    const [name, last] = [month.toString(), month.daysInMonth]
    for (; day <= last && dates.length < count; day++) dates.push(`${name}-${String(day).padStart(2, '0')}`)
  }
  return dates
}
