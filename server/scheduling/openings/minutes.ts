/** Whole minutes since 1970: how openings are counted, so that finding them is integer arithmetic. */

export const toMinute = (instant: Temporal.Instant): number => Math.floor(instant.epochMilliseconds / 60_000)
export const toInstant = (minute: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(minute * 60_000)
export const isWholeMinute = (instant: Temporal.Instant) =>
  instant.epochMilliseconds % 60_000 === 0 && instant.epochNanoseconds % 1_000_000n === 0n
/** The local calendar day of a minute in a zone. */
export const dayOf = (minute: number, zone: string): Temporal.PlainDate =>
  toInstant(minute).toZonedDateTimeISO(zone).toPlainDate()

const dateOf = new Map<number, string>()
const timeOf = Array.from(
  { length: 1440 },
  (_, minute) => `T${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}:00Z`,
)

/** RFC 3339 of a whole minute since 1970, as Temporal writes it: a page of openings is hundreds of them, most of the same few dates. */
export function toText(minute: number): string {
  const day = Math.floor(minute / 1440)
  let date = dateOf.get(day)
  if (date === undefined) {
    if (dateOf.size > 1000) dateOf.clear()
    date = toInstant(day * 1440)
      .toString()
      .slice(0, 10)
    dateOf.set(day, date)
  }
  return date + (timeOf[minute - day * 1440] ?? '')
}

function twoDigits(number: number) {
  return String(number).padStart(2, '0')
}
