/** Whole minutes since 1970: how openings are counted, so that finding them is integer arithmetic. */

export const toMinute = (instant: Temporal.Instant): number => Math.floor(instant.epochMilliseconds / 60_000)
export const toInstant = (minute: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(minute * 60_000)
export const isWholeMinute = (instant: Temporal.Instant) =>
  instant.epochMilliseconds % 60_000 === 0 && instant.epochNanoseconds % 1_000_000n === 0n
/** The local calendar day of a minute in a zone. */
export const dayOf = (minute: number, zone: string): Temporal.PlainDate =>
  toInstant(minute).toZonedDateTimeISO(zone).toPlainDate()
