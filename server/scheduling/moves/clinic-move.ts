/** What the patient of a moved visit sees: that the clinic had to, from when; and their word that the new time is fine. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { conflict } from '../../platform/errors.ts'
import { accessAppointment } from '../access.ts'
import { changed } from '../desk/live.ts'
import { timesInWords } from './read-moves.ts'

/** The move that made the visit what it is now; none once somebody changed it again. */
async function readMove(tx: Tx, { organizationId }: Actor, visit: { id: string; version: number; status: string }) {
  if (visit.status !== 'booked') return undefined
  return tx
    .selectFrom('scheduling.bulkMoveVisit')
    .where('organizationId', '=', organizationId)
    .where('appointmentId', '=', visit.id)
    .where('state', '=', 'moved')
    .where('movedVersion', '=', visit.version)
    .selectAll()
    .executeTakeFirst()
}

export async function readClinicMove({ db }: Context, actor: Actor, id: string) {
  return within(db, actor, async (tx) => {
    const move = await readMove(tx, actor, await accessAppointment(tx, actor, id))
    if (!move) return { move: null }
    const was = { offeringId: move.wasOfferingId, startsAt: move.wasStartsAt }
    const words = await timesInWords(tx, actor.organizationId, [was])
    return { move: { was: words(was), keptAt: move.keptAt?.toString() ?? null } }
  })
}

/** Refuses `changed_meanwhile` when the visit is another by now. */
export async function keepClinicMove(context: Context, actor: Actor, id: string) {
  const { db, now } = context
  const keptAt = await within(db, actor, async (tx) => {
    const move = await readMove(tx, actor, await accessAppointment(tx, actor, id, 'update'))
    if (!move) throw conflict('changed_meanwhile', 'This visit was changed in the meantime. Look at it again first.')
    if (move.keptAt) return move.keptAt
    await tx
      .updateTable('scheduling.bulkMoveVisit')
      .set({ keptAt: now() })
      .where('organizationId', '=', actor.organizationId)
      .where('bulkMoveId', '=', move.bulkMoveId)
      .where('appointmentId', '=', id)
      .execute()
    return now()
  })
  changed(context, actor.organizationId)
  return { keptAt: keptAt.toString() }
}
