/** The demo's hours and visits: made up from numbers, the same for the same day, so that every page looks lived in. */
import { sql } from 'kysely'
import type { Tx } from '../server/platform/db.ts'
import type { ForeignVisit, WeeklyHours } from '../server/scheduling/index.ts'

/** Whole-day holidays of this year and the next that do not move. */
export function holidays(today: Temporal.PlainDate) {
  return [today.year, today.year + 1].flatMap((year) => [
    { day: Temporal.PlainDate.from({ year, month: 1, day: 1 }), name: 'New Year’s Day' },
    { day: Temporal.PlainDate.from({ year, month: 7, day: 4 }), name: 'Independence Day' },
    { day: Temporal.PlainDate.from({ year, month: 12, day: 25 }), name: 'Christmas Day' },
  ])
}

/** Weekly hours of the clinician of this index at one of so many places: days are shared out, lunch is free. */
export function weekOf(index: number, place: number, ofPlaces: number): WeeklyHours[] {
  const early = index % 3 === 0
  const late = index % 4 === 1
  return [1, 2, 3, 4, 5]
    .filter((weekday) => weekday % ofPlaces === place % ofPlaces)
    .filter((weekday) => weekday !== 1 + (index % 7))
    .flatMap((weekday) => [
      { weekday, fromMinute: early ? 7 * 60 + 30 : 9 * 60, untilMinute: 12 * 60 },
      { weekday, fromMinute: 13 * 60, untilMinute: late ? 19 * 60 : 17 * 60 },
    ])
}

const reasons = [
  'Cough that does not go away',
  'Checkup',
  'Back pain',
  'Questions about my medicines',
  'Results from last time',
  'Rash on my arm',
  'Trouble sleeping',
  'Dolor de cabeza',
  'Control anual',
]

interface Row {
  offeringId: string
  patientId: string
  startsAt: Temporal.Instant
}

/** Visits from three weeks ago to four weeks ahead: full days behind, half-full today, emptier the further ahead. */
export async function visitsAround(tx: Tx, organizationId: string, today: Temporal.PlainDate): Promise<ForeignVisit[]> {
  const { rows } = await sql<Row>`
    with slot as (
      select o.practitioner_id, o.id as offering_id, o.minutes, d.day::date as day, l.zone, m.minute, o.min_age_years, o.max_age_years,
        abs(hashtextextended(o.practitioner_id::text || d.day::date::text || (m.minute / 60)::text, 1)) as dice
      from scheduling.offering o
      join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id
      join scheduling.weekly_rule w on w.organization_id = o.organization_id and w.practitioner_id = o.practitioner_id and w.location_id = o.location_id
      cross join generate_series(${today}::date - 21, ${today}::date + 28, interval '1 day') as d(day)
      cross join lateral generate_series(w.from_minute, w.until_minute - o.minutes, 60) as m(minute)
      where o.organization_id = ${organizationId} and extract(isodow from d.day) = w.weekday and o.for_patients = 'any'
        and not exists (select from scheduling.calendar_exception e where e.organization_id = o.organization_id and e.on_date = d.day::date)
    ), one as (
      select distinct on (practitioner_id, day, minute) * from slot
      where dice % 100 < case when day < ${today}::date then 80 when day = ${today}::date then 65 when day < ${today}::date + 7 then 50 else 20 end
      order by practitioner_id, day, minute, abs(hashtextextended(offering_id::text || dice::text, 2))
    )
    select o.offering_id, p.id as patient_id, (o.day + make_interval(mins => o.minute)) at time zone o.zone as starts_at
    from one o
    join lateral (
      select id from people.patient p where p.organization_id = ${organizationId} and p.died_at is null and p.born_on is not null
        and extract(year from age(o.day, p.born_on)) between o.min_age_years and o.max_age_years
      order by abs(hashtextextended(p.id::text || o.dice::text || o.practitioner_id::text, 3)) limit 1
    ) p on true
    order by o.practitioner_id, starts_at`.execute(tx)
  return rows.map((row, index) => ({
    ...row,
    ...(index % 3 > 0 && { reason: reasons[index % reasons.length] ?? 'Checkup' }),
  }))
}
