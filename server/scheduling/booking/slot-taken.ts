/** The refusal of one who came too late: never without the next openings. */
import { system, type Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { conflict, invalid, type Refusal } from '../../platform/errors.ts'
import { isWholeMinute, toInstant, toMinute } from '../openings/minutes.ts'
import '../tables.ts'

/** The start that was asked for, in minutes; visits start on whole minutes. */
export function startMinuteOf(startsAt: string): number {
  const instant = Temporal.Instant.from(startsAt)
  if (!isWholeMinute(instant))
    throw invalid('not_an_opening', 'Choose one of the times that are shown.', { instead: 'choose_time' })
  return toMinute(instant)
}

/** `slot_taken`, with the next three openings of the same visit. */
export async function slotTaken(context: Context, actor: Actor, offeringId: string): Promise<Refusal> {
  const openings = await nextOpenings(context, actor.organizationId, offeringId, 3)
  return conflict('slot_taken', 'Somebody has just taken this time. Here are the next ones.', {
    openings,
    instead: 'choose_time',
  })
}

/** The next openings of an offering that a patient may still book, as instants. */
export async function nextOpenings({ db, now }: Context, organizationId: string, offeringId: string, count: number) {
  const row = await within(db, system(organizationId, 'openings'), (tx) =>
    tx
      .selectFrom('scheduling.listing')
      .where('organizationId', '=', organizationId)
      .where('offeringId', '=', offeringId)
      .select(['nextStarts', 'minNoticeMinutes'])
      .limit(1)
      .executeTakeFirst(),
  )
  if (!row) return []
  const earliest = toMinute(now()) + row.minNoticeMinutes
  return row.nextStarts
    .filter((start) => start > earliest)
    .slice(0, count)
    .map((start) => toInstant(start).toString())
}
