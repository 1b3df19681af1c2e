/** Moves linked visits: proposes where the others go when one moves, and moves all of them in one step or none. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { together, within, type Tx } from '../../platform/db.ts'
import { conflict, invalid, notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { claim, type RequestKey } from '../../platform/once.ts'
import type { AppointmentRow } from '../access.ts'
import { stillToChange } from '../booking/cancel.ts'
import { readToBook, type OfferingFacts } from '../booking/offering.ts'
import { freeOld, moveNow, timeTaken } from '../booking/reschedule.ts'
import { startMinuteOf } from '../booking/slot-taken.ts'
import { changed } from '../desk/live.ts'
import { indexDays } from '../openings/calendar.ts'
import { dayOf, toMinute, toText } from '../openings/minutes.ts'
import { needsFor } from '../resources/take-resources.ts'
import { takeTurns } from '../resources/turns.ts'
import { planTaken } from './block-taken.ts'
import { refuseBrokenGaps } from './broken-plan.ts'
import type { Place } from './contract.ts'
import { standingOf, turnsToFree, viewsOf, type Standing } from './members.ts'
import { proposeMoves } from './moves.ts'
import { openSlots, slotAt } from './open-slots.ts'
import type { Slot } from './slots.ts'

interface Wish {
  groupId: string
  appointmentId: string
  offeringId: string
  startsAt: string
}

/** Where each visit of the group would be. Moves nothing. Refuses `gap_broken` when the others cannot follow. */
export async function proposeMove(context: Context, actor: Actor, wish: Wish) {
  const { now } = context
  const start = startMinuteOf(wish.startsAt)
  return within(context.db, actor, async (tx) => {
    const standing = await standingOf(tx, actor, wish.groupId)
    const moved = standing.findIndex(({ row }) => row.id === wish.appointmentId)
    if (moved < 0) throw notFound('appointment')
    const current = await currentSlots(tx, standing)
    const to = slotAt(await readToBook(tx, actor.organizationId, wish.offeringId, start), start)
    const from = dayOf(toMinute(now()), 'UTC').subtract({ days: 1 })
    const ids = standing.map(({ row }) => row.offeringId)
    const open = await openSlots(tx, actor, ids, { from, days: indexDays + 2, now: now() })
    const members = standing.map(({ row, gap }, at) => {
      const own = current[at] ?? to
      const isPast = own.start <= toMinute(now())
      return { current: own, slots: isPast ? [] : (open.get(row.offeringId) ?? []), gap }
    })
    const places = proposeMoves(members, moved, to)
    if (!places)
      throw invalid('gap_broken', 'These times do not follow each other as these visits must. Choose another one.', {
        instead: 'choose_time',
      })
    return standing.map(({ row }, at) => {
      const place = places[at] ?? to
      return {
        appointmentId: row.id,
        version: row.version,
        offeringId: place.offeringId,
        startsAt: toText(place.start),
        was: row.startsAt.toString(),
        moves: isElsewhere(row, place),
      }
    })
  })
}

const isElsewhere = (row: AppointmentRow, { offeringId, start }: Slot) =>
  row.offeringId !== offeringId || toMinute(row.startsAt) !== start

async function currentSlots(tx: Tx, standing: readonly Standing[]): Promise<Slot[]> {
  const rows = await together(
    standing.map(({ row }) => readToBook(tx, row.organizationId, row.offeringId, toMinute(row.startsAt))),
  )
  return rows.map((offering, at) => {
    const row = standing[at]?.row
    const slot = slotAt(offering, row ? toMinute(row.startsAt) : 0)
    return row ? { ...slot, end: toMinute(row.endsAt) } : slot
  })
}

interface Moving {
  groupId: string
  visits: readonly Place[]
}

/**
 * Gives the visits as they are afterwards. Refuses `changed_meanwhile` unless each visit that stands is named as it is,
 * `gap_broken`, and `plan_taken` with every old time left when one of the new ones is not open any more.
 */
