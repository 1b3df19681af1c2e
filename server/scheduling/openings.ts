/** Draft. */
export interface WeeklyRule { weekday: number; from: number; until: number; validFrom: string; validUntil?: string }
export interface Exception { kind: 'closed' | 'open'; date: string; from?: number; until?: number }
export interface Busy { start: number; end: number }
export interface OfferingRule { minutes: number; bufferBefore: number; bufferAfter: number; step: number }
export interface Calendar { zone: string; rules: readonly WeeklyRule[]; exceptions: readonly Exception[] }
type Range = [number, number]
const minuteOf = (date: Temporal.PlainDate, minute: number, zone: string) =>
  (minute >= 1440 ? date.add({ days: 1 }).toZonedDateTime(zone) : date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 }) })).epochMilliseconds / 60000
export function openMinutes(calendar: Calendar, date: string): Range[] {
  const day = Temporal.PlainDate.from(date)
  let open: Range[] = calendar.rules.filter((r) => r.weekday === day.dayOfWeek && r.validFrom <= date && (!r.validUntil || r.validUntil >= date)).map((r) => [r.from, r.until])
  for (const e of calendar.exceptions) if (e.date === date && e.kind === 'open') open.push([e.from ?? 0, e.until ?? 1440])
  for (const e of calendar.exceptions) if (e.date === date && e.kind === 'closed') {
    const [f, u] = [e.from ?? 0, e.until ?? 1440]
    open = open.flatMap(([a, b]): Range[] => [[a, Math.min(b, f)], [Math.max(a, u), b]].filter(([x = 0, y = 0]) => x < y) as Range[])
  }
  open.sort((a, b) => a[0] - b[0])
  return open.map(([a, b]): Range => [minuteOf(day, a, calendar.zone), minuteOf(day, b, calendar.zone)])
}
export function openingsOfRange(calendar: Calendar, busy: readonly Busy[], offering: OfferingRule, firstDate: string, days: number) {
  return Array.from({ length: days }, (_, i) => {
    const date = Temporal.PlainDate.from(firstDate).add({ days: i }).toString()
    const starts: number[] = []
    for (const [a, b] of openMinutes(calendar, date)) for (let s = a; s + offering.minutes <= b; s += offering.step)
      if (!busy.some((x) => x.start < s + offering.minutes + offering.bufferAfter && x.end > s - offering.bufferBefore)) starts.push(s)
    return { date, starts }
  })
}
