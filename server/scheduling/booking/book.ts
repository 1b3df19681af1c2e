/** Books a visit: for a guest, or for a patient whom staff or a program names. The database rules out a double booking. */
import { isStaff, system, type Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { conflict } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { claim, type RequestKey } from '../../platform/once.ts'
import { accessHold } from '../access.ts'
import { bookerOf, type Booker } from './booker.ts'
import type { AppointmentView, BookingRequest } from '../contract.ts'
import { changed } from '../desk/live.ts'
import { toInstant, toMinute } from '../openings/minutes.ts'
import { writeVisit, type NewVisit } from './new-visit.ts'
import { offeringInTurn, type OfferingFacts } from './offering.ts'
import { refusedBecause } from './rules.ts'
import { slotTaken, startMinuteOf } from './slot-taken.ts'
import { takeTime } from './take-time.ts'
import { appointmentView, visitView } from '../view.ts'
import '../tables.ts'

export interface Booked {
  view: AppointmentView
  patientId: string
  contactKind: 'phone' | 'email' | null
}

/**
 * Gives the appointment. Refuses `slot_taken` with the next openings when somebody was faster, `hold_ended` never: a
 * hold that ran out is tried once more as a plain booking. The same request key gives the same appointment.
 */
export async function book(
  context: Context,
  actor: Actor,
  request: BookingRequest,
  requestKey?: RequestKey,
): Promise<Booked> {
  const booker = await bookerOf(context, actor, request)
  const startMinute = startMinuteOf(request.startsAt)
  const done = await within(context.db, booker.actor, async (tx) => {
    const id = newId()
    const [before, offering, person] = await Promise.all([
      claim(tx, { ...booker.actor, id: booker.claimant }, requestKey, id),
      offeringInTurn(tx, actor.organizationId, request.offeringId, startMinute),
      booker.person(tx),
    ])
    if (before) return { before, view: undefined }
    const startsAt = toInstant(startMinute)
    const refusal = refusedBecause(offering, {
      startsAt,
      now: context.now(),
      zone: offering.zone,
      bornOn: person.bornOn,
      newPatient: request.newPatient ?? false,
      byStaff: isStaff(actor),
    })
    if (refusal) throw refusal
    await booker.arrive(tx)
    const visit = visitOf(context, booker, request, { id, offering, startsAt })
    if (!(await getTime(context, tx, booker, { request, offering, startMinute, visit }))) throw taken
    await context.announce(tx, 'appointment.booked', {
      organizationId: actor.organizationId,
      appointmentId: id,
      version: 1,
    })
    await booker.settle(tx, id)
    const row = {
      id,
      version: 1,
      status: 'booked' as const,
      startsAt,
      endsAt: startsAt.add({ minutes: offering.minutes }),
    }
    const known = { parts: offering, firstName: person.givenName, language: request.language, now: context.now() }
    return { before: undefined, view: visitView(booker.actor, row, known) }
  }).catch(async (error: unknown) => {
    throw error === taken ? await slotTaken(context, actor, request.offeringId) : error
  })
  if (done.view === undefined) return replay(context, actor.organizationId, done.before, request)
  changed(context, actor.organizationId)
  return { view: done.view, patientId: booker.patientId, contactKind: booker.contact?.kind ?? null }
}

/** Thrown inside the transaction, so that nothing of a booking that came too late is kept: not even its key. */
const taken = new Error('taken')

interface Work {
  request: BookingRequest
  offering: OfferingFacts
  startMinute: number
  visit: NewVisit
}

/** Turns the caller's hold into the visit's time, or takes the time at once; writes the visit with it. */
async function getTime({ now }: Context, tx: Tx, booker: Booker, work: Work): Promise<boolean> {
  const { request, offering, startMinute, visit } = work
  const deed = {
    action: 'create',
    resourceType: 'Appointment',
    resourceId: visit.id,
    patientId: booker.patientId,
  } as const
  if (request.holdId && (await useHold(tx, booker, request.holdId, work))) {
    await writeVisit(tx, visit)
    await audit(tx, booker.actor, deed)
    return true
  }
  return offering.isOpen && takeTime(tx, booker.actor, offering, { startMinute, now: now(), visit, deed })
}

async function useHold(
  tx: Tx,
  booker: Booker,
  holdId: string,
  { offering, startMinute, visit }: Work,
): Promise<boolean> {
  const used = await tx
    .updateTable('scheduling.takenTime')
    .set({ holdId: null, appointmentId: visit.id })
    .where('organizationId', '=', booker.actor.organizationId)
    .where('holdId', '=', holdId)
    .returning('id')
    .executeTakeFirst()
  // It ran out and was given back; the time may still be free.
  if (!used) return false
  const held = await accessHold(tx, booker.actor, holdId)
  if (held.offeringId !== offering.id || toMinute(held.startsAt) !== startMinute)
    throw conflict('another_hold', 'The time that is kept for you is another one. Choose again.', {
      instead: 'choose_time',
    })
  await tx
    .deleteFrom('scheduling.hold')
    .where('organizationId', '=', booker.actor.organizationId)
    .where('id', '=', holdId)
    .execute()
  return true
}

interface Placed {
  id: string
  offering: OfferingFacts
  startsAt: Temporal.Instant
}

function visitOf(
  { now }: Context,
  booker: Booker,
  request: BookingRequest,
  { id, offering, startsAt }: Placed,
): NewVisit {
  return {
    organization_id: booker.actor.organizationId,
    id,
    offering_id: offering.id,
    practitioner_id: offering.practitionerId,
    location_id: offering.locationId,
    visit_type_id: offering.visitTypeId,
    mode: offering.mode,
    patient_id: booker.patientId,
    starts_at: startsAt.toString(),
    ends_at: startsAt.add({ minutes: offering.minutes }).toString(),
    reason: request.reason ?? null,
    new_patient: request.newPatient ?? false,
    language: request.language,
    contact_kind: booker.contact?.kind ?? null,
    contact_value: booker.contact?.value ?? null,
    booked_at: now().toString(),
    booked_by: booker.actor.id,
    booked_through: booker.through,
  }
}

/** What the first request of this key made, as it is now: whoever has the key and the request may see the answer again. */
async function replay(context: Context, organizationId: string, id: string, request: BookingRequest): Promise<Booked> {
  return within(context.db, system(organizationId, 'replay'), async (tx) => {
    const row = await tx
      .selectFrom('scheduling.appointment')
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .selectAll()
      .executeTakeFirstOrThrow()
    await audit(tx, system(organizationId, 'replay'), {
      action: 'read',
      resourceType: 'Appointment',
      resourceId: id,
      patientId: row.patientId,
    })
    const view = await appointmentView(tx, { ...system(organizationId, 'replay'), role: 'guest' }, row, {
      language: request.language,
      now: context.now(),
    })
    return { view, patientId: row.patientId, contactKind: row.contactKind }
  })
}