export async function moveTogether(context: Context, actor: Actor, moving: Moving, requestKey?: RequestKey) {
  const { organizationId } = actor
  const views = await within(context.db, actor, async (tx) => {
    const standing = await standingOf(tx, actor, moving.groupId)
    if (await claim(tx, actor, requestKey, moving.groupId))
      return viewsOf(
        context,
        tx,
        actor,
        standing.map(({ row }) => row),
      )
    const goals = await goalsOf(tx, standing, moving.visits)
    const going = goals.filter(({ row, slot }) => isElsewhere(row, slot))
    // The turns of those that stay, too: nobody changes them while the others are moved around them.
    const goingIds = going.map(({ row }) => row.id)
    const alsoFreed = goingIds.length === 0 ? [] : await turnsToFree(tx, organizationId, goingIds)
    await takeTurns(tx, organizationId, {
      practitionerIds: [...goals.flatMap(({ row, slot }) => [row.practitionerId, slot.practitionerId]), ...alsoFreed],
      wanted: going.map(({ needs, offering }) => ({ needs, locationId: offering.locationId })),
    })
    const rows = await goAll(context, tx, actor, goals)
    return viewsOf(context, tx, actor, rows)
  }).catch(async (error: unknown) => {
    if (error !== timeTaken) throw error
    throw await within(context.db, actor, (tx) => planTaken(tx, actor, moving.visits))
  })
  changed(context, organizationId)
  return views
}

interface Goal {
  row: AppointmentRow
  version: number
  offering: OfferingFacts
  slot: Slot
  needs: ReturnType<typeof needsFor>
}

/** Every visit that stands with its new place. */
async function goalsOf(tx: Tx, standing: readonly Standing[], places: readonly Place[]): Promise<Goal[]> {
  const placeOf = new Map(places.map((place) => [place.appointmentId, place]))
  if (placeOf.size !== standing.length || standing.some(({ row }) => !placeOf.has(row.id))) throw changedMeanwhile()
  const goals = await together(
    standing.map(async ({ row }): Promise<Goal> => {
      const place = placeOf.get(row.id)
      if (!place) throw changedMeanwhile()
      const start = startMinuteOf(place.startsAt)
      const offering = await readToBook(tx, row.organizationId, place.offeringId, start)
      const spoken = row.interpreterLanguage === null ? undefined : { language: row.interpreterLanguage }
      return { row, version: place.version, offering, slot: slotAt(offering, start), needs: needsFor(offering, spoken) }
    }),
  )
  refuseBrokenGaps(
    goals.map(({ slot }) => slot),
    standing.map(({ gap }) => gap),
  )
  return goals
}

/** In everybody's turn: all old times are given back first, for one visit may go where another was. */
async function goAll(context: Context, tx: Tx, actor: Actor, goals: readonly Goal[]): Promise<AppointmentRow[]> {
  const now = context.now()
  const before = new Map<string, AppointmentRow>()
  for (const { row, version, slot } of goals) {
    if (!isElsewhere(row, slot)) {
      await refuseChanged(tx, row, version)
      continue
    }
    const current = await stillToChange(tx, actor, { id: row.id, version }, now)
    if (current.status === 'cancelled') throw changedMeanwhile()
    before.set(row.id, current)
  }
  for (const current of before.values()) await freeOld(tx, actor, current, now)
  const togetherId = newId()
  const rows: AppointmentRow[] = []
  for (const { row, slot, needs } of goals) {
    const current = before.get(row.id)
    const going = { offeringId: slot.offeringId, startMinute: slot.start, needs, togetherId }
    rows.push(current ? await moveNow(context, tx, actor, { before: current, ...going }) : row)
  }
  return rows
}

/** A visit that stays was planned around as it was seen: in its clinician's turn it stays so. */
async function refuseChanged(tx: Tx, { organizationId, id }: AppointmentRow, version: number) {
  const same = await tx
    .selectFrom('scheduling.appointment')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('status', '=', 'booked')
    .select('id')
    .executeTakeFirst()
  if (!same) throw changedMeanwhile()
}

const changedMeanwhile = () =>
  conflict('changed_meanwhile', 'This visit was changed in the meantime. Look at it again first.')
