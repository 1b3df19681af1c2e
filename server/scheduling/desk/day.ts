/** The front desk's day: by clinician, what is open, booked, held and blocked. */
import type { Actor } from '../../platform/actor.ts'
import { may } from '../../platform/permissions.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language, Reply } from '../../platform/endpoint.ts'
import { clinicianView, placeView } from '../../directory/index.ts'
import { readOrganization } from '../../people/index.ts'
import { at } from './block.ts'
import { openHoursOf } from '../openings/calendar.ts'
import type { readDay as contract } from '../contract.ts'
import { offeringsInFull, offeringView } from '../view.ts'
import { nothing, readVisits, type Placed, type Span } from './visits.ts'

interface Asked {
  day: string
  placeId?: string
  language: Language
}

export async function readDay(
  context: Context,
  actor: Actor,
  { day, placeId, language }: Asked,
): Promise<Reply<typeof contract>> {
  return within(context.db, actor, async (tx) => {
    const { zone } = await readOrganization(tx, actor.organizationId)
    const date = Temporal.PlainDate.from(day)
    const span = { from: at(date, 0, zone), until: at(date, 1440, zone) }
    const [offerings, visits, blocks, holds, places] = await Promise.all([
      offeringsInFull(tx, actor.organizationId)
        .where('o.active', '=', true)
        .orderBy('p.familyName')
        .orderBy('p.id')
        .orderBy('v.position')
        .execute(),
      readVisits(context, tx, { actor, span, language, withReasons: true }),
      readBlocks(tx, actor, date, zone),
      readHolds(tx, actor, span),
      tx
        .selectFrom('directory.location')
        .where('organizationId', '=', actor.organizationId)
        .where('active', '=', true)
        .orderBy('name')
        .selectAll()
        .execute(),
    ])
    const inPlace = offerings.filter((row) => !placeId || row.locationId === placeId)
    const clinicians = new Map(
      inPlace.map((row) => [row.practitionerId, clinicianView({ ...row, id: row.practitionerId })]),
    )
    const openHours = await openHoursOf(tx, actor.organizationId, [...clinicians.keys()], date)
    const used = new Set(inPlace.map((row) => row.locationId))
    const columns = [...clinicians].map(([id, clinician]) => ({
      clinician,
      openHours: (openHours.get(id) ?? []).filter((open) => !placeId || open.placeId === placeId),
      entries: [...visits, ...blocks, ...holds]
        .filter((one) => one.practitionerId === id || one.practitionerId === null)
        .map(({ entry }) => entry),
      offerings: inPlace
        .filter((row) => row.practitionerId === id)
        .map((row) => ({ offering: offeringView(row, language), placeId: row.locationId })),
    }))
    return {
      day,
      zone,
      places: places.filter((place) => used.has(place.id)).map((place) => placeView(place)),
      columns: columns.filter(isWorthShowing),
    }
  })
}

/** Who works or is booked that day; the rest would only be empty columns. */
const isWorthShowing = (column: { openHours: unknown[]; entries: unknown[] }) =>
  column.openHours.length > 0 || column.entries.length > 0

async function readBlocks(tx: Tx, actor: Actor, day: Temporal.PlainDate, zone: string): Promise<Placed[]> {
  const rows = await tx
    .selectFrom('scheduling.calendarException')
    .where('organizationId', '=', actor.organizationId)
    .where('onDate', '=', day)
    .where('kind', '<>', 'extra')
    .select(['id', 'practitionerId', 'locationId', 'kind', 'fromMinute', 'untilMinute', 'reason'])
    .execute()
  return rows.map((row) => ({
    practitionerId: row.practitionerId,
    entry: {
      ...nothing,
      id: row.id,
      kind: 'block',
      status: row.kind,
      startsAt: at(day, row.fromMinute ?? 0, zone).toString(),
      endsAt: at(day, row.untilMinute ?? 1440, zone).toString(),
      placeId: row.locationId,
      reason: may(actor, 'visit.reason') ? row.reason : null,
    },
  }))
}

async function readHolds(tx: Tx, actor: Actor, span: Span): Promise<Placed[]> {
  const rows = await tx
    .selectFrom('scheduling.hold')
    .where('organizationId', '=', actor.organizationId)
    .where('startsAt', '>=', span.from)
    .where('startsAt', '<', span.until)
    .select(['id', 'practitionerId', 'startsAt', 'endsAt'])
    .execute()
  return rows.map((row) => ({
    practitionerId: row.practitionerId,
    entry: {
      ...nothing,
      id: row.id,
      kind: 'hold',
      status: 'held',
      startsAt: row.startsAt.toString(),
      endsAt: row.endsAt.toString(),
    },
  }))
}
