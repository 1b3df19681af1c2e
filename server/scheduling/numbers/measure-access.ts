/** Measures once a day how long people wait for a visit, and how full the hours of the days before were. */
import { sql } from 'kysely'
import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { toMinute } from '../openings/minutes.ts'
import { openHoursByDay } from './open-hours.ts'
import type { Whose } from '../openings/calendar.ts'
import './tables.ts'

/** Figures are kept so many days. */
const keptDays = 400
/** Those of each clinician. */
const keptOfClinicians = 100
/** Days back that are measured where they were not yet. */
const daysBack = 30
/** Sorts after every wait that the index can have. */
const never = 9_999

/** The third next available appointment as of today, and the fill of the days that are over. Again changes nothing. */
export async function measureAccess({ db, now }: Context, organization: { id: string; zone: string }) {
  const { id } = organization
  const actor = system(id, 'measure')
  const at = now()
  const today = at.toZonedDateTimeISO(organization.zone).toPlainDate()
  const specialties = await within(db, actor, (tx) =>
    tx.selectFrom('scheduling.profile').where('organizationId', '=', id).select('specialty').distinct().execute(),
  )
  for (const { specialty } of specialties)
    await within(db, actor, (tx) => measureWaits(tx, { organizationId: id, specialty, today, at }))
  const practitioners = await within(db, actor, (tx) =>
    tx.selectFrom('scheduling.offering').where('organizationId', '=', id).select('practitionerId').distinct().execute(),
  )
  const since = await within(db, actor, (tx) => firstUnmeasured(tx, id, today))
  const days = since.until(today, { largestUnit: 'days' }).days
  for (const { practitionerId } of days > 0 ? practitioners : [])
    await within(db, actor, (tx) => measureFill(tx, { organizationId: id, practitionerId }, { firstDay: since, days }))
  await within(db, actor, (tx) => forget(tx, id, today))
}

interface Waits {
  organizationId: string
  specialty: string
  today: Temporal.PlainDate
  at: Temporal.Instant
}

/**
 * Third next available appointment (Institute for Healthcare Improvement): calendar days until the third opening that
 * does not overlap the ones before it. The first ones are often called-off visits; the third says what a caller meets.
 */
async function measureWaits(tx: Tx, { organizationId, specialty, today, at }: Waits) {
  const minute = toMinute(at)
  await sql`
    with third as (
      select o.visit_type_id, l.location_id, least(coalesce(
        (to_timestamp(c.n * 60.0::float8) at time zone g.zone)::date - (${at}::timestamptz at time zone g.zone)::date, ${sql.lit(never)}), ${sql.lit(never)}) as days
      from scheduling.listing l
      join scheduling.offering o on o.organization_id = l.organization_id and o.id = l.offering_id
      join directory.location g on g.organization_id = l.organization_id and g.id = l.location_id
      cross join lateral (select o.minutes + o.buffer_before + o.buffer_after as length) v
      cross join lateral (select scheduling.opening_from(o.organization_id, o.id, ${minute}::int + o.min_notice_minutes) as n) a
      cross join lateral (select scheduling.opening_from(o.organization_id, o.id, a.n + v.length) as n) b
      cross join lateral (select scheduling.opening_from(o.organization_id, o.id, b.n + v.length) as n) c
      where l.organization_id = ${organizationId} and l.specialty = ${specialty}
    )
    insert into scheduling.access_day (organization_id, day, visit_type_id, specialty, location_id, clinicians, without_third, median_days)
    select ${organizationId}, ${today}::date, visit_type_id, ${specialty}, location_id, count(*)::int,
      (count(*) filter (where days = ${sql.lit(never)}))::int, nullif(percentile_disc(0.5) within group (order by days), ${sql.lit(never)})
    from third group by visit_type_id, location_id
    on conflict (organization_id, day, visit_type_id, specialty, location_id) do update set clinicians = excluded.clinicians,
      without_third = excluded.without_third, median_days = excluded.median_days`.execute(tx)
}

/** The day after the last one measured, at most some weeks back. */
async function firstUnmeasured(tx: Tx, organizationId: string, today: Temporal.PlainDate) {
  const earliest = today.subtract({ days: daysBack })
  const { last } = await tx
    .selectFrom('scheduling.fillDay')
    .where('organizationId', '=', organizationId)
    .select((of) => of.fn.max('day').as('last'))
    .executeTakeFirstOrThrow()
  const next = last?.add({ days: 1 }) ?? earliest
  return Temporal.PlainDate.compare(next, earliest) < 0 ? earliest : next
}

/** Open minutes as the calendar had them, and the minutes of visits that lay in them. */
async function measureFill(tx: Tx, whose: Whose, span: { firstDay: Temporal.PlainDate; days: number }) {
  const { organizationId, practitionerId } = whose
  const hours = await openHoursByDay(tx, whose, span)
  const rows = hours.flatMap(({ day, locationId, open }) =>
    open.map(([start, end]) => ({ day, location_id: locationId, start_minute: start, end_minute: end })),
  )
  if (rows.length === 0) return
  await sql`
    with open as (
      select day, location_id, start_minute, end_minute, tstzrange(to_timestamp(start_minute * 60.0::float8), to_timestamp(end_minute * 60.0::float8)) as span
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(day date, location_id uuid, start_minute int, end_minute int)
    ), booked as (
      select o.day, o.location_id, range_agg(tstzrange(a.starts_at, a.ends_at) * o.span) as spans
      from open o join scheduling.appointment a on a.organization_id = ${organizationId} and a.practitioner_id = ${practitionerId}
        and a.status = 'booked' and a.location_id = o.location_id and a.starts_at < upper(o.span) and a.ends_at > lower(o.span)
      group by o.day, o.location_id
    )
    insert into scheduling.fill_day (organization_id, day, practitioner_id, location_id, open_minutes, booked_minutes)
    select ${organizationId}, o.day, ${practitionerId}, o.location_id, sum(o.end_minute - o.start_minute)::int,
      coalesce((select (sum(extract(epoch from upper(s) - lower(s))) / 60)::int from booked b, unnest(b.spans) s
        where b.day = o.day and b.location_id = o.location_id), 0)
    from open o group by o.day, o.location_id
    on conflict do nothing`.execute(tx)
}

async function forget(tx: Tx, organizationId: string, today: Temporal.PlainDate) {
  const [old, oldOfClinicians] = [today.subtract({ days: keptDays }), today.subtract({ days: keptOfClinicians })]
  await sql`delete from scheduling.probe_tally where organization_id = ${organizationId} and day < ${old}::date`.execute(
    tx,
  )
  await sql`delete from scheduling.access_day where organization_id = ${organizationId} and day < ${old}::date`.execute(
    tx,
  )
  await sql`delete from scheduling.fill_day where organization_id = ${organizationId} and day < ${oldOfClinicians}::date`.execute(
    tx,
  )
}
