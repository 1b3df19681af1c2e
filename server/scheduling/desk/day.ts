/** The front desk's day: by clinician, what is open, booked, held and blocked. */
import type { Static } from 'typebox'
import type { Actor } from '../../platform/actor.ts'
import { may } from '../../platform/permissions.ts'
import { auditAll } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language, Reply } from '../../platform/endpoint.ts'
import { clinicianView, placeView } from '../../directory/index.ts'
import { readOrganization, summariesOf, supportsOf } from '../../people/index.ts'
import { visibleAppointments } from '../access.ts'
import { reasonsFor } from '../sealed.ts'
import { at } from './block.ts'
import { openHoursOf } from '../openings/calendar.ts'
import type { DeskEntry, readDay as contract } from '../contract.ts'
import { offeringsInFull, offeringView, spoken } from '../view.ts'

type Entry = Static<typeof DeskEntry>
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
      readVisits(context, tx, { actor, span, language }),
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

interface Placed {
  practitionerId: string | null
  entry: Entry
}

const nothing = {
  version: 0,
  status: '',
  placeId: null,
  visitType: null,
  mode: null,
  patient: null,
  reason: null,
  support: null,
  resources: [],
  bookedThrough: null,
}

interface Span {
  from: Temporal.Instant
  until: Temporal.Instant
}

/** Names of the rooms, devices and interpreters of each visit of a day. */
async function resourcesByVisit(tx: Tx, organizationId: string, { from, until }: Span): Promise<Map<string, string[]>> {
  const rows = await tx
    .selectFrom('scheduling.takenTime as t')
    .innerJoin('scheduling.resource as r', (on) =>
      on.onRef('r.organizationId', '=', 't.organizationId').onRef('r.id', '=', 't.resourceId'),
    )
    .where('t.organizationId', '=', organizationId)
    .where('t.appointmentId', 'is not', null)
    .where('t.endsAt', '>', from)
    .where('t.startsAt', '<', until)
    .orderBy('r.kind', 'desc')
    .select(['t.appointmentId', 'r.name'])
    .execute()
  const names = new Map<string, string[]>()
  for (const { appointmentId, name } of rows)
    if (appointmentId !== null) names.set(appointmentId, [...(names.get(appointmentId) ?? []), name])
  return names
}

async function readVisits(
  context: Context,
  tx: Tx,
  { actor, span, language }: { actor: Actor; span: Span; language: Language },
): Promise<Placed[]> {
  const rows = await visibleAppointments(tx, actor)
    .innerJoin('scheduling.visitType as v', (join) =>
      join.onRef('v.organizationId', '=', 'a.organizationId').onRef('v.id', '=', 'a.visitTypeId'),
    )
    .where('a.startsAt', '>=', span.from)
    .where('a.startsAt', '<', span.until)
    .where('a.status', '=', 'booked')
    .orderBy('a.startsAt')
    .selectAll('a')
    .select('v.name as visitName')
    .execute()
  const patients = await summariesOf(
    tx,
    actor,
    rows.map((row) => row.patientId),
  )
  await auditAll(
    tx,
    actor,
    rows.map((row) => ({
      action: 'read' as const,
      resourceType: 'Appointment',
      resourceId: row.id,
      patientId: row.patientId,
    })),
  )
  const reasons = await reasonsFor(context, tx, actor, rows)
  const supports = await supportsOf(
    context,
    tx,
    actor.organizationId,
    rows.map((row) => row.patientId),
  )
  const resources = await resourcesByVisit(tx, actor.organizationId, span)
  return rows.map((row) => ({
    practitionerId: row.practitionerId,
    entry: {
      id: row.id,
      kind: 'appointment',
      version: row.version,
      startsAt: row.startsAt.toString(),
      endsAt: row.endsAt.toString(),
      status: row.status,
      placeId: row.locationId,
      visitType: spoken(row.visitName, language) ?? null,
      mode: row.mode,
      patient: patients.get(row.patientId) ?? null,
      reason: reasons.get(row.id) ?? null,
      support: supports.get(row.patientId) ?? null,
      resources: resources.get(row.id) ?? [],
      bookedThrough: row.bookedThrough,
    },
  }))
}

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
