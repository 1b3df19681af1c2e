/** Times as people read them: the place's wall clock with its zone's name, and the reader's own where it differs. */
import { languages } from '../lang/languages.ts'
import type { Language } from '../../../server/platform/endpoint.ts'

type Style = Intl.DateTimeFormatOptions

// Making a formatter costs more than using it a hundred times.
const made = new Map<string, Intl.DateTimeFormat>()
function formatter(language: Language, style: Style): Intl.DateTimeFormat {
  const key = language + JSON.stringify(style)
  const found = made.get(key) ?? new Intl.DateTimeFormat(languages[language].locale, style)
  made.set(key, found)
  return found
}

const longDayStyle: Style = { weekday: 'long', month: 'long', day: 'numeric' }
const shortDayStyle: Style = { weekday: 'short', month: 'short', day: 'numeric' }
const clockStyle: Style = { hour: 'numeric', minute: '2-digit' }
const noon = (day: string) => new Date(`${day}T12:00:00Z`)

/** '9:30 AM' of an ISO instant, on the wall of an IANA zone. */
export function clock(instant: string, timeZone: string, language: Language): string {
  return plain(formatter(language, { ...clockStyle, timeZone }).format(new Date(instant)))
}

/** 'EST': what that zone is called at that instant. */
export function zoneName(instant: string, timeZone: string, language: Language): string {
  const parts = formatter(language, { ...clockStyle, timeZone, timeZoneName: 'short' }).formatToParts(new Date(instant))
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone
}

/** 'Tuesday, November 24' of an instant on that zone's calendar; with the year when it is not this one. */
export function longDay(instant: string, timeZone: string, language: Language): string {
  return dayName(dayOf(instant, timeZone), language)
}

/** '2026-11-24': the calendar day of an instant in a zone. */
export function dayOf(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return parts.format(new Date(instant))
}

/** 'Tuesday, November 24' (or 'Tue, Nov 24' when `short`) of a calendar day; with the year when it is not this one. */
export function dayName(day: string, language: Language, short = false): string {
  const year: Style = day.startsWith(String(new Date().getFullYear())) ? {} : { year: 'numeric' }
  const style: Style = { ...(short ? shortDayStyle : longDayStyle), ...year, timeZone: 'UTC' }
  const named = formatter(language, style)
  if (!short || language === 'en') return sentence(named.format(noon(day)))
  // 'Mar 1 dic', as calendars have it: the long form does not fit the button of a time.
  const words = named.formatToParts(noon(day)).filter(({ type }) => type !== 'literal')
  return sentence(words.map(({ value }) => value).join(' '))
}

/** 'Mon': of a calendar day. */
export function weekdayName(day: string, language: Language): string {
  return sentence(formatter(language, { weekday: 'short', timeZone: 'UTC' }).format(noon(day)))
}

/** 'December 2026': the month of a calendar day. */
export function monthName(day: string, language: Language): string {
  return sentence(formatter(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(noon(day)))
}

/** A day's name where no sentence begins: Spanish writes it with a small letter. */
export function within(name: string, language: Language): string {
  return language === 'es' ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

/** 'February 1, 1980': a birth date and its like, no weekday. */
export function dateName(day: string, language: Language): string {
  return formatter(language, { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' }).format(noon(day))
}

/** '2026-11-25': so many calendar days later. */
export function daysLater(day: string, days: number): string {
  const moved = noon(day)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10)
}

/** So many calendar months later; the 31st stays within a shorter month. */
export function monthsLater(day: string, months: number): string {
  const first = noon(`${day.slice(0, 8)}01`)
  first.setUTCMonth(first.getUTCMonth() + months)
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(Number(day.slice(8)), last))
  return first.toISOString().slice(0, 10)
}

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: string) => noon(day).getUTCDay() || 7

export interface WallTime {
  /** '2026-11-24' */
  date: string
  day: string
  time: string
  zone: string
}

/** An instant on the wall of a zone. */
export function wallTime(instant: string, timeZone: string, language: Language): WallTime {
  return {
    date: dayOf(instant, timeZone),
    day: longDay(instant, timeZone, language),
    time: clock(instant, timeZone, language),
    zone: zoneName(instant, timeZone, language),
  }
}

/** The reader's own IANA zone, as the browser knows it. */
export function readersZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The place's wall time, and the reader's when their clock shows another hour or day at that instant. */
export function bothWalls(instant: string, timeZone: string, language: Language, reader = readersZone()) {
  const there = wallTime(instant, timeZone, language)
  const here = wallTime(instant, reader, language)
  const same = there.date === here.date && there.time === here.time
  return { there, here: same ? undefined : here }
}

// Some locales put a narrow no-break space before 'AM': plain spaces copy, search and compare as people expect.
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** The instant at which a clock in this zone shows that time of that day; in the hour that is skipped, an hour on. */
export function instantAt(day: string, time: string, timeZone: string): string {
  const shown = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const wanted = Date.parse(`${day}T${time}:00Z`)
  let at = wanted
  for (let round = 0; round < 2; round++)
    at += wanted - Date.parse(`${dayOf(new Date(at).toISOString(), timeZone)}T${shown.format(at)}:00Z`)
  return new Date(at).toISOString().replace('.000', '')
}
