/** How full a day is. Pure. */
import type { Range } from '../openings/openings.ts'

interface Timed {
  startsAt: string
  endsAt: string
}

/** Visits and their minutes, of the minutes that are open. */
export function minutesIn(visits: readonly Timed[], open: readonly Range[]) {
  const long = ({ startsAt, endsAt }: Timed) =>
    Temporal.Instant.from(startsAt).until(Temporal.Instant.from(endsAt)).total('minutes')
  return {
    visits: visits.length,
    bookedMinutes: Math.round(visits.reduce((sum, visit) => sum + long(visit), 0)),
    openMinutes: openMinutesIn(open),
  }
}

export const openMinutesIn = (open: readonly Range[]) => open.reduce((sum, [start, end]) => sum + end - start, 0)
