/** Finds and reads appointments (IHE ITI-118). Each that is shown is read in the trail. */
import { sql } from 'kysely'
import { accessAppointment, accessHold, reasonsOf, visibleAppointments } from '../../scheduling/index.ts'
import { audit, auditAll } from '../../platform/audit.ts'
import { notFound, Refusal } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import { appointmentResource, namesOf } from './appointment.ts'
import { among, amongRecords, codesOf, counted, howMany, pageOf, type Asking, type Found, type Kind } from './kind.ts'
import { locationsByIds } from './locations.ts'
import { offeredByIds } from './offered.ts'
import { identified, patientsByIds } from './patients.ts'
import { npisOf, practitionersByIds } from './practitioners.ts'
import { instantOf, isOpen, startOf } from './slots.ts'
import { boundsOf } from '../wire/dates.ts'
import { badRequest, remark } from '../wire/outcome.ts'
import type { Query } from '../wire/query.ts'
import { profiles, systems, type Resource } from '../wire/resource.ts'

export const appointments: Kind = {
  type: 'Appointment',
  profile: profiles.appointment,
  parameters: [
    { name: '_id', type: 'token' },
    { name: 'patient', type: 'reference' },
    { name: 'patient.identifier', type: 'token' },
    { name: 'practitioner', type: 'reference' },
    { name: 'practitioner.identifier', type: 'token', documentation: 'The NPI.' },
    { name: 'location', type: 'reference' },
    { name: 'date', type: 'date' },
    { name: 'status', type: 'token', documentation: 'booked, cancelled. Others are read by their id.' },
    { name: 'specialty', type: 'token', documentation: 'NUCC taxonomy.' },
  ],
  includes: ['Appointment:actor', 'Appointment:patient', 'Appointment:practitioner', 'Appointment:location'],
  search,
  async read(asking, id) {
    const found = await proposed(asking, id)
      .then((one) => one ?? booked(asking, id))
      .then((one) => one ?? held(asking, id))
    if (!found) throw notFound('Appointment')
    return found
  },
}

const narrowing = [
  '_id',
  'patient',
  'patient.identifier',
  'practitioner',
  'practitioner.identifier',
  'location',
  'date',
]

async function search(asking: Asking, query: Query): Promise<Found> {
  const { tx, actor } = asking
  await audit(tx, actor, { action: 'search', resourceType: 'Appointment', fields: query.names })
  const states = statesOf(query.one('status'))
  if (!narrowing.some((name) => query.has(name)))
    return {
      matches: [],
      total: 0,
      remarks: [remark(`Say more: one of ${narrowing.join(', ')}.`, undefined, 'warning')],
    }
  const rows = filtered(asking, query, states)
  const page = pageOf(
    await rows
      .$if(query.after !== undefined, (rest) =>
        rest.where(sql<boolean>`(a.starts_at, a.id) > (${query.after?.order}::timestamptz, ${query.after?.id}::uuid)`),
      )
      .selectAll('a')
      .orderBy('a.startsAt')
      .orderBy('a.id')
      .limit(query.count + 1)
      .execute(),
    query.count,
    ({ startsAt, id }) => [startsAt.toString(), id],
  )
  await auditAll(
    tx,
    actor,
    page.shown.map(({ id, patientId }) => ({
      action: 'read' as const,
      resourceType: 'Appointment',
      resourceId: id,
      patientId,
    })),
  )
  return {
    matches: await resourcesOf(asking, page.shown),
    included: await includedWith(asking, query, page.shown),
    after: page.after,
    total: await counted(query, rows.select(howMany)),
  }
}

function filtered(asking: Asking, query: Query, states: ('booked' | 'cancelled')[] | undefined) {
  const { tx, actor } = asking
  let rows = visibleAppointments(tx, actor)
  const ids = query.ids('_id', 'Appointment')
  if (ids) rows = rows.where('a.id', '=', among(ids))
  const patientIds = query.ids('patient', 'Patient')
  if (patientIds) rows = rows.where('a.patientId', '=', amongRecords(actor.organizationId, patientIds))
  const identifiers = query.tokens('patient.identifier')
  if (identifiers) rows = rows.where('a.patientId', 'in', identified(asking, identifiers))
  const clinicians = query.ids('practitioner', 'Practitioner')
  if (clinicians) rows = rows.where('a.practitionerId', '=', among(clinicians))
  const npis = query.tokens('practitioner.identifier')
  if (npis)
    rows =
      rows.where(sql<boolean>`exists (select from directory.practitioner p where p.organization_id = a.organization_id
      and p.id = a.practitioner_id and p.npi = any(${npisOf(npis)}::text[]))`)
  const places = query.ids('location', 'Location')
  if (places) rows = rows.where('a.locationId', '=', among(places))
  const specialties = query.tokens('specialty')
  if (specialties)
    rows = rows.where(sql<boolean>`exists (select from scheduling.offering o
      join directory.practitioner_role r on r.organization_id = o.organization_id and r.id = o.practitioner_role_id
      where o.organization_id = a.organization_id and o.id = a.offering_id
        and r.specialties && ${codesOf(specialties, systems.specialty)}::text[])`)
  if (states) rows = rows.where((of) => of.or(states.map((state) => of('a.status', '=', state))))
  const { from, until } = boundsOf(query.all('date').flat(), asking.zone)
  if (from) rows = rows.where('a.startsAt', '>=', from)
  if (until) rows = rows.where('a.startsAt', '<', until)
  return rows
}

