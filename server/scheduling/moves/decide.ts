/** One displaced visit: other times for it, another one chosen, a call instead, or that somebody has seen to it. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { readToBook } from '../booking/offering.ts'
import { startMinuteOf } from '../booking/slot-taken.ts'
import { changed } from '../desk/live.ts'
import { toInstant, toMinute } from '../openings/minutes.ts'
import { accessDisplaced } from './access.ts'
import { readCandidates, readPromised } from './candidates.ts'
import { readDisplaced, timesFor } from './propose.ts'
import { timesInWords } from './read-moves.ts'

/** Of each clinician, and in all. */
const mostChoices = { each: 8, all: 40 }

export async function listMoveChoices({ db, now }: Context, actor: Actor, id: string, appointmentId: string) {
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    await accessDisplaced(tx, actor, id, appointmentId)
    const [visit] = await readDisplaced(tx, organizationId, { bulkMoveId: id, appointmentId })
    if (!visit) return { choices: [] }
    const candidates = await readCandidates(tx, organizationId, [visit], toMinute(now()))
    const promised = await readPromised(
      tx,
      organizationId,
      candidates.map(({ practitionerId }) => practitionerId),
    )
    const ofEach = [...Map.groupBy(candidates, ({ practitionerId }) => practitionerId).values()]
    const times = ofEach
      .flatMap((theirs) => timesFor(visit, theirs, { promised, now: now(), most: mostChoices.each }))
      .slice(0, mostChoices.all)
    const asked = times.map(({ offeringId, start }) => ({ offeringId, startsAt: toInstant(start) }))
    const words = await timesInWords(tx, organizationId, asked)
    return { choices: asked.map((time) => ({ offeringId: time.offeringId, ...words(time) })) }
  })
}

interface Decision {
  decision: 'time' | 'call' | 'seen_to'
  offeringId?: string
  startsAt?: string
}

/** Refuses `already_moved` once the patient was told, and `slot_taken` for a time that is not open. */
export async function decideMove(
  context: Context,
  actor: Actor,
  { id, appointmentId }: { id: string; appointmentId: string },
  { decision, offeringId, startsAt }: Decision,
) {
  const { db, now } = context
  const { organizationId } = actor
  await within(db, actor, async (tx) => {
    const row = await accessDisplaced(tx, actor, id, appointmentId)
    if (row.state === 'moved' || row.state === 'confirmed')
      throw conflict('already_moved', 'This visit is moved already, and its patient is told.')
    const decided = { decidedAt: now(), decidedBy: actor.id }
    const change = tx
      .updateTable('scheduling.bulkMoveVisit')
      .where('organizationId', '=', organizationId)
      .where('bulkMoveId', '=', id)
      .where('appointmentId', '=', appointmentId)
    if (decision !== 'time') {
      const state = decision === 'call' ? ('to_call' as const) : ('settled' as const)
      return change.set({ ...decided, state, offeringId: null, startsAt: null }).execute()
    }
    if (!offeringId || !startsAt) throw invalid('not_an_opening', 'Choose one of the times that are shown.')
    const { isOpen } = await readToBook(tx, organizationId, offeringId, startMinuteOf(startsAt))
    if (!isOpen) throw conflict('slot_taken', 'Somebody has just taken this time. Choose another one.')
    return change
      .set({ ...decided, state: 'proposed', offeringId, startsAt: Temporal.Instant.from(startsAt), refused: null })
      .execute()
  })
  changed(context, organizationId)
}
