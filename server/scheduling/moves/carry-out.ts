/** Moves what was confirmed, one visit a transaction: stopped anywhere, it goes on with the next, and none moves twice. */
import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Listener } from '../../platform/events.ts'
import { reschedule } from '../booking/reschedule.ts'
import { changed } from '../desk/live.ts'
import type { BulkMoveFact } from './tables.ts'

/** So many a job, then the next job: none runs into its time limit. */
const atATime = 50

export const carryOutMoves: Listener = {
  queue: 'scheduling.carry-out-moves',
  hears: ['bulk-move.confirmed'],
  async work(context, fact) {
    if (fact.event !== 'bulk-move.confirmed') return
    const { organizationId } = fact
    const confirmed = await readConfirmed(context, fact)
    for (const visit of confirmed) await moveOne(context, fact, visit)
    if (confirmed.length === atATime)
      await within(context.db, system(organizationId, 'bulk-move'), (tx) =>
        context.announce(tx, 'bulk-move.confirmed', { organizationId, bulkMoveId: fact.bulkMoveId }),
      )
    changed(context, organizationId)
  },
}

function readConfirmed({ db }: Context, { organizationId, bulkMoveId }: BulkMoveFact) {
  return within(db, system(organizationId, 'bulk-move'), (tx) =>
    tx
      .selectFrom('scheduling.bulkMoveVisit')
      .where('organizationId', '=', organizationId)
      .where('bulkMoveId', '=', bulkMoveId)
      .where('state', '=', 'confirmed')
      .orderBy('startsAt')
      .limit(atATime)
      .selectAll()
      .execute(),
  )
}

type Confirmed = Awaited<ReturnType<typeof readConfirmed>>[number]

async function moveOne(context: Context, { organizationId, bulkMoveId }: BulkMoveFact, visit: Confirmed) {
  const { appointmentId: id, offeringId, startsAt, seenVersion: version } = visit
  if (!offeringId || !startsAt) return
  const actor = system(organizationId, 'bulk-move')
  const move = { id, offeringId, startsAt: startsAt.toString(), version }
  try {
    // With the visit, in its transaction: moved and known to be moved, or neither.
    await reschedule(context, actor, {
      ...move,
      async byClinic(tx, after) {
        await tx
          .updateTable('scheduling.bulkMoveVisit')
          .set({ state: 'moved', movedVersion: after.version, refused: null })
          .where('organizationId', '=', organizationId)
          .where('bulkMoveId', '=', bulkMoveId)
          .where('appointmentId', '=', id)
          .execute()
      },
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await putBack(context, { organizationId, bulkMoveId }, { id, code: error.code })
  }
}

/** A time that somebody else got: another is looked for. Whatever else a rule refused: somebody calls. What was changed by others is gathered anew. */
async function putBack(context: Context, which: BulkMoveFact, { id, code }: { id: string; code: string }) {
  const { organizationId, bulkMoveId } = which
  const anew = code === 'slot_taken' || code === 'changed_meanwhile'
  await within(context.db, system(organizationId, 'bulk-move'), async (tx) => {
    await tx
      .updateTable('scheduling.bulkMoveVisit')
      .set({
        state: code === 'changed_meanwhile' || code === 'already_cancelled' ? 'settled' : anew ? 'waiting' : 'to_call',
        refused: code,
      })
      .where('organizationId', '=', organizationId)
      .where('bulkMoveId', '=', bulkMoveId)
      .where('appointmentId', '=', id)
      .where('state', '=', 'confirmed')
      .execute()
    if (code === 'slot_taken') await context.announce(tx, 'bulk-move.asked', which)
  })
}
