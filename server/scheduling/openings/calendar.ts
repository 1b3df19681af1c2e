/** Builds the index of openings from the calendar: rules, exceptions and taken time in, openings by day out. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { refillListings } from '../care/listing-starts.ts'
import { toInstant, toMinute } from './minutes.ts'
import { byDayPart, daysAfter, daysAsked, daysBefore, localDays, type LocalDays } from './local-days.ts'
import { openingsOnDays, openMinutes, type Busy, type Calendar, type Exception, type WeeklyRule } from './openings.ts'
import { startsForNeeds, startsIn, type DaysOf, type Resource } from '../resources/pools.ts'
import { daysFrom, needsOf, readResources } from '../resources/read-resources.ts'
import '../tables.ts'

/** How far ahead, in days, openings are kept in the index at the most. */
export const indexDays = 90

/** Whose calendar. */
export interface Whose {
  organizationId: string
  practitionerId: string
}

interface Span {
  firstDay: Temporal.PlainDate
  days: number
}

/**
 * Computes anew the openings of a clinician for some days and replaces them in the index. Call it in the clinician's
 * turn (`takeTurn`), in the transaction of whatever changed.
 */
export async function reindex(tx: Tx, { organizationId, practitionerId }: Whose, span: Span, now: Temporal.Instant) {
  const rows = await computeOpenings(tx, { organizationId, practitionerId }, span, now)
  const lastDay = span.firstDay.add({ days: span.days - 1 })
  await tx
    .deleteFrom('scheduling.opening')
    .where('organizationId', '=', organizationId)
    .where('practitionerId', '=', practitionerId)
    .where('day', '>=', span.firstDay)
    .where('day', '<=', lastDay)
    .execute()
  await insertOpenings(tx, organizationId, practitionerId, rows)
  await refillListings(tx, organizationId, practitionerId, now)
}

/** The same for the whole of the index, from today on. */
export async function reindexAll(tx: Tx, organizationId: string, practitionerId: string, now: Temporal.Instant) {
  // Yesterday in UTC is today or before it in every zone.
  const firstDay = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 })
  await reindex(tx, { organizationId, practitionerId }, { firstDay, days: indexDays + 2 }, now)
}

interface OpeningRow {
  offering_id: string
  day: string
  part: number
  starts: number[]
}

async function insertOpenings(tx: Tx, organizationId: string, practitionerId: string, rows: readonly OpeningRow[]) {
  if (rows.length === 0) return
  const listed = rows.map(({ starts, ...row }) => ({ ...row, starts: `{${starts.join(',')}}` }))
  await sql`
    insert into scheduling.opening (organization_id, practitioner_id, day, offering_id, part, first_start, starts)
    select ${organizationId}, ${practitionerId}, day, offering_id, part, starts[1], starts
    from json_to_recordset(${JSON.stringify(listed)}::json) as r(offering_id uuid, day date, part smallint, starts int[])`.execute(
    tx,
  )
}

/** What the index should have of these days, by the calendar as it is now. */
export async function computeOpenings(
  tx: Tx,
  { organizationId, practitionerId }: Whose,
  span: Span,
  now: Temporal.Instant,
) {
  const [offerings, rules, exceptions, taken] = await Promise.all([
    readOfferings(tx, organizationId, practitionerId),
    readRules(tx, organizationId, practitionerId),
    readExceptions(tx, organizationId, practitionerId, span),
    readTaken(tx, organizationId, practitionerId, span),
  ])
  const resources = await readNeeded(tx, organizationId, offerings, span)
  // What a zone's clock does on these days is found once and shared by all offerings there.
  const zones = new Map(offerings.map(({ zone }) => [zone, localDays(zone, span.firstDay.toString(), span.days)]))
  return offerings.flatMap((offering) => {
    const days = zones.get(offering.zone)
    return days
      ? openingRows(offering, calendarAt(offering.locationId, offering.zone, { rules, exceptions }), {
          taken,
          days,
          now,
          resources,
        })
      : []
  })
}

/** The rooms and devices at the places of those offerings that need some; most need none, and nothing is asked. */
async function readNeeded(tx: Tx, organizationId: string, offerings: readonly OfferingRow[], span: Span) {
  const locationIds = offerings.filter(({ needs }) => needs !== null).map(({ locationId }) => locationId)
  if (locationIds.length === 0) return { all: [], daysOf: daysFrom(span) }
  const all = await readResources(tx, organizationId, { kinds: ['room', 'device'], locationIds }, span)
  return { all, daysOf: daysFrom(span) }
}

type OfferingRow = Awaited<ReturnType<typeof readOfferings>>[number]

function openingRows(offering: OfferingRow, calendar: Calendar, { taken, days, now, resources }: Found) {
  const { id, minutes, bufferBefore, bufferAfter, stepMinutes, needs, locationId } = offering
  const rule = { minutes, bufferBefore, bufferAfter, step: stepMinutes }
  const free = needs && startsForNeeds(resources.all, { needs, locationId, offering: rule, daysOf: resources.daysOf })
  const lastDay = now.toZonedDateTimeISO(offering.zone).toPlainDate().add({ days: offering.horizonDays }).toString()
  const asked = daysAsked(days)
  return openingsOnDays(calendar, taken, rule, days).flatMap(({ date, starts: ofClinician }, index) => {
    const day = asked[index]
    const starts = free ? startsIn(ofClinician, free) : ofClinician
    if (!day || starts.length === 0 || date > lastDay) return []
    return Object.values(byDayPart(starts, day)).flatMap((inPart, part): OpeningRow[] =>
      inPart.length > 0 ? [{ offering_id: id, day: date, part: part + 1, starts: inPart }] : [],
    )
  })
}

