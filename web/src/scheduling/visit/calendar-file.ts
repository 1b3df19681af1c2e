/** A visit as a file that calendars read (RFC 5545). It names no patient and no kind of care: others may see a calendar. */

export interface CalendarVisit {
  /** The appointment's id: the invitation by mail has the same, so that a calendar shows one event. */
  id: string
  version: number
  /** ISO instants. */
  startsAt: string
  endsAt: string
  title: string
  where: string
  notes: string
  /** ISO instant of the making of the file. */
  madeAt: string
}

/** The whole file: lines end with CRLF and are folded at 75 octets. Times are in UTC, which every calendar shows in its own zone. */
export function calendarFile(visit: CalendarVisit): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Attend//Attend//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${visit.id}`,
    `SEQUENCE:${visit.version}`,
    `DTSTAMP:${utc(visit.madeAt)}`,
    `DTSTART:${utc(visit.startsAt)}`,
    `DTEND:${utc(visit.endsAt)}`,
    `SUMMARY:${escaped(visit.title)}`,
    ...(visit.where ? [`LOCATION:${escaped(visit.where)}`] : []),
    ...(visit.notes ? [`DESCRIPTION:${escaped(visit.notes)}`] : []),
    'CLASS:PRIVATE',
    'STATUS:CONFIRMED',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** '20261124T143000Z' */
const utc = (instant: string) => `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** RFC 5545 §3.3.11. */
const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n')

/** RFC 5545 §3.1: no line over 75 octets, no character cut in two. */
function folded(line: string): string {
  let [text, length] = ['', 0]
  for (const character of line) {
    const bytes = new TextEncoder().encode(character).length
    if (length + bytes > 75) [text, length] = [`${text}\r\n `, 1]
    text += character
    length += bytes
  }
  return text
}
