/** Dates as FHIR searches write them (search.html#date): a prefix and a span of time as long as the text is precise. Pure. */
import { badRequest } from './outcome.ts'

/** From `from` on, up to and without `until`. */
export interface Span {
  from: Temporal.Instant
  until: Temporal.Instant
}

const form = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2})(:\d{2})?(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?)?)?)?$/

/** The time that a date, a month, a year or an instant covers; without an offset it is wall-clock time of `zone`. Refuses `bad_value`. */
export function spanOf(text: string, zone: string): Span {
  const [, year, month, day, minute, second, fraction, offset] = form.exec(text) ?? []
  if (year === undefined) throw wrong()
  try {
    if (minute !== undefined) {
      const wall = `${year}-${month}-${day}T${minute}${second ?? ':00'}${fraction ?? ''}`
      const from = offset
        ? Temporal.Instant.from(`${wall}${offset}`)
        : Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).toInstant()
      return { from, until: from.add(fraction ? { nanoseconds: 1 } : second ? { seconds: 1 } : { minutes: 1 }) }
    }
    const first = Temporal.PlainDate.from(`${year}-${month ?? '01'}-${day ?? '01'}`)
    const next = first.add(day ? { days: 1 } : month ? { months: 1 } : { years: 1 })
    return { from: midnight(first, zone), until: midnight(next, zone) }
  } catch (error) {
    if (error instanceof RangeError) throw wrong()
    throw error
  }
}

const midnight = (day: Temporal.PlainDate, zone: string) => day.toZonedDateTime({ timeZone: zone }).toInstant()
const wrong = () => badRequest('bad_value', 'A date is written like 2026-12-03 or 2026-12-03T14:00:00Z.')

/** The bounds that all of these values (`ge2026-12-01`, `lt2027`) set together on an instant; refuses prefixes it cannot keep. */
export function boundsOf(
  values: readonly string[],
  zone: string,
): { from?: Temporal.Instant; until?: Temporal.Instant } {
  let from: Temporal.Instant | undefined
  let until: Temporal.Instant | undefined
  const notBefore = (at: Temporal.Instant) => (from = from && Temporal.Instant.compare(from, at) > 0 ? from : at)
  const before = (at: Temporal.Instant) => (until = until && Temporal.Instant.compare(until, at) < 0 ? until : at)
  for (const value of values) {
    const [, prefix = 'eq', text = ''] = /^([a-z]{2})?(.*)$/s.exec(value) ?? []
    const span = spanOf(text, zone)
    if (prefix === 'eq' || prefix === 'ge') notBefore(span.from)
    if (prefix === 'gt' || prefix === 'sa') notBefore(span.until)
    if (prefix === 'eq' || prefix === 'le') before(span.until)
    if (prefix === 'lt' || prefix === 'eb') before(span.from)
    if (!['eq', 'ge', 'gt', 'sa', 'le', 'lt', 'eb'].includes(prefix))
      throw badRequest('bad_value', 'A date may begin with eq, ge, gt, sa, le, lt or eb.')
  }
  return { ...(from && { from }), ...(until && { until }) }
}
