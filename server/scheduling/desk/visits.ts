/** The visits of some days as the desk shows them, with who comes and what they have taken. */
import type { Static } from 'typebox'
import type { Actor } from '../../platform/actor.ts'
import { auditAll } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { summariesOf, supportsOf } from '../../people/index.ts'
import { visibleAppointments } from '../access.ts'
import type { DeskEntry } from '../contract.ts'
import { reasonsFor } from '../sealed.ts'
import { spoken } from '../view.ts'

/** Something that stands on the desk's page; of a clinician, or of everybody. */
export interface Placed {
  practitionerId: string | null
  entry: Static<typeof DeskEntry>
  /** Rooms, devices and interpreters that a visit has taken. */
  resourceIds?: readonly string[]
}

/** What no block or hold has. */
export const nothing = {
  version: 0,
  status: '',
  placeId: null,
  offeringId: null,
  visitType: null,
  mode: null,
  patient: null,
  reason: null,
  support: null,
  resources: [],
  session: null,
  overbooked: false,
  bookedThrough: null,
}

export interface Span {
  from: Temporal.Instant
  until: Temporal.Instant
}

/** The rooms, devices and interpreters of each visit. */
async function resourcesByVisit(tx: Tx, organizationId: string, { from, until }: Span) {
  const rows = await tx
    .selectFrom('scheduling.takenTime as t')
    .innerJoin('scheduling.resource as r', (on) =>
      on.onRef('r.organizationId', '=', 't.organizationId').onRef('r.id', '=', 't.resourceId'),
    )
    .leftJoin('scheduling.seat as s', (on) =>
      on.onRef('s.organizationId', '=', 't.organizationId').onRef('s.sessionId', '=', 't.sessionId'),
    )
    .where('t.organizationId', '=', organizationId)
    .where((is) => is.or([is('t.appointmentId', 'is not', null), is('s.appointmentId', 'is not', null)]))
    .where('t.endsAt', '>', from)
    .where('t.startsAt', '<', until)
    .orderBy('r.kind', 'desc')
    .select(['r.id', 'r.name'])
    .select((of) => of.fn.coalesce('t.appointmentId', 's.appointmentId').as('appointmentId'))
    .execute()
  return Map.groupBy(rows, ({ appointmentId }) => appointmentId)
}

/** The booked visits of a span, each in the trail; why they come only where that is asked for and allowed. */
export async function readVisits(
  context: Context,
  tx: Tx,
  { actor, span, language, withReasons }: { actor: Actor; span: Span; language: Language; withReasons: boolean },
): Promise<Placed[]> {
  const rows = await visibleAppointments(tx, actor)
    .innerJoin('scheduling.visitType as v', (join) =>
      join.onRef('v.organizationId', '=', 'a.organizationId').onRef('v.id', '=', 'a.visitTypeId'),
    )
    .leftJoin('scheduling.seat as s', (on) =>
      on.onRef('s.organizationId', '=', 'a.organizationId').onRef('s.appointmentId', '=', 'a.id'),
    )
    .where('a.startsAt', '>=', span.from)
    .where('a.startsAt', '<', span.until)
    .where('a.status', '=', 'booked')
    .orderBy('a.startsAt')
    .orderBy('s.number')
    .selectAll('a')
    .select(['v.name as visitName', 's.sessionId', 's.number as seat', 's.seats'])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('scheduling.takenTime as t')
          .whereRef('t.organizationId', '=', 'a.organizationId')
          .whereRef('t.appointmentId', '=', 'a.id')
          .where('t.lane', '>', 0)
          .select('t.id'),
      ).as('overbooked'),
    )
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
  const reasons = withReasons ? await reasonsFor(context, tx, actor, rows) : new Map<string, string>()
  const supports = await supportsOf(
    context,
    tx,
    actor.organizationId,
    rows.map((row) => row.patientId),
  )
  const resources = await resourcesByVisit(tx, actor.organizationId, span)
  return rows.map((row) => ({
    practitionerId: row.practitionerId,
    resourceIds: (resources.get(row.id) ?? []).map(({ id }) => id),
    entry: {
      id: row.id,
      kind: 'appointment',
      version: row.version,
      startsAt: row.startsAt.toString(),
      endsAt: row.endsAt.toString(),
      status: row.status,
      placeId: row.locationId,
      offeringId: row.offeringId,
      visitType: spoken(row.visitName, language) ?? null,
      mode: row.mode,
      patient: patients.get(row.patientId) ?? null,
      reason: reasons.get(row.id) ?? null,
      support: supports.get(row.patientId) ?? null,
      resources: (resources.get(row.id) ?? []).map(({ name }) => name),
      session: sessionOf(row),
      overbooked: row.overbooked === true,
      bookedThrough: row.bookedThrough,
    },
  }))
}

interface Seated {
  sessionId: string | null
  seat: number | null
  seats: number | null
}

const sessionOf = ({ sessionId, seat, seats }: Seated) =>
  sessionId === null || seat === null || seats === null ? null : { id: sessionId, seat, seats }
