/** Cancels an appointment: its time is free in the same transaction, and those who must know are told. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { sealWords } from '../../platform/vault/words.ts'
import { claim, type RequestKey } from '../../platform/once.ts'
import { readOrganization } from '../../people/index.ts'
import { accessAppointment, type AppointmentRow } from '../access.ts'
import type { cancelReasons } from '../contract.ts'
import { freeTime, reindexAround } from './free-time.ts'
import { changed } from '../desk/live.ts'
import { noteField } from '../sealed.ts'
import { takeTurns } from '../resources/turns.ts'
import { mayChange } from '../view.ts'

interface Cancellation {
  id: string
  reason: (typeof cancelReasons)[number]
  note?: string
  /** The version the caller saw; another one means that somebody changed it meanwhile. */
  version?: number
}

/** Gives the appointment as it is afterwards. Cancelling what is cancelled already changes nothing. */
export async function cancel(context: Context, actor: Actor, cancellation: Cancellation, requestKey?: RequestKey) {
  const { db, now } = context
  const { id } = cancellation
  const row = await within(db, actor, async (tx) => {
    const seen = await accessAppointment(tx, actor, id)
    if (await claim(tx, actor, requestKey, id)) return seen
    await takeTurns(tx, actor.organizationId, { practitionerIds: [seen.practitionerId], appointmentId: id })
    const current = await stillToChange(tx, actor, { id, version: cancellation.version ?? seen.version }, now())
    if (current.status === 'cancelled') return current
    return cancelNow(context, tx, actor, { current, reason: cancellation.reason, note: cancellation.note })
  })
  changed(context, actor.organizationId)
  return row
}

interface Cancelling {
  current: AppointmentRow
  reason: Cancellation['reason']
  note?: string | undefined
  togetherId?: string
}

/** Cancels a visit that may be cancelled, in its clinician's turn. */
export async function cancelNow(
  context: Context,
  tx: Tx,
  actor: Actor,
  { current, reason, note, togetherId }: Cancelling,
) {
  const { announce, now } = context
  const { organizationId, id } = current
  const version = current.version + 1
  const cancelled = await tx
    .updateTable('scheduling.appointment')
    .set({ status: 'cancelled', version })
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const noteSealed = await sealWords(context, tx, noteField(current, version), note)
  const why = { reasonCode: reason, reasonNote: null, reasonNoteSealed: noteSealed }
  await recordChange(tx, actor, current, { kind: 'cancelled', version, ...why, togetherId, changedAt: now() })
  await reindexAround(tx, current, (await freeTime(tx, organizationId, 'appointmentId', id)) ?? [], now())
  await audit(tx, actor, {
    action: 'update',
    resourceType: 'Appointment',
    resourceId: id,
    patientId: current.patientId,
    fields: ['status'],
  })
  await announce(tx, 'appointment.cancelled', { organizationId, appointmentId: id, version })
  return cancelled
}

/** The row as it is now that it is our turn; refused when it was changed meanwhile or it is too late for a patient. */
export async function stillToChange(
  tx: Tx,
  actor: Actor,
  { id, version }: { id: string; version: number },
  now: Temporal.Instant,
): Promise<AppointmentRow> {
  const row = await tx
    .selectFrom('scheduling.appointment')
    .where('organizationId', '=', actor.organizationId)
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirstOrThrow()
  if (row.status === 'cancelled') return row
  if (version !== row.version)
    throw conflict('changed_meanwhile', 'This visit was changed in the meantime. Look at it again first.', {
      version: row.version,
    })
  const { cancelCutoffMinutes, phone } = await readOrganization(tx, actor.organizationId)
  if (!mayChange(actor, row, now, cancelCutoffMinutes))
    throw invalid('too_late', 'It is too late to change this visit online. Call us and we will help.', {
      cancelCutoffMinutes,
      phone,
      instead: 'call',
    })
  return row
}

interface Change {
  kind: 'moved' | 'cancelled'
  version: number
  reasonCode: string
  reasonNote: null
  reasonNoteSealed: Buffer | null
  /** Of linked visits that change in one step. */
  togetherId: string | undefined
  changedAt: Temporal.Instant
}

/** Writes down who changed what a visit was, and why. */
export async function recordChange(tx: Tx, actor: Actor, before: AppointmentRow, change: Change) {
  await tx
    .insertInto('scheduling.appointmentChange')
    .values({
      organizationId: actor.organizationId,
      appointmentId: before.id,
      ...change,
      previousStartsAt: before.startsAt,
      previousOfferingId: before.offeringId,
      changedBy: actor.id,
    })
    .execute()
}