const fhirStates = [
  'proposed',
  'pending',
  'booked',
  'arrived',
  'fulfilled',
  'cancelled',
  'noshow',
  'entered-in-error',
  'checked-in',
  'waitlist',
]

function statesOf(asked: readonly string[] | undefined) {
  if (asked?.some((one) => !fhirStates.includes(one)))
    throw badRequest('bad_value', 'status is an AppointmentStatus of FHIR.')
  return asked && (['booked', 'cancelled'] as const).filter((state) => asked.includes(state))
}

interface Row {
  id: string
  version: number
  status: 'booked' | 'cancelled'
  offeringId: string
  practitionerId: string
  locationId: string
  patientId: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  organizationId: string
  reason: string | null
  reasonSealed: Buffer | null
  bookedAt: Temporal.Instant
}

/** Rows of visits as FHIR; whoever calls has written the trail. */
export async function resourcesOf(asking: Asking, rows: readonly Row[]): Promise<Resource[]> {
  const [visits, names, cancelled, reasons] = await Promise.all([
    offeredByIds(
      asking,
      rows.map(({ offeringId }) => offeringId),
    ),
    namesOf(
      asking,
      rows.map(({ patientId }) => patientId),
    ),
    cancelReasonsOf(
      asking,
      rows.filter(({ status }) => status === 'cancelled').map(({ id }) => id),
    ),
    reasonsOf(asking.context, asking.tx, rows),
  ])
  return rows.flatMap((row) => {
    const offered = visits.get(row.offeringId)
    if (!offered) return []
    const patient = { id: row.patientId, name: names.get(row.patientId) ?? '' }
    const why = { reason: reasons.get(row.id) ?? null, cancelReason: cancelled.get(row.id) }
    return [appointmentResource(asking.base, offered, { ...row, patient, ...why })]
  })
}

async function cancelReasonsOf({ tx, actor }: Asking, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('scheduling.appointmentChange')
    .where('organizationId', '=', actor.organizationId)
    .where('appointmentId', '=', among(ids))
    .where('kind', '=', 'cancelled')
    .select(['appointmentId', 'reasonCode'])
    .execute()
  return new Map(rows.map(({ appointmentId, reasonCode }) => [appointmentId, reasonCode]))
}

async function includedWith(asking: Asking, query: Query, rows: readonly Row[]): Promise<Resource[]> {
  const ids = (of: 'practitionerId' | 'locationId' | 'patientId') => [...new Set(rows.map((row) => row[of]))]
  const found = await Promise.all([
    query.includes('practitioner') ? practitionersByIds(asking, ids('practitionerId')) : [],
    query.includes('location') ? locationsByIds(asking, ids('locationId')) : [],
    query.includes('patient') ? patientsByIds(asking, ids('patientId')) : [],
  ])
  return found.flat()
}

async function proposed(asking: Asking, id: string): Promise<Resource | undefined> {
  const start = startOf(id)
  if (!start || !(await isOpen(asking, start))) return undefined
  const offered = (await offeredByIds(asking, [start.offeringId])).get(start.offeringId)
  if (!offered) return undefined
  const startsAt = instantOf(start.minute)
  const endsAt = startsAt.add({ minutes: offered.minutes })
  return appointmentResource(asking.base, offered, { id, status: 'proposed', startsAt, endsAt, slotId: id })
}

async function booked(asking: Asking, id: string): Promise<Resource | undefined> {
  const row = isId(id) ? await unlessMissing(accessAppointment(asking.tx, asking.actor, id)) : undefined
  return row && (await resourcesOf(asking, [row]))[0]
}

async function held(asking: Asking, id: string): Promise<Resource | undefined> {
  const row = isId(id) ? await unlessMissing(accessHold(asking.tx, asking.actor, id)) : undefined
  if (!row || row.heldBy !== asking.actor.id || Temporal.Instant.compare(row.expiresAt, asking.now) <= 0)
    return undefined
  const offered = (await offeredByIds(asking, [row.offeringId])).get(row.offeringId)
  return offered && appointmentResource(asking.base, offered, { ...row, status: 'pending' })
}

/** One address opens what is booked and what is held: missing here is no answer yet. */
async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
  return found.catch((error: unknown) => {
    if (error instanceof Refusal && error.status === 404) return undefined
    throw error
  })
}
