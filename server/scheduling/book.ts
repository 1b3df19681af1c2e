/** Books a visit: for a guest, or for a patient whom staff or a program names. The database rules out a double booking. */
import { system, type Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import { conflict } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { claim, type RequestKey } from '../platform/once.ts'
import { accessHold } from './access.ts'
import { bookerOf, type Booker } from './booker.ts'
import type { AppointmentView, BookingRequest } from './contract.ts'
import { changed } from './live.ts'
import { toMinute } from './minutes.ts'
import { offeringInTurn, type OfferingFacts } from './offering.ts'
import { refusedBecause } from './rules.ts'
import { slotTaken, startMinuteOf } from './slot-taken.ts'
import { takeTime } from './take-time.ts'
import { appointmentView } from './view.ts'
import './tables.ts'

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
    const refusal = refusedBecause(offering, {
      startsAt: Temporal.Instant.from(request.startsAt),
      now: context.now(),
      zone: offering.zone,
      bornOn: person.bornOn,
      newPatient: request.newPatient ?? false,
      byStaff: actor.role === 'front_desk' || actor.role === 'client',
    })
    if (refusal) throw refusal
    if (!(await getTime(context, tx, booker, { request, offering, startMinute, id }))) return undefined
    return { before: undefined, view: await write(context, tx, booker, { request, offering, id }) }
  })
  if (!done) throw await slotTaken(context, actor, request.offeringId)
  if (done.view === undefined) return replay(context, actor.organizationId, done.before, request)
  changed(context, actor.organizationId)
  return { view: done.view, patientId: booker.patientId, contactKind: booker.contact?.kind ?? null }
}

interface Work {
  request: BookingRequest
  offering: OfferingFacts
  id: string
}

/** Turns the caller's hold into the visit's time, or takes the time at once. */
async function getTime(
  { now }: Context,
  tx: Tx,
  booker: Booker,
  work: Work & { startMinute: number },
): Promise<boolean> {
  const { request, offering, startMinute, id } = work
  const deed = { action: 'create', resourceType: 'Appointment', resourceId: id, patientId: booker.patientId } as const
  if (request.holdId && (await useHold(tx, booker, request.holdId, work))) return true
  return offering.isOpen && takeTime(tx, booker.actor, offering, { startMinute, now: now(), appointmentId: id, deed })
}

async function useHold(tx: Tx, booker: Booker, holdId: string, { request, offering, id }: Work): Promise<boolean> {
  const used = await tx
    .updateTable('scheduling.takenTime')
    .set({ holdId: null, appointmentId: id })
    .where('organizationId', '=', booker.actor.organizationId)
    .where('holdId', '=', holdId)
    .returning('id')
    .executeTakeFirst()
  // It ran out and was given back; the time may still be free.
  if (!used) return false
  const held = await accessHold(tx, booker.actor, holdId)
  if (held.offeringId !== offering.id || toMinute(held.startsAt) !== startMinuteOf(request.startsAt))
    throw conflict('another_hold', 'The time that is kept for you is another one. Choose again.', {
      instead: 'choose_time',
    })
  await tx
    .deleteFrom('scheduling.hold')
    .where('organizationId', '=', booker.actor.organizationId)
    .where('id', '=', holdId)
    .execute()
  await audit(tx, booker.actor, {
    action: 'create',
    resourceType: 'Appointment',
    resourceId: id,
    patientId: booker.patientId,
  })
  return true
}

/** The appointment itself, and those who must know of it: in the transaction that got the time. */
async function write({ announce, now }: Context, tx: Tx, booker: Booker, { request, offering, id }: Work) {
  const { organizationId } = booker.actor
  const startsAt = Temporal.Instant.from(request.startsAt)
  await booker.arrive(tx)
  const row = {
    id,
    version: 1,
    status: 'booked' as const,
    offeringId: offering.id,
    patientId: booker.patientId,
    startsAt,
    endsAt: startsAt.add({ minutes: offering.minutes }),
  }
  const [, , view] = await Promise.all([
    tx
      .insertInto('scheduling.appointment')
      .values({
        ...row,
        organizationId,
        practitionerId: offering.practitionerId,
        locationId: offering.locationId,
        visitTypeId: offering.visitTypeId,
        mode: offering.mode,
        reason: request.reason ?? null,
        newPatient: request.newPatient ?? false,
        language: request.language,
        contactKind: booker.contact?.kind ?? null,
        contactValue: booker.contact?.value ?? null,
        bookedAt: now(),
        bookedBy: booker.actor.id,
        bookedThrough: booker.through,
      })
      .execute(),
    announce(tx, 'appointment.booked', { organizationId, appointmentId: id, version: 1 }),
    appointmentView(tx, booker.actor, row, { language: request.language, now: now() }),
  ])
  await booker.settle(tx, id)
  return view
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
