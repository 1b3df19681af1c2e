/** When a clinician is open at each place, day by day, before anything is booked. */
import type { Tx } from '../../platform/db.ts'
import type { Whose } from '../openings/calendar.ts'
import { openMinutes } from '../openings/openings.ts'
import { calendarAt, readExceptions, readRules } from '../openings/read-calendar.ts'

/** Minutes since 1970, of `days` local dates from the first one on. */
export async function openHoursByDay(
  tx: Tx,
  { organizationId, practitionerId }: Whose,
  span: { firstDay: Temporal.PlainDate; days: number },
) {
  const [rules, exceptions, places] = await Promise.all([
    readRules(tx, organizationId, [practitionerId]),
    readExceptions(tx, organizationId, [practitionerId], span),
    tx
      .selectFrom('scheduling.offering as o')
      .innerJoin('directory.location as l', (join) =>
        join.onRef('l.organizationId', '=', 'o.organizationId').onRef('l.id', '=', 'o.locationId'),
      )
      .where('o.organizationId', '=', organizationId)
      .where('o.practitionerId', '=', practitionerId)
      .select(['l.id as locationId', 'l.zone'])
      .distinct()
      .execute(),
  ])
  const dates = Array.from({ length: span.days }, (_, at) => span.firstDay.add({ days: at }).toString())
  return places.flatMap(({ locationId, zone }) => {
    const calendar = calendarAt(locationId, zone, { rules, exceptions })
    return dates.map((day) => ({ day, locationId, open: openMinutes(calendar, day) }))
  })
}
