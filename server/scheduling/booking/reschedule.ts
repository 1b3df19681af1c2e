/** Moves an appointment to another opening: the new time is got first, the old one is free in the same transaction. */
import { isPatientSide, system, type Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { claim, type RequestKey } from '../../platform/once.ts'
import { accessAppointment, accessHold, type AppointmentRow } from '../access.ts'
import { recordChange, stillToChange } from './cancel.ts'
import { freeTime, reindexAround } from './free-time.ts'
import { freeHold } from './hold.ts'
import { changed } from '../desk/live.ts'
import { refuseBrokenLink } from '../linked/refuse-broken-link.ts'
import { toInstant } from '../openings/minutes.ts'
import type { Need } from '../resources/pools.ts'
import { needsFor } from '../resources/take-resources.ts'
import { takeTurns } from '../resources/turns.ts'
import { recut, refuseClosed } from '../rules/ask-rules.ts'
import { readToBook, type OfferingFacts } from './offering.ts'
import { refusedBecause } from './rules.ts'
import { slotTaken, startMinuteOf } from './slot-taken.ts'
import { takeAll } from './take-time.ts'

interface Move {
  id: string
  offeringId: string
  startsAt: string
  holdId?: string
  version?: number
  /** The clinic had to: what becomes true with it, in its transaction. */
  byClinic?: (tx: Tx, after: AppointmentRow) => Promise<void>
}

/** Gives the appointment as it is afterwards; refuses `slot_taken` with the next openings, and `gap_broken`, and leaves the old time. */
export async function reschedule(context: Context, actor: Actor, move: Move, requestKey?: RequestKey) {
  const { db, now } = context
  const { id } = move
  const startMinute = startMinuteOf(move.startsAt)
  const moved = await within(db, actor, async (tx) => {
    const seen = await accessAppointment(tx, actor, id)
    if (await claim(tx, actor, requestKey, id)) return seen
    const kept = move.holdId ? await accessHold(tx, actor, move.holdId) : undefined
    // One fixed order of turns, so that two who swap clinicians never wait for each other.
    const next = await readToBook(tx, actor.organizationId, move.offeringId, startMinute)
    const needs = needsFor(next, seen.interpreterLanguage === null ? undefined : { language: seen.interpreterLanguage })
    await takeTurns(tx, actor.organizationId, {
      practitionerIds: [seen.practitionerId, next.practitionerId],
      appointmentId: id,
      holdId: move.holdId,
      wanted: [{ needs, locationId: next.locationId }],
    })
    const before = await stillToChange(tx, actor, { id, version: move.version ?? seen.version }, now())
    if (before.status === 'cancelled')
      throw conflict('already_cancelled', 'This visit was cancelled. Book a new one.', { instead: 'choose_time' })
    // What the clinic has to move it moves, and calls; nobody is left where they cannot be.
    if (!move.byClinic) await refuseBrokenLink(tx, actor, before, { offering: next, startMinute })
    await freeOld(tx, actor, before, now())
    if (kept) await freeHold(tx, kept, now())
    const reasonCode = move.byClinic ? 'clinic' : 'moved'
    const after = await moveNow(context, tx, actor, {
      before,
      offeringId: move.offeringId,
      startMinute,
      needs,
      reasonCode,
    })
    await move.byClinic?.(tx, after)
    return after
  }).catch(async (error: unknown) => {
    if (error !== timeTaken) throw error
    throw await within(db, system(actor.organizationId, 'openings'), (tx) =>
      slotTaken(tx, actor, move.offeringId, now()),
    )
  })
  changed(context, actor.organizationId)
  return moved
}

/** Thrown inside the transaction to give the old time back by rolling back. */
export const timeTaken = new Error('taken')

interface Going {
  before: AppointmentRow
  offeringId: string
  startMinute: number
  needs: readonly Need[]
  reasonCode?: 'moved' | 'clinic'
  togetherId?: string
}

/** Gives a visit whose old time is freed its new one, in the turns of both; throws `timeTaken` when it is not open any more. */
export async function moveNow(
  { announce, now }: Context,
  tx: Tx,
  actor: Actor,
  { before, offeringId, startMinute, needs, reasonCode = 'moved', togetherId }: Going,
) {
  const { organizationId, id, patientId } = before
  const startsAt = toInstant(startMinute)
  const offering = await readToBook(tx, organizationId, offeringId, startMinute)
  const bornOn = await refuseByAges(tx, actor, before, { offering, startsAt, now: now() })
  const patient = { id: patientId, bornOn, isNew: before.newPatient }
  const asked = { organizationId, startMinute, now: now(), patient, but: id }
  await refuseClosed(tx, offering, asked)
  const got = offering.isOpen && (await takeAll(tx, actor, offering, { ...asked, appointmentId: id, needs }))
  if (!got) throw timeTaken
  const after = await rewrite(tx, before, offering, startsAt)
  await recut(tx, offering, asked)
  const why = { reasonCode, reasonNote: null, reasonNoteSealed: null, togetherId }
  await recordChange(tx, actor, before, { kind: 'moved', version: after.version, ...why, changedAt: now() })
  await audit(tx, actor, {
    action: 'update',
    resourceType: 'Appointment',
    resourceId: id,
    patientId,
    fields: ['start', 'end'],
  })
  await announce(tx, 'appointment.moved', { organizationId, appointmentId: id, version: after.version })
  return after
}

/** Gives back all that a visit has, and shows it as open. */
export async function freeOld(tx: Tx, actor: Actor, before: AppointmentRow, now: Temporal.Instant) {
  await reindexAround(tx, before, (await freeTime(tx, actor.organizationId, 'appointmentId', before.id)) ?? [], now)
}

async function refuseByAges(
  tx: Tx,
  actor: Actor,
  before: AppointmentRow,
  { offering, startsAt, now }: { offering: OfferingFacts; startsAt: Temporal.Instant; now: Temporal.Instant },
) {
  if (offering.visitTypeId !== before.visitTypeId && isPatientSide(actor))
    throw invalid('other_visit', 'Choose a time for the same kind of visit, or call us.', { instead: 'choose_time' })
  const patient = await tx
    .selectFrom('people.patient')
    .where('organizationId', '=', actor.organizationId)
    .where('id', '=', before.patientId)
    .select('bornOn')
    .executeTakeFirstOrThrow()
  const refusal = refusedBecause(offering, {
    startsAt,
    now,
    zone: offering.zone,
    bornOn: patient.bornOn,
    newPatient: before.newPatient,
    byStaff: !isPatientSide(actor),
  })
  if (refusal) throw refusal
  return patient.bornOn
}

function rewrite(tx: Tx, before: AppointmentRow, offering: OfferingFacts, startsAt: Temporal.Instant) {
  return tx
    .updateTable('scheduling.appointment')
    .set({
      version: before.version + 1,
      offeringId: offering.id,
      practitionerId: offering.practitionerId,
      locationId: offering.locationId,
      visitTypeId: offering.visitTypeId,
      mode: offering.mode,
      startsAt,
      endsAt: startsAt.add({ minutes: offering.minutes }),
    })
    .where('organizationId', '=', before.organizationId)
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}
