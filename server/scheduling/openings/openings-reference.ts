/** Openings the slow and obvious way, a minute at a time: what `openings.ts` is tested and measured against. */
import type { Busy, Calendar, OfferingRule } from './openings.ts'

/** What the wall clock of a zone shows at a minute since 1970. */
export interface WallMinute {
  minute: number
  date: string
  weekday: number
  /** Whole minutes since midnight as the clock shows them. */
  wall: number
}

/**
 * Asks Temporal about every minute since 1970 from `from` to `until`, which takes thousands of times longer. For the
 * openings of a date they reach from before its local midnight to a visit's length after the next.
 */
export function wallMinutes(zone: string, from: number, until: number): WallMinute[] {
  return range(from, until).map((minute) => {
    const shown = Temporal.Instant.fromEpochMilliseconds(minute * 60_000)
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
    const date = shown.toString().slice(0, 'YYYY-MM-DD'.length)
    return { minute, date, weekday: shown.dayOfWeek, wall: shown.hour * 60 + shown.minute }
  })
}

/** Whether rules or extra hours cover what the clock shows, whatever is closed. */
function isInHours({ rules, exceptions }: Calendar, { date, weekday, wall }: WallMinute): boolean {
  const isRuled = rules.some(
    (rule) =>
      rule.weekday === weekday &&
      rule.from <= wall &&
      wall < rule.until &&
      rule.validFrom <= date &&
      (rule.validUntil === undefined || date <= rule.validUntil),
  )
  return isRuled || isExcepted(exceptions, 'open', { date, wall })
}

function isExcepted(exceptions: Calendar['exceptions'], kind: string, { date, wall }: { date: string; wall: number }) {
  return exceptions.some(
    (one) => one.kind === kind && one.date === date && (one.from ?? 0) <= wall && wall < (one.until ?? 1440),
  )
}

/** Whether the clinician is open at what the clock shows. */
export function isOpen(calendar: Calendar, shown: WallMinute): boolean {
  return isInHours(calendar, shown) && !isExcepted(calendar.exceptions, 'closed', shown)
}

/** The starts of one local date among `shown`, each minute of each visit looked at by itself. */
export function slowOpenings(
  calendar: Calendar,
  busy: readonly Busy[],
  offering: OfferingRule,
  { shown, date }: { shown: readonly WallMinute[]; date: string },
): number[] {
  const { minutes, bufferBefore, bufferAfter, step } = offering
  const open = new Set(shown.filter((one) => isOpen(calendar, one)).map(({ minute }) => minute))
  const taken = new Set(busy.flatMap(({ start, end }) => range(start, end)))
  const starts: number[] = []
  let blockStart: number | undefined
  for (const one of shown) {
    if (one.date !== date || !isInHours(calendar, one)) {
      blockStart = undefined
      continue
    }
    blockStart ??= one.minute
    if ((one.minute - blockStart) % step !== 0) continue
    const fits = range(one.minute, one.minute + minutes).every((minute) => open.has(minute))
    const isFree = range(one.minute - bufferBefore, one.minute + minutes + bufferAfter).every((m) => !taken.has(m))
    if (fits && isFree) starts.push(one.minute)
  }
  return starts
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i)
}
