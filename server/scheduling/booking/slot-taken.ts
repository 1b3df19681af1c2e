/** The refusal of one who came too late: never without the next openings. */
import type { Actor } from '../../platform/actor.ts'
import { send, type Tx } from '../../platform/db.ts'
import { conflict, invalid, type Refusal } from '../../platform/errors.ts'
import { statement } from '../../platform/statement.ts'
import { isWholeMinute, toInstant, toMinute } from '../openings/minutes.ts'

/** The start that was asked for, in minutes; visits start on whole minutes. */
export function startMinuteOf(startsAt: string): number {
  const instant = Temporal.Instant.from(startsAt)
  if (!isWholeMinute(instant))
    throw invalid('not_an_opening', 'Choose one of the times that are shown.', { instead: 'choose_time' })
  return toMinute(instant)
}

/**
 * `slot_taken`, with the next three openings of the same visit. Ask in a transaction that changed no openings: what it
 * rolls back is not open.
 */
export async function slotTaken(tx: Tx, actor: Actor, offeringId: string, now: Temporal.Instant): Promise<Refusal> {
  const openings = await nextOpenings(tx, actor, offeringId, now)
  return conflict('slot_taken', 'Somebody has just taken this time. Here are the next ones.', {
    openings,
    instead: 'choose_time',
  })
}

/** The next openings of an offering that a patient may still book, as instants. */
async function nextOpenings(tx: Tx, { organizationId }: Actor, offeringId: string, now: Temporal.Instant) {
  const [listing] = await send(tx, readListing, { organizationId, offeringId })
  if (!listing) return []
  const earliest = toMinute(now) + listing.minNoticeMinutes
  return listing.nextStarts
    .filter((start) => start > earliest)
    .slice(0, 3)
    .map((start) => toInstant(start).toString())
}

interface Listing {
  nextStarts: number[]
  minNoticeMinutes: number
}

const readListing = statement<{ organizationId: string; offeringId: string }, Listing>`
  select next_starts, min_notice_minutes from scheduling.listing
  where organization_id = ${'organizationId'} and offering_id = ${'offeringId'} limit 1`
