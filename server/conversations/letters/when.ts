/** Says a time in words: the clinic's wall clock with its zone label, and the reader's own for a video visit elsewhere. */
import type { Language } from '../../platform/endpoint.ts'
import { words } from '../words/index.ts'
import { zoneName } from './timezone.ts'

export interface When {
  when: Temporal.Instant
  zone: string
  viewerZone?: string
  video: boolean
  language: Language
}

/** Wednesday, December 2, 2026, 10:00 AM EST */
export const longTime = (facts: When) =>
  both(facts, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' })

/** Wed, Dec 2, 10:00 AM EST */
export const shortTime = (facts: When) => both(facts, { weekday: 'short', month: 'short', day: 'numeric' })

function both(facts: When, date: Intl.DateTimeFormatOptions): string {
  const { when, zone, viewerZone = zone, video, language } = facts
  const clinic = when.toZonedDateTimeISO(zone)
  const viewer = when.toZonedDateTimeISO(viewerZone)
  const said = `${day(clinic, language, date)}, ${clock(clinic, language)}`
  if (!video || clinic.offsetNanoseconds === viewer.offsetNanoseconds) return said
  const sameDay = clinic.toPlainDate().equals(viewer.toPlainDate())
  const there = sameDay ? clock(viewer, language) : `${day(viewer, language, date)}, ${clock(viewer, language)}`
  return `${said} (${words[language].yourTime(there)})`
}

const day = (at: Temporal.ZonedDateTime, language: Language, date: Intl.DateTimeFormatOptions) =>
  ordinarySpaces(at.toPlainDate().toLocaleString(words[language].locale, date))

const clock = (at: Temporal.ZonedDateTime, language: Language) => {
  const time = at
    .toPlainTime()
    .toLocaleString(words[language].locale, { hour: 'numeric', minute: '2-digit', hour12: true })
  return `${ordinarySpaces(time)} ${zoneName(at)}`
}

/** The narrow spaces of the language data would double the price of a text message: they are not in its alphabet. */
const ordinarySpaces = (text: string) => text.replace(/[\u00A0\u2009\u202F]/g, ' ')
