/** Builds the index of openings from the calendar: rules, exceptions and taken time in, openings by day out. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { refillListings } from '../care/listing-starts.ts'
import { startsForNeeds, startsIn, type DaysOf, type Resource } from '../resources/pools.ts'
import { daysFrom, readResources } from '../resources/read-resources.ts'
import type { Rule } from '../rules/in-force.ts'
import { readShape, type Shape } from '../rules/shape.ts'
import { byDayPart, daysAsked, localDays, type LocalDay, type LocalDays } from './local-days.ts'
import { toInstant } from './minutes.ts'
import { openingsOnDays, openMinutes, type Calendar } from './openings.ts'
import { readOpenSessions, startsToJoin, type OpenSession, type Taken } from '../seats/open-sessions.ts'
import {
  around,
  calendarAt,
  readExceptions,
  readOfferings,
  readRules,
  readTaken,
  type OfferingRow,
  type Span,
} from './read-calendar.ts'
import '../tables.ts'

/** How far ahead, in days, openings are kept in the index at the most. */
export const indexDays = 90

/** Whose calendar. */
export interface Whose {
  organizationId: string
  practitionerId: string
}

/**
 * Computes anew the openings of a clinician for some days and replaces them in the index. Call it in the clinician's
 * turn (`takeTurn`), in the transaction of whatever changed.
 */
export async function reindex(tx: Tx, { organizationId, practitionerId }: Whose, span: Span, now: Temporal.Instant) {
  const rows = await computeOpenings(tx, { organizationId, whose: [practitionerId] }, span, now)
  const lastDay = span.firstDay.add({ days: span.days - 1 })
  await tx
    .deleteFrom('scheduling.opening')
    .where('organizationId', '=', organizationId)
    .where('practitionerId', '=', practitionerId)
    .where('day', '>=', span.firstDay)
    .where('day', '<=', lastDay)
    .execute()
  await insertOpenings(tx, organizationId, rows)
  await refillListings(tx, organizationId, practitionerId, now)
}

/** The same for the whole of the index, from today on. */
export async function reindexAll(tx: Tx, organizationId: string, practitionerId: string, now: Temporal.Instant) {
  // Yesterday in UTC is today or before it in every zone.
  const firstDay = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 })
  await reindex(tx, { organizationId, practitionerId }, { firstDay, days: indexDays + 2 }, now)
}

export interface OpeningRow {
  practitioner_id: string
  offering_id: string
  day: string
  part: number
  starts: number[]
}

async function insertOpenings(tx: Tx, organizationId: string, rows: readonly OpeningRow[]) {
  if (rows.length === 0) return
  await sql`
    insert into scheduling.opening (organization_id, practitioner_id, day, offering_id, part, first_start, starts)
    select ${organizationId}, w.practitioner_id, w.day, w.offering_id, w.part, w.starts[1], w.starts from (${selectRows(rows)}) w`.execute(
    tx,
  )
}

/** The rows as a query. An offering's days go as arrays, which PostgreSQL reads in half the time of a record a row. */
export function selectRows(rows: readonly OpeningRow[]) {
  const offerings = [...Map.groupBy(rows, ({ offering_id }) => offering_id)].map(([offering_id, own]) => ({
    practitioner_id: own[0]?.practitioner_id,
    offering_id,
    days: `{${own.map(({ day }) => day).join(',')}}`,
    parts: `{${own.map(({ part }) => part).join(',')}}`,
    starts: `{${own.map(({ starts }) => `"{${starts.join(',')}}"`).join(',')}}`,
  }))
  return sql`
    select r.practitioner_id, r.offering_id, d.day, d.part, d.starts::int[] as starts
    from json_to_recordset(${JSON.stringify(offerings)}::json)
      as r(practitioner_id uuid, offering_id uuid, days date[], parts smallint[], starts text[]),
      unnest(r.days, r.parts, r.starts) as d(day, part, starts)`
}

