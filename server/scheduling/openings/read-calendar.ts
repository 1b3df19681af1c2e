/** Reads clinicians' calendars from the tables, of one or of many at once. */
import type { Tx } from '../../platform/db.ts'
import { needsOf } from '../resources/read-resources.ts'
import { daysAfter, daysBefore } from './local-days.ts'
import { toMinute } from './minutes.ts'
import type { Calendar, Exception, WeeklyRule } from './openings.ts'
import type { Taken } from '../seats/open-sessions.ts'
import '../tables.ts'

export interface Span {
  firstDay: Temporal.PlainDate
  days: number
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

export type OfferingRow = Awaited<ReturnType<typeof readOfferings>>[number]

export async function readOfferings(tx: Tx, organizationId: string, whose: readonly string[]) {
  return tx
    .selectFrom('scheduling.offering as o')
    .innerJoin('directory.location as l', (join) =>
      join.onRef('l.organizationId', '=', 'o.organizationId').onRef('l.id', '=', 'o.locationId'),
    )
    .where('o.organizationId', '=', organizationId)
    .where('o.practitionerId', 'in', [...whose])
    .where('o.active', '=', true)
    .select([
      'o.id',
      'o.practitionerId',
      'o.locationId',
      'o.visitTypeId',
      'o.mode',
      'o.forPatients',
      'o.minutes',
      'o.bufferBefore',
      'o.bufferAfter',
      'o.stepMinutes',
      'o.horizonDays',
      'l.zone',
      'l.state',
    ])
    .select(needsOf.as('needs'))
    .execute()
}

export async function readRules(
  tx: Tx,
  organizationId: string,
  whose: readonly string[],
): Promise<(WeeklyRule & { practitionerId: string; locationId: string })[]> {
  const rows = await tx
    .selectFrom('scheduling.weeklyRule')
    .where('organizationId', '=', organizationId)
    .where('practitionerId', 'in', [...whose])
    .selectAll()
    .execute()
  return rows.map((row) => ({
    practitionerId: row.practitionerId,
    locationId: row.locationId,
    weekday: row.weekday,
    from: row.fromMinute,
    until: row.untilMinute,
    validFrom: row.validFrom.toString(),
    ...(row.validUntil && { validUntil: row.validUntil.toString() }),
  }))
}

/** Those of everybody too: without a practitioner. */
export async function readExceptions(
  tx: Tx,
  organizationId: string,
  whose: readonly string[],
  span: Span,
): Promise<(Exception & { practitionerId: string | null; locationId: string | null })[]> {
  const rows = await tx
    .selectFrom('scheduling.calendarException')
    .where('organizationId', '=', organizationId)
    .where((is) => is.or([is('practitionerId', 'in', [...whose]), is('practitionerId', 'is', null)]))
    // A visit may run on past midnight: the days around count too.
    .where('onDate', '>=', span.firstDay.subtract({ days: daysBefore }))
    .where('onDate', '<=', span.firstDay.add({ days: span.days + daysAfter }))
    .select(['practitionerId', 'locationId', 'kind', 'onDate', 'fromMinute', 'untilMinute'])
    .execute()
  return rows.map((row) => ({
    practitionerId: row.practitionerId,
    locationId: row.locationId,
    kind: row.kind === 'extra' ? 'open' : 'closed',
    date: row.onDate.toString(),
    ...(row.fromMinute !== null && row.untilMinute !== null && { from: row.fromMinute, until: row.untilMinute }),
  }))
}

/** The instants between which a visit may touch these days of any zone. */
export function around({ firstDay, days }: Span) {
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime('UTC').toInstant()
  return { from: midnight(firstDay.subtract({ days: 2 })), until: midnight(firstDay.add({ days: days + 2 })) }
}

export async function readTaken(
  tx: Tx,
  organizationId: string,
  whose: readonly string[],
  span: Span,
): Promise<(Taken & { resourceId: string })[]> {
  const { from, until } = around(span)
  const rows = await tx
    .selectFrom('scheduling.takenTime')
    .where('organizationId', '=', organizationId)
    .where('resourceId', 'in', [...whose])
    .where('startsAt', '>=', from)
    .where('startsAt', '<', until)
    .orderBy('startsAt')
    .select(['resourceId', 'startsAt', 'endsAt', 'sessionId'])
    .execute()
  return rows.map(({ resourceId, startsAt, endsAt, sessionId }) => ({
    resourceId,
    start: toMinute(startsAt),
    end: toMinute(endsAt),
    sessionId,
  }))
}