interface Found {
  taken: readonly Busy[]
  days: LocalDays
  now: Temporal.Instant
  resources: { all: readonly Resource[]; daysOf: DaysOf }
}

type Placed<T> = T & { locationId: string | null }

/** The calendar of a clinician at one place: its rules, and the exceptions there or everywhere. */
export function calendarAt(
  placeId: string,
  zone: string,
  { rules, exceptions }: { rules: readonly Placed<WeeklyRule>[]; exceptions: readonly Placed<Exception>[] },
): Calendar {
  return {
    zone,
    rules: rules.filter((rule) => rule.locationId === placeId),
    exceptions: exceptions.filter(({ locationId }) => locationId === null || locationId === placeId),
  }
}

async function readOfferings(tx: Tx, organizationId: string, practitionerId: string) {
  return tx
    .selectFrom('scheduling.offering as o')
    .innerJoin('directory.location as l', (join) =>
      join.onRef('l.organizationId', '=', 'o.organizationId').onRef('l.id', '=', 'o.locationId'),
    )
    .where('o.organizationId', '=', organizationId)
    .where('o.practitionerId', '=', practitionerId)
    .where('o.active', '=', true)
    .select([
      'o.id',
      'o.locationId',
      'o.minutes',
      'o.bufferBefore',
      'o.bufferAfter',
      'o.stepMinutes',
      'o.horizonDays',
      'l.zone',
    ])
    .select(needsOf.as('needs'))
    .execute()
}

export async function readRules(
  tx: Tx,
  organizationId: string,
  practitionerId: string,
): Promise<(WeeklyRule & { locationId: string })[]> {
  const rows = await tx
    .selectFrom('scheduling.weeklyRule')
    .where('organizationId', '=', organizationId)
    .where('practitionerId', '=', practitionerId)
    .selectAll()
    .execute()
  return rows.map((row) => ({
    locationId: row.locationId,
    weekday: row.weekday,
    from: row.fromMinute,
    until: row.untilMinute,
    validFrom: row.validFrom.toString(),
    ...(row.validUntil && { validUntil: row.validUntil.toString() }),
  }))
}

export async function readExceptions(
  tx: Tx,
  organizationId: string,
  practitionerId: string,
  span: Span,
): Promise<(Exception & { locationId: string | null })[]> {
  const rows = await tx
    .selectFrom('scheduling.calendarException')
    .where('organizationId', '=', organizationId)
    .where((is) => is.or([is('practitionerId', '=', practitionerId), is('practitionerId', 'is', null)]))
    // A visit may run on past midnight: the days around count too.
    .where('onDate', '>=', span.firstDay.subtract({ days: daysBefore }))
    .where('onDate', '<=', span.firstDay.add({ days: span.days + daysAfter }))
    .select(['locationId', 'kind', 'onDate', 'fromMinute', 'untilMinute'])
    .execute()
  return rows.map((row) => ({
    locationId: row.locationId,
    kind: row.kind === 'extra' ? 'open' : 'closed',
    date: row.onDate.toString(),
    ...(row.fromMinute !== null && row.untilMinute !== null && { from: row.fromMinute, until: row.untilMinute }),
  }))
}

export async function readTaken(tx: Tx, organizationId: string, practitionerId: string, span: Span): Promise<Busy[]> {
  const from = span.firstDay.subtract({ days: 2 }).toZonedDateTime('UTC').toInstant()
  const until = span.firstDay
    .add({ days: span.days + 2 })
    .toZonedDateTime('UTC')
    .toInstant()
  const rows = await tx
    .selectFrom('scheduling.takenTime')
    .where('organizationId', '=', organizationId)
    .where('resourceId', '=', practitionerId)
    .where('startsAt', '>=', from)
    .where('startsAt', '<', until)
    .orderBy('startsAt')
    .select(['startsAt', 'endsAt'])
    .execute()
  return rows.map((row) => ({ start: toMinute(row.startsAt), end: toMinute(row.endsAt) }))
}

/** When clinicians are open on a day, by place, before anything is booked. */
export async function openHoursOf(
  tx: Tx,
  organizationId: string,
  practitionerIds: readonly string[],
  day: Temporal.PlainDate,
) {
  const hours = new Map<string, { startsAt: string; endsAt: string; placeId: string }[]>()
  for (const practitionerId of practitionerIds) {
    const [rules, exceptions, places] = await Promise.all([
      readRules(tx, organizationId, practitionerId),
      readExceptions(tx, organizationId, practitionerId, { firstDay: day, days: 1 }),
      readOfferings(tx, organizationId, practitionerId),
    ])
    const zones = new Map(places.map((place) => [place.locationId, place.zone]))
    hours.set(
      practitionerId,
      [...zones].flatMap(([placeId, zone]) =>
        openMinutes(calendarAt(placeId, zone, { rules, exceptions }), day.toString()).map(([start, end]) => ({
          startsAt: toInstant(start).toString(),
          endsAt: toInstant(end).toString(),
          placeId,
        })),
      ),
    )
  }
  return hours
}
