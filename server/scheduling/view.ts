/** What an actor is shown of an offering and of an appointment. */
import { sql } from 'kysely'
import { isPatientSide, type Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db.ts'
import type { Language, Spoken } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { clinicianView, placeView } from '../directory/index.ts'
import type { AppointmentView, Offering } from './contract.ts'
import type { Resource } from './resources/pools.ts'
import { isBeforeCutoff } from './booking/rules.ts'
import './seats/tables.ts'
import './tables.ts'

/** A text in the language asked for, else in English, else whatever there is. */
export function spoken<T>(words: Spoken<T>, language: Language): T | undefined {
  return words[language] ?? words.en ?? words.es
}

/** Everything a page shows of offerings, in one query. */
export function offeringsInFull(tx: Tx, organizationId: string) {
  return tx
    .selectFrom('scheduling.offering as o')
    .innerJoin('scheduling.visitType as v', (join) =>
      join.onRef('v.organizationId', '=', 'o.organizationId').onRef('v.id', '=', 'o.visitTypeId'),
    )
    .innerJoin('directory.practitioner as p', (join) =>
      join.onRef('p.organizationId', '=', 'o.organizationId').onRef('p.id', '=', 'o.practitionerId'),
    )
    .innerJoin('directory.location as l', (join) =>
      join.onRef('l.organizationId', '=', 'o.organizationId').onRef('l.id', '=', 'o.locationId'),
    )
    .innerJoin('people.organization as g', 'g.id', 'o.organizationId')
    .where('o.organizationId', '=', organizationId)
    .select([
      'o.id',
      'o.mode',
      'o.minutes',
      'o.forPatients',
      'o.minAgeYears',
      'o.maxAgeYears',
      'o.locationId',
      'o.practitionerId',
    ])
    .select(['v.code', 'v.seats', 'v.name as visitName', 'v.prepare', 'v.bring', 'g.cancelCutoffMinutes'])
    .select(['p.givenName', 'p.familyName', 'p.prefix', 'p.credentials', 'p.gender', 'p.languages'])
    .select([
      'l.name as placeName',
      'l.addressLines',
      'l.city',
      'l.state',
      'l.postcode',
      'l.phone',
      'l.zone',
      'l.latitude',
      'l.longitude',
      'l.directions',
    ])
}
export type OfferingInFull = Awaited<ReturnType<ReturnType<typeof offeringsInFull>['executeTakeFirstOrThrow']>>

export function offeringView(
  row: Pick<
    OfferingInFull,
    'id' | 'mode' | 'minutes' | 'forPatients' | 'minAgeYears' | 'maxAgeYears' | 'code' | 'seats' | 'visitName'
  >,
  language: Language,
): Offering {
  const { id, mode, minutes, forPatients, minAgeYears, maxAgeYears, code, seats } = row
  return {
    id,
    visitType: { code, name: spoken(row.visitName, language) ?? code },
    mode,
    minutes,
    forPatients,
    minAgeYears,
    maxAgeYears,
    seats,
  }
}

/** What is offered, by whom and where. */
export const offeringInParts = (row: OfferingInFull, language: Language) => ({
  offering: offeringView(row, language),
  clinician: clinicianView({ ...row, id: row.practitionerId }),
  place: placeView({ ...row, id: row.locationId, name: row.placeName }),
})

/** The parts of an offering that every page about it shows. */
export function partsView(row: OfferingInFull, language: Language) {
  return {
    ...offeringInParts(row, language),
    prepare: spoken(row.prepare, language) ?? [],
    bring: spoken(row.bring, language) ?? [],
    cancelCutoffMinutes: row.cancelCutoffMinutes,
  }
}

/** Offerings by id, those that are not offered any more too. */
export async function offeringInFullById(tx: Tx, organizationId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, OfferingInFull>()
  const rows = await offeringsInFull(tx, organizationId)
    .where('o.id', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** One offering for a page, or `notFound`. */
export async function readOfferingInFull(tx: Tx, organizationId: string, id: string): Promise<OfferingInFull> {
  const row = await offeringsInFull(tx, organizationId)
    .where('o.id', '=', id)
    .where('o.active', '=', true)
    .executeTakeFirst()
  if (!row) throw notFound('visit')
  return row
}

interface Viewed {
  interpreterLanguage: string | null
  id: string
  version: number
  status: 'booked' | 'cancelled'
  offeringId: string
  patientId: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

/** One appointment as this actor sees it, with what it may do with it now. */
export async function appointmentView(
  tx: Tx,
  actor: Actor,
  row: Viewed,
  { language, now }: { language: Language; now: Temporal.Instant },
): Promise<AppointmentView> {
  const [resources, group, parts, patient] = await Promise.all([
    resourcesOf(tx, actor.organizationId, row.id),
    seatOf(tx, actor.organizationId, row.id),
    offeringsInFull(tx, actor.organizationId).where('o.id', '=', row.offeringId).executeTakeFirstOrThrow(),
    tx
      .selectFrom('people.patient')
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', row.patientId)
      // Not the preferred name: a guest who only typed a name must not learn that a record knows another.
      .select('givenName as firstName')
      .executeTakeFirstOrThrow(),
  ])
  return visitView(actor, row, { parts, firstName: patient.firstName, resources, group, language, now })
}

/** Which of how many seats of a group visit this one has; null for a visit of one's own. Of who has the others, nothing. */
export async function seatOf(tx: Tx, organizationId: string, appointmentId: string) {
  const seat = await tx
    .selectFrom('scheduling.seat')
    .where('organizationId', '=', organizationId)
    .where('appointmentId', '=', appointmentId)
    .select(['number as seat', 'seats'])
    .executeTakeFirst()
  return seat ?? null
}

/** What a visit has taken beside its clinician, or shares with the others of its group. */
export async function resourcesOf(tx: Tx, organizationId: string, appointmentId: string) {
  return tx
    .selectFrom('scheduling.takenTime as t')
    .innerJoin('scheduling.resource as r', (join) =>
      join.onRef('r.organizationId', '=', 't.organizationId').onRef('r.id', '=', 't.resourceId'),
    )
    .where('t.organizationId', '=', organizationId)
    .where((is) =>
      is.or([
        is('t.appointmentId', '=', appointmentId),
        is('t.sessionId', '=', (of) =>
          of
            .selectFrom('scheduling.seat')
            .where('organizationId', '=', organizationId)
            .where('appointmentId', '=', appointmentId)
            .select('sessionId'),
        ),
      ]),
    )
    .orderBy('r.kind')
    .select(['r.kind', 'r.name', 'r.modality'])
    .execute()
}

interface Known {
  parts: OfferingInFull
  firstName: string
  resources: readonly Pick<Resource, 'kind' | 'name' | 'modality'>[]
  group: { seat: number; seats: number } | null
  language: Language
  now: Temporal.Instant
}

/** The same from what is at hand. */
export function visitView(
  actor: Actor,
  row: Omit<Viewed, 'offeringId' | 'patientId'>,
  { parts, firstName, resources, group, language, now }: Known,
): AppointmentView {
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    startsAt: row.startsAt.toString(),
    endsAt: row.endsAt.toString(),
    ...partsView(parts, language),
    directions: spoken(parts.directions, language) ?? null,
    patientFirstName: firstName,
    resources: resources.map(({ kind, name, modality }) => ({
      kind,
      name: isPatientSide(actor) ? null : name,
      modality,
    })),
    interpreterLanguage: row.interpreterLanguage,
    group,
    can: mayChange(actor, row, now, parts.cancelCutoffMinutes) ? ['cancel', 'reschedule'] : [],
  }
}

/** Patients may change a booked visit until the cut-off; staff until it starts. */
export function mayChange(
  actor: Actor,
  row: Pick<Viewed, 'status' | 'startsAt'>,
  now: Temporal.Instant,
  cutoffMinutes: number,
) {
  return row.status === 'booked' && isBeforeCutoff(row.startsAt, now, isPatientSide(actor) ? cutoffMinutes : 0)
}
