/** Keeps an opening for five minutes while a form is filled; extends it once; gives it back. */
import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { together, within, type Tx } from '../../platform/db.ts'
import { conflict, tooMany } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { claim, type RequestKey } from '../../platform/once.ts'
import { accessHold } from '../access.ts'
import { toMinute } from '../openings/minutes.ts'
import { needsFor, type Interpreter } from '../resources/take-resources.ts'
import { takeTurns } from '../resources/turns.ts'
import { freeTime, reindexAround } from './free-time.ts'
import { readToBook } from './offering.ts'
import { slotTaken, startMinuteOf } from './slot-taken.ts'
import { takeAll } from './take-time.ts'
import { recut, refuseClosed } from '../rules/ask-rules.ts'

export const holdMinutes = 5
/** Live holds of one holder at the most, so that nobody empties a clinic's calendar by holding. */
const mostHolds = 20

interface Opening {
  offeringId: string
  startsAt: string
  interpreter?: Interpreter
}

/**
 * Whoever holds acts in the portal's role, unless staff or a program does. A guest is known by nothing but where they call
 * from: enough to cap holds, kept only as a hash.
 */
export function holderOf({ keys }: Context, actor: Actor, ip: string): Actor {
  if (actor.role !== 'anyone') return actor
  const holder = createHmac('sha256', keys.of('holder')).update(ip).digest('hex').slice(0, 16)
  return { ...actor, role: 'guest', id: `holder:${holder}` }
}

/** Holds an opening, or refuses `slot_taken` with the next ones. */
export async function hold(context: Context, actor: Actor, opening: Opening, requestKey?: RequestKey) {
  const { now } = context
  const startMinute = startMinuteOf(opening.startsAt)
  return within(context.db, actor, async (tx) => {
    const id = newId()
    const [before, offering] = await together([
      claim(tx, actor, requestKey, id),
      readToBook(tx, actor.organizationId, opening.offeringId, startMinute),
    ])
    if (before) return accessHold(tx, actor, before)
    await refuseTooMany(tx, actor, now())
    const asked = { organizationId: actor.organizationId, startMinute, now: now() }
    await refuseClosed(tx, offering, { ...asked, patient: null })
    const needs = needsFor(offering, opening.interpreter)
    const got = offering.isOpen && (await takeAll(tx, actor, offering, { startMinute, now: now(), holdId: id, needs }))
    // Thrown inside the transaction, so that nothing of a hold that came too late is kept: not even its key.
    if (!got) throw await slotTaken(tx, actor, opening.offeringId, now())
    const held = await tx
      .insertInto('scheduling.hold')
      .values({
        organizationId: actor.organizationId,
        id,
        offeringId: offering.id,
        practitionerId: offering.practitionerId,
        startsAt: Temporal.Instant.from(opening.startsAt),
        endsAt: Temporal.Instant.from(opening.startsAt).add({ minutes: offering.minutes }),
        expiresAt: now().add({ minutes: holdMinutes }),
        heldBy: actor.id,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await recut(tx, offering, asked)
    return held
  })
}

/** Refuses whoever keeps as many times as anybody may. */
export async function refuseTooMany(tx: Tx, actor: Actor, now: Temporal.Instant) {
  const { live } = await tx
    .selectFrom('scheduling.hold')
    .where('organizationId', '=', actor.organizationId)
    .where('heldBy', '=', actor.id)
    .where('expiresAt', '>', now)
    .select((of) => of.fn.countAll<number>().as('live'))
    .executeTakeFirstOrThrow()
  if (live >= mostHolds)
    throw tooMany('Too many times are being kept from here. Finish one first, or wait.', holdMinutes * 60)
}

/** Five minutes more, once. A hold that has ended is refused `hold_ended`: what was typed is still the caller's. */
export async function extendHold({ db, now }: Context, actor: Actor, id: string) {
  return within(db, actor, async (tx) => {
    await accessHold(tx, actor, id)
    const extended = await tx
      .updateTable('scheduling.hold')
      .set({ expiresAt: now().add({ minutes: holdMinutes }), extended: true })
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .where('extended', '=', false)
      .where('expiresAt', '>', now())
      .returningAll()
      .executeTakeFirst()
    if (!extended) throw conflict('hold_ended', 'This time can not be kept any longer. Book it now, or choose again.')
    return extended
  })
}

/** Gives a held opening back at once. */
export async function releaseHold(context: Context, actor: Actor, id: string) {
  await within(context.db, actor, async (tx) => {
    await freeHold(tx, await accessHold(tx, actor, id), context.now())
  })
}

interface HoldRow {
  organizationId: string
  id: string
  practitionerId: string
  startsAt: Temporal.Instant
}

/** Frees the time of a hold and shows its openings again, in one transaction. */
export async function freeHold(tx: Tx, held: HoldRow, now: Temporal.Instant) {
  const { organizationId, practitionerId, id } = held
  await takeTurns(tx, organizationId, { practitionerIds: [practitionerId], holdId: id })
  const freed = await freeTime(tx, organizationId, 'holdId', id)
  await tx
    .deleteFrom('scheduling.hold')
    .where('organizationId', '=', held.organizationId)
    .where('id', '=', held.id)
    .execute()
  if (freed) await reindexAround(tx, held, freed, now)
}

/**
 * Makes the time of a hold a visit's, and gives whether it was still kept: it may have run out and been given back, the
 * time may still be free. Refuses `another_hold` for a hold of another time. Write the visit in the same transaction.
 */
export async function useHold(
  tx: Tx,
  actor: Actor,
  holdId: string,
  visit: { offeringId: string; startMinute: number; appointmentId: string },
): Promise<boolean> {
  const used = await sql`
    with seat as (
      update scheduling.seat set hold_id = null, appointment_id = ${visit.appointmentId}
      where organization_id = ${actor.organizationId} and hold_id = ${holdId} returning true
    ), time as (
      update scheduling.taken_time set hold_id = null, appointment_id = ${visit.appointmentId}
      where organization_id = ${actor.organizationId} and hold_id = ${holdId} returning true
    )
    select from seat union all select from time`.execute(tx)
  if (used.rows.length === 0) return false
  const held = await accessHold(tx, actor, holdId)
  if (held.offeringId !== visit.offeringId || toMinute(held.startsAt) !== visit.startMinute)
    throw conflict('another_hold', 'The time that is kept for you is another one. Choose again.', {
      instead: 'choose_time',
    })
  await tx
    .deleteFrom('scheduling.hold')
    .where('organizationId', '=', actor.organizationId)
    .where('id', '=', holdId)
    .execute()
  return true
}
