/** Weekly hours as lines of a CSV file (RFC 4180, one line a record). Pure: no clock, no database. */

export interface HoursLine {
  /** Of the file, from 1. */
  line: number
  /** An NPI, or the id of the clinician. */
  clinician: string
  /** The name of the place, or its id. */
  place: string
  /** 1 is Monday. */
  weekday: number
  fromMinute: number
  untilMinute: number
  /** YYYY-MM-DD. */
  validFrom: string
  validUntil: string | null
}

export interface BrokenLine {
  line: number
  reason: string
}

const columns = ['clinician', 'place', 'weekday', 'from', 'until', 'valid_from', 'valid_until'] as const
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/** The lines that can be read, and why the others cannot. Throws when the first line does not name the columns. */
export function readHoursLines(text: string): { lines: HoursLine[]; broken: BrokenLine[] } {
  const [head = '', ...rest] = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const named = (fieldsOf(head) ?? []).map((name) => name.trim().toLowerCase())
  const missing = columns.filter((name) => name !== 'valid_until' && !named.includes(name))
  if (missing.length > 0)
    throw new Error(`The first line names the columns ${columns.join(', ')}; missing: ${missing.join(', ')}.`)
  const lines: HoursLine[] = []
  const broken: BrokenLine[] = []
  for (const [at, written] of rest.entries()) {
    if (written.trim() === '') continue
    const line = at + 2
    const read = readLine(written, named)
    if (typeof read === 'string') broken.push({ line, reason: read })
    else lines.push({ line, ...read })
  }
  return { lines, broken }
}

/** The line, or the reason why it is none. */
function readLine(written: string, named: readonly string[]): Omit<HoursLine, 'line'> | string {
  const fields = fieldsOf(written)
  if (!fields) return 'a quote is not closed'
  if (fields.length > named.length) return `has ${fields.length} fields, the first line names ${named.length}`
  const field = (name: (typeof columns)[number]) => fields[named.indexOf(name)]?.trim() ?? ''
  const [clinician, place, day] = [field('clinician'), field('place'), field('weekday').toLowerCase()]
  if (clinician === '') return 'names no clinician'
  if (place === '') return 'names no place'
  const weekday = /^[1-7]$/.test(day)
    ? Number(day)
    : days.findIndex((name) => day.length >= 3 && name.startsWith(day)) + 1
  if (weekday === 0) return `'${field('weekday')}' is no weekday: write monday to sunday, or 1 to 7`
  const [fromMinute, untilMinute] = [minuteOf(field('from')), minuteOf(field('until'))]
  if (fromMinute === undefined || fromMinute === 1440) return `'${field('from')}' is no time: write it as 09:00`
  if (untilMinute === undefined) return `'${field('until')}' is no time: write it as 17:00`
  if (untilMinute <= fromMinute) return 'ends before it begins'
  const [validFrom, validUntil] = [dayOf(field('valid_from')), dayOf(field('valid_until'))]
  if (validFrom === undefined) return `'${field('valid_from')}' is no day: write it as 2027-01-31`
  if (validUntil === undefined && field('valid_until') !== '')
    return `'${field('valid_until')}' is no day: write it as 2027-01-31`
  if (validUntil !== undefined && validUntil < validFrom) return 'its last day is before its first'
  return { clinician, place, weekday, fromMinute, untilMinute, validFrom, validUntil: validUntil ?? null }
}

/** Undefined when a quote is left open. */
function fieldsOf(line: string): string[] | undefined {
  const fields: string[] = []
  for (let at = 0; at <= line.length;) {
    const quoted = /^"((?:[^"]|"")*)"(?=,|$)/.exec(line.slice(at))
    if (!quoted && line[at] === '"') return undefined
    const [whole = '', inside] = quoted ?? /^[^,]*/.exec(line.slice(at)) ?? []
    fields.push(inside === undefined ? whole : inside.replaceAll('""', '"'))
    at += whole.length + 1
  }
  return fields
}

function minuteOf(time: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):([0-5]\d)$/.exec(time) ?? []
  const minutes = Number(hour) * 60 + Number(minute)
  return minutes <= 1440 ? minutes : undefined
}

function dayOf(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  if (month < 1 || month > 12 || day < 1) return undefined
  return Temporal.PlainDate.from({ year, month, day }).toString() === text ? text : undefined
}

export interface Hours {
  locationId: string
  weekday: number
  fromMinute: number
  untilMinute: number
  validFrom: string
  validUntil: string | null
}

export const isSame = (one: Hours, other: Hours) =>
  one.locationId === other.locationId &&
  one.weekday === other.weekday &&
  one.fromMinute === other.fromMinute &&
  one.untilMinute === other.untilMinute &&
  one.validFrom === other.validFrom &&
  one.validUntil === other.validUntil

/** Nobody is at two places, or twice at one: the same minutes of a weekday on a day that both are valid. */
export const overlaps = (one: Hours, other: Hours) =>
  one.weekday === other.weekday &&
  one.fromMinute < other.untilMinute &&
  other.fromMinute < one.untilMinute &&
  (one.validUntil === null || one.validUntil >= other.validFrom) &&
  (other.validUntil === null || other.validUntil >= one.validFrom)