/** The openings of some clinicians as their calendars and the rules have them. Read in their turns. */
export async function computeOpenings(
  tx: Tx,
  { organizationId, whose, rules: supposed }: Whom,
  span: Span,
  now: Temporal.Instant,
) {
  const [offerings, rules, exceptions, taken, shape, sessions] = await Promise.all([
    readOfferings(tx, organizationId, whose),
    readRules(tx, organizationId, whose),
    readExceptions(tx, organizationId, whose, span),
    readTaken(tx, organizationId, whose, span),
    readShape(tx, organizationId, { whose, now, rules: supposed }, span),
    readOpenSessions(tx, organizationId, whose, around(span)),
  ])
  const resources = await readNeeded(tx, organizationId, offerings, span)
  // What a zone's clock does on these days is found once and shared by all offerings there.
  const zones = new Map(offerings.map(({ zone }) => [zone, localDays(zone, span.firstDay.toString(), span.days)]))
  const rulesOf = Map.groupBy(rules, ({ practitionerId }) => practitionerId)
  const exceptionsOf = Map.groupBy(exceptions, ({ practitionerId }) => practitionerId ?? everybody)
  const takenOf = Map.groupBy(taken, ({ resourceId }) => resourceId)
  return offerings.flatMap((offering) => {
    const { practitionerId, locationId, zone } = offering
    const days = zones.get(zone)
    if (!days) return []
    const hours = {
      rules: rulesOf.get(practitionerId) ?? [],
      exceptions: [...(exceptionsOf.get(practitionerId) ?? []), ...(exceptionsOf.get(everybody) ?? [])],
    }
    const own = sessions.filter(({ offeringId }) => offeringId === offering.id)
    const found = { taken: takenOf.get(practitionerId) ?? [], sessions: own, days, now, resources, shape }
    return openingRows(offering, calendarAt(locationId, zone, hours), found)
  })
}

interface Whom {
  organizationId: string
  whose: readonly string[]
  /** Instead of those in force, for what they would leave. */
  rules?: readonly Rule[]
}

const everybody = ''

/** The rooms and devices at the places of those offerings that need some; most need none, and nothing is asked. */
async function readNeeded(tx: Tx, organizationId: string, offerings: readonly OfferingRow[], span: Span) {
  const locationIds = offerings.filter(({ needs }) => needs !== null).map(({ locationId }) => locationId)
  if (locationIds.length === 0) return { all: [], daysOf: daysFrom(span) }
  const all = await readResources(tx, organizationId, { kinds: ['room', 'device'], locationIds }, span)
  return { all, daysOf: daysFrom(span) }
}

function openingRows(
  offering: OfferingRow,
  calendar: Calendar,
  { taken, sessions, days, now, resources, shape }: Found,
) {
  const { id, practitionerId, minutes, bufferBefore, bufferAfter, stepMinutes, needs, locationId } = offering
  const rule = { minutes, bufferBefore, bufferAfter, step: stepMinutes }
  const free = needs && startsForNeeds(resources.all, { needs, locationId, offering: rule, daysOf: resources.daysOf })
  const lastDay = now.toZonedDateTimeISO(offering.zone).toPlainDate().add({ days: offering.horizonDays }).toString()
  const asked = daysAsked(days)
  const toJoin = startsToJoin(sessions, { calendar, taken, rule, days })
  return openingsOnDays(calendar, taken, rule, days).flatMap(({ date, starts: ofClinician }, index) => {
    const day = asked[index]
    if (!day) return []
    const alone = free ? startsIn(ofClinician, free) : ofClinician
    const starts = shape(offering, date, toJoin.length > 0 ? withJoined(alone, toJoin, day) : alone)
    if (starts.length === 0 || date > lastDay) return []
    return Object.values(byDayPart(starts, day)).flatMap((inPart, part): OpeningRow[] =>
      inPart.length > 0
        ? [{ practitioner_id: practitionerId, offering_id: id, day: date, part: part + 1, starts: inPart }]
        : [],
    )
  })
}

/** The starts of a day with those of sessions that somebody may join, in order. */
const withJoined = (starts: readonly number[], toJoin: readonly number[], { passes }: LocalDay) =>
  [...starts, ...toJoin.filter((start) => passes.some((pass) => pass.start <= start && start < pass.end))].sort(
    (a, b) => a - b,
  )

interface Found {
  taken: readonly Taken[]
  sessions: readonly OpenSession[]
  days: LocalDays
  now: Temporal.Instant
  resources: { all: readonly Resource[]; daysOf: DaysOf }
  shape: Shape
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
      readRules(tx, organizationId, [practitionerId]),
      readExceptions(tx, organizationId, [practitionerId], { firstDay: day, days: 1 }),
      readOfferings(tx, organizationId, [practitionerId]),
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
