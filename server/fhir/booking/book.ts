/** `Appointment/$book` (IHE ITI-117): books a new appointment, moves a booked one, cancels a booked or a held one. */
import { accessAppointment, book, cancel, releaseHold, reschedule } from '../../scheduling/index.ts'
import { recordIds } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { Refusal, invalid } from '../../platform/errors.ts'
import type { RequestKey } from '../../platform/once.ts'
import { appointments, resourcesOf } from '../resources/appointments.ts'
import type { Asking } from '../resources/kind.ts'
import { badRequest, notSupported } from '../wire/outcome.ts'
import { single, type Expected, type Parameters as Given } from '../wire/parameters.ts'
import { idIn } from '../wire/query.ts'
import type { Resource } from '../wire/resource.ts'
import { cancelReason, patientOf, startOfSlot } from './asked.ts'
import type { Ask, Done } from './hold.ts'
import { whoIsMeant } from './patient.ts'
import { appointmentId, startMeant, withProposals } from './which.ts'

export const bookParameters: Expected = {
  'appointment-reference': 'reference',
  'appointment-resource': 'resource',
  'patient-resource': 'resource',
  comment: 'text',
}

interface Call {
  ask: Ask
  given: Given
  requestKey: RequestKey | undefined
  /** Of If-Match: the version that the caller saw. */
  version: number | undefined
}

/** The status of the resource says what is wanted; a reference always books. */
export async function bookAppointment(context: Context, actor: Actor, call: Call): Promise<Done> {
  const { given } = call
  const reference = single('appointment-reference', given.references('appointment-reference'))
  const resource = single('appointment-resource', given.resources('appointment-resource'))
  if ((reference === undefined) === (resource === undefined))
    throw badRequest('required', 'Give either appointment-reference or appointment-resource.')
  if (resource && resource.resourceType !== 'Appointment')
    throw badRequest('bad_value', 'appointment-resource is an Appointment.')
  const status = resource?.['status'] ?? 'pending'
  if (status === 'pending' || status === 'proposed') {
    const meant = reference ?? { reference: resource?.id ?? '' }
    return bookNew(context, actor, call, { meant, resource })
  }
  if (!resource) throw badRequest('required', 'Give appointment-resource.')
  if (status === 'booked') return move(context, actor, call, resource)
  if (status === 'cancelled') return cancelIt(context, actor, call, resource)
  throw badRequest('bad_value', 'The status of the appointment is pending, booked or cancelled.')
}

async function bookNew(
  context: Context,
  actor: Actor,
  { ask, given, requestKey }: Call,
  { meant, resource }: { meant: { reference?: string }; resource: Resource | undefined },
): Promise<Done> {
  const patients = given.resources('patient-resource')
  if (patients.length > 1) throw notSupported('A visit for several patients at once can not be booked here yet.')
  const { start, who, isNew } = await ask(async (asking) => {
    const start = await startMeant(asking, appointmentId(meant, asking.base))
    const patient = patients[0] ?? patientOf(resource, asking.base)
    if (!patient) throw badRequest('required', 'Say whom the visit is for: patient-resource.')
    const who = await whoIsMeant(asking, patient)
    return { start, who, isNew: who.patientId === undefined || !(await hasBeenHere(asking, who.patientId)) }
  })
  const reason = single('comment', given.texts('comment'))?.slice(0, 500)
  const language = who.guest?.person.language ?? 'en'
  const request = { ...start, ...who, newPatient: isNew, language, ...(reason !== undefined && { reason }) }
  const { view } = await book(context, actor, request, requestKey).catch((error: unknown) => {
    throw withProposals(error, start.offeringId)
  })
  return { appointment: await ask((asking) => appointments.read(asking, view.id)) }
}

/** Whether this patient was a patient before: recorded elsewhere, or seen here. */
async function hasBeenHere({ tx, actor, now }: Asking, patientId: string): Promise<boolean> {
  const ids = await recordIds(tx, actor.organizationId, patientId)
  const [recorded, visit] = await Promise.all([
    tx
      .selectFrom('people.patient')
      .where('organizationId', '=', actor.organizationId)
      .where('id', 'in', ids)
      .where('origin', '=', 'record')
      .select('id')
      .limit(1)
      .executeTakeFirst(),
    tx
      .selectFrom('scheduling.appointment')
      .where('organizationId', '=', actor.organizationId)
      .where('patientId', 'in', ids)
      .where('status', '=', 'booked')
      .where('startsAt', '<', now)
      .select('id')
      .limit(1)
      .executeTakeFirst(),
  ])
  return recorded !== undefined || visit !== undefined
}

async function move(
  context: Context,
  actor: Actor,
  { ask, requestKey, version }: Call,
  resource: Resource,
): Promise<Done> {
  const { id, to } = await ask(async (asking) => {
    const id = existingId(resource, asking.base)
    const before = await accessAppointment(asking.tx, actor, id)
    return { id, to: startOfSlot(resource, before, asking.base) }
  })
  const seen = version ?? versionOf(resource)
  const row = await reschedule(
    context,
    actor,
    { id, ...to, ...(seen !== undefined && { version: seen }) },
    requestKey,
  ).catch((error: unknown) => {
    throw changedMeanwhile(withProposals(error, to.offeringId), version)
  })
  return { appointment: await shown(ask, row) }
}

async function cancelIt(
  context: Context,
  actor: Actor,
  { ask, given, requestKey, version }: Call,
  resource: Resource,
): Promise<Done> {
  const { id, isHold, pending } = await ask(async (asking) => {
    const id = existingId(resource, asking.base)
    const before = await appointments.read(asking, id)
    return { id, isHold: before['status'] === 'pending', pending: before }
  })
  if (isHold) {
    await releaseHold(context, actor, id)
    return { appointment: { ...pending, status: 'cancelled' } }
  }
  const note = single('comment', given.texts('comment'))?.slice(0, 500)
  const seen = version ?? versionOf(resource)
  const cancellation = { id, reason: cancelReason(resource), ...(note !== undefined && { note }) }
  const row = await cancel(
    context,
    actor,
    { ...cancellation, ...(seen !== undefined && { version: seen }) },
    requestKey,
  ).catch((error: unknown) => {
    throw changedMeanwhile(error, version)
  })
  return { appointment: await shown(ask, row) }
}

type Visit = Parameters<typeof resourcesOf>[1][number]

async function shown(ask: Ask, row: Visit): Promise<Resource> {
  const [resource] = await ask((asking) => resourcesOf(asking, [row]))
  if (!resource) throw new Error('the appointment that was just changed is not to be seen')
  return resource
}

function existingId(resource: Resource, base: string): string {
  const id = resource.id === undefined ? undefined : idIn(resource.id, 'Appointment', base)
  if (id === undefined) throw new Refusal(404, 'not_found', 'No such appointment.')
  return id
}

/** The version that the caller's copy says it is. */
function versionOf(resource: Resource): number | undefined {
  const meta = resource['meta']
  const version = typeof meta === 'object' && meta !== null && 'versionId' in meta ? meta.versionId : undefined
  if (version === undefined) return undefined
  if (typeof version !== 'string' || !/^\d{1,9}$/.test(version))
    throw invalid('version', 'meta.versionId is not one of ours.')
  return Number(version)
}

/** FHIR answers an If-Match that does not hold with 412 (http.html#concurrency). */
function changedMeanwhile(error: unknown, version: number | undefined): unknown {
  if (version === undefined || !(error instanceof Refusal) || error.code !== 'changed_meanwhile') return error
  return new Refusal(412, error.code, error.message, error.extra)
}
