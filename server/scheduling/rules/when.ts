/** Where on the local clock a visit lies, as the rules look at it. Pure. */
import { minutesOfDay } from '../openings/local-days.ts'
import { dayOf, toInstant, toMinute } from '../openings/minutes.ts'
import type { When } from './judge.ts'

/** The local day of a visit of so many minutes. */
export function whenOf(start: number, minutes: number, zone: string): When {
  const begins = toInstant(start).toZonedDateTimeISO(zone)
  return whenOn(dayAt(begins.toPlainDate().toString(), zone), start, minutes)
}

export interface LocalDate {
  date: string
  weekday: number
  zone: string
  day: readonly [number, number]
}

const known = new Map<string, LocalDate>()

/** A local date with its first minute and that of the next: asked for again and again, found once. */
export function dayAt(date: string, zone: string): LocalDate {
  const key = `${date} ${zone}`
  const found = known.get(key)
  if (found) return found
  if (known.size > 5000) known.clear()
  const plain = Temporal.PlainDate.from(date)
  const local = {
    date,
    zone,
    weekday: plain.dayOfWeek,
    day: [startOf(plain, zone), startOf(plain.add({ days: 1 }), zone)],
  } as const
  known.set(key, local)
  return local
}

/** A visit on a local date. */
export function whenOn({ date, zone, weekday, day }: LocalDate, start: number, minutes: number): When {
  const fromWall = day[1] - day[0] === minutesOfDay ? start - day[0] : wallMinute(start, zone)
  return {
    start,
    end: start + minutes,
    fromWall,
    untilWall: fromWall + minutes,
    date,
    weekday,
    day,
    week: () => weekAround(date, zone),
  }
}

/** On a day on which the clock changes. */
function wallMinute(start: number, zone: string): number {
  const { hour, minute } = toInstant(start).toZonedDateTimeISO(zone)
  return hour * 60 + minute
}

function weekAround(date: string, zone: string) {
  const plain = Temporal.PlainDate.from(date)
  const monday = plain.subtract({ days: plain.dayOfWeek - 1 })
  return [startOf(monday, zone), startOf(monday.add({ days: 7 }), zone)] as const
}

const startOf = (day: Temporal.PlainDate, zone: string) => toMinute(day.toZonedDateTime(zone).toInstant())

/** The days to read around a date so that its whole week is there, in any zone. */
export function weekSpan(start: number): { from: Temporal.Instant; until: Temporal.Instant } {
  const day = dayOf(start, 'UTC')
  const at = (days: number) => day.add({ days }).toZonedDateTime('UTC').toInstant()
  return { from: at(-8), until: at(9) }
}
