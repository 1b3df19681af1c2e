/**
 * A visit as a calendar object (RFC 5545) that updates and cancels itself (RFC 5546): one UID, a rising SEQUENCE.
 * Calendars are shared with family and work: it says when and where, and nothing about health or who is seen.
 */
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventClass,
  ICalEventStatus,
  type ICalCalendar,
} from 'ical-generator'
import type { Language } from '../../platform/endpoint.ts'
import { words } from '../words/index.ts'
import type { Place } from './facts.ts'
import { oneLine, spokenPhone } from './plain.ts'
import { timezoneBlock } from './timezone.ts'

export interface CalendarFacts {
  /** REQUEST books or moves, CANCEL removes; both by mail. PUBLISH is a download: it names no patient. */
  method: 'REQUEST' | 'CANCEL' | 'PUBLISH'
  appointmentId: string
  /** The version of the appointment; becomes SEQUENCE, so it must rise with each change. */
  version: number
  /** When this version was made: DTSTAMP. */
  madeAt: Temporal.Instant
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  /** IANA zone of the place. */
  zone: string
  language: Language
  /** The name fit for strangers' eyes: an alias where the real one reveals the kind of care. */
  clinicName: string
  clinicPhone: string
  /** The same in every version, or calendars take an update for another event: use the address that mail comes from. */
  organizer: string
  attendee: { name: string; email: string }
  place: Place
  video: boolean
  manageUrl: string
}

interface CalendarFile {
  method: CalendarFacts['method']
  content: string
  fileName: string
}

/** The calendar object and its file name. Lines are folded at 75 octets and end with CRLF. */
export function calendarOf(facts: CalendarFacts): CalendarFile {
  const { method } = facts
  return { ...fileOf(method, [facts]), fileName: method === 'CANCEL' ? 'cancel.ics' : 'visit.ics' }
}

/**
 * Several visits in one object. Of an invitation all events have one UID (RFC 5546 §3.2.2), so that several are published:
 * each with the UID and SEQUENCE that it keeps when it is changed by itself later.
 */
export const calendarOfSeveral = (events: readonly CalendarFacts[]): CalendarFile => ({
  ...fileOf('PUBLISH', events),
  fileName: 'visits.ics',
})

function fileOf(method: CalendarFacts['method'], events: readonly CalendarFacts[]) {
  const [first] = events
  if (!first) throw new RangeError('a calendar needs a visit')
  const calendar = ical({
    prodId: { company: 'Attend', product: 'Attend', language: first.language },
    method: ICalCalendarMethod[method],
    scale: 'GREGORIAN',
    timezone: { name: null, generator: (zone) => timezoneBlock(zone, first.startsAt) },
  })
  for (const facts of events) addEvent(calendar, method, facts)
  return { method, content: `${calendar.toString()}\r\n` }
}

function addEvent(calendar: ICalCalendar, published: CalendarFacts['method'], facts: CalendarFacts) {
  const { method, language } = facts
  const isOff = method === 'CANCEL'
  calendar.createEvent({
    id: facts.appointmentId,
    sequence: facts.version,
    stamp: facts.madeAt,
    start: facts.startsAt,
    end: facts.endsAt,
    // The zone belongs to the event: given to the calendar, the library would write DTSTAMP in local time.
    timezone: hasWallClock(facts) ? facts.zone : null,
    summary: words[language].calendar.summary(oneLine(facts.clinicName)),
    location: whereabouts(facts),
    description: description(facts),
    // The library escapes commas and semicolons as in text, which a URI must not have.
    url: facts.manageUrl.replaceAll(',', '%2C').replaceAll(';', '%3B'),
    organizer: { name: oneLine(facts.clinicName), email: facts.organizer },
    attendees: published === 'PUBLISH' ? [] : [attendee(facts)],
    status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    busystatus: isOff ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
    class: ICalEventClass.PRIVATE,
  })
}

/**
 * When clocks go back an hour happens twice. Local time should mean the first (RFC 5545 §3.3.5), yet some programs read
 * the second: a visit that touches such an hour is written in UTC.
 */
function hasWallClock({ zone, startsAt, endsAt }: CalendarFacts): boolean {
  if (zone === 'UTC') return false
  return [startsAt, endsAt].every((at) => {
    const said = at.toZonedDateTimeISO(zone).toPlainDateTime()
    const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
      said.toZonedDateTime(zone, { disambiguation }),
    )
    return first && second?.equals(first)
  })
}

function whereabouts({ video, place, language }: CalendarFacts) {
  if (video) return { title: words[language].calendar.video }
  const title = [place.name, ...place.lines].map(oneLine).filter(Boolean).join(', ')
  const { latitude, longitude } = place
  return latitude === null || longitude === null ? { title } : { title, geo: { lat: latitude, lon: longitude } }
}

function description({ language, method, manageUrl, clinicPhone, place }: CalendarFacts): string {
  const say = words[language]
  const call = say.call(spokenPhone(place.phone ?? clinicPhone))
  if (method === 'CANCEL') return [say.lead.cancelled, call].join('\n')
  return [`${say.button.booked}: ${manageUrl}`, call, say.calendar.decliningIsNotCancelling].join('\n')
}

const attendee = ({ attendee: { name, email } }: CalendarFacts) => ({
  name: oneLine(name) || email,
  email,
  role: ICalAttendeeRole.REQ,
  status: ICalAttendeeStatus.NEEDSACTION,
  // Nobody reads the answers that calendars would send back.
  rsvp: false,
})
