/** Words for what the directory tells in codes: languages, genders, days of the week, hours, distances. */
import { msg } from '@lingui/core/macro'
import type { Language } from '../../../../server/platform/endpoint.ts'
import { clock, within } from '../../ui/time.ts'
import { languages } from '../../lang/languages.ts'

export const genderWords = { female: msg`Woman`, male: msg`Man`, other: msg`Other` }
export const partWords = {
  morning: msg`Morning (before noon)`,
  afternoon: msg`Afternoon (noon to 5)`,
  evening: msg`Evening (after 5)`,
}
export const modeWords = { in_person: msg`In person`, video: msg`By video` }

/** 'Spanish' or 'español' for `es`, in the reader's language; the code itself when it has no name. */
export function languageName(code: string, reader: Language): string {
  const name =
    new Intl.DisplayNames([languages[reader].locale], { type: 'language', fallback: 'code' }).of(code) ?? code
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** 'Spanish and English'; 'Español e inglés': what follows the first is within a sentence. */
export function listOf(words: readonly string[], reader: Language): string {
  const said = words.map((word, at) => (at > 0 ? within(word, reader) : word))
  return new Intl.ListFormat(languages[reader].locale, { type: 'conjunction' }).format(said)
}

/** '2.4' of 2.43, '12' of 12.3: as exact as a distance in a straight line can be. */
export function milesText(miles: number, reader: Language): string {
  return new Intl.NumberFormat(languages[reader].locale, { maximumFractionDigits: miles < 10 ? 1 : 0 }).format(miles)
}

/** 'Monday' of 1 ... 'Sunday' of 7 (ISO 8601). */
export function weekdayName(weekday: number, reader: Language): string {
  // 5 January 2026 was a Monday.
  const day = new Date(Date.UTC(2026, 0, 4 + weekday))
  const name = new Intl.DateTimeFormat(languages[reader].locale, { weekday: 'long', timeZone: 'UTC' }).format(day)
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** '9:00 AM' of '09:00'. */
export function hourText(hour: string, reader: Language): string {
  return clock(`2026-01-05T${hour.slice(0, 5)}:00Z`, 'UTC', reader)
}

/** Weekdays in a row as one: [[1, 5]] of Monday to Friday, [[1, 1], [3, 4]] of Monday, Wednesday and Thursday. */
export function inRows(weekdays: readonly number[]): [number, number][] {
  const rows: [number, number][] = []
  for (const weekday of weekdays.toSorted((a, b) => a - b)) {
    const row = rows.at(-1)
    if (row && row[1] === weekday - 1) row[1] = weekday
    else rows.push([weekday, weekday])
  }
  return rows
}

/** 'Nov 3, 2026' of a calendar day. */
export function shortDate(day: string, reader: Language): string {
  const style = { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(languages[reader].locale, style).format(new Date(`${day}T12:00:00Z`))
}
