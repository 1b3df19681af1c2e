/** The refusal of who came too late for several times at once: never without where they fit next. */
import type { Actor } from '../../platform/actor.ts'
import { together, type Tx } from '../../platform/db.ts'
import { conflict, type Refusal } from '../../platform/errors.ts'
import { readToBook } from '../booking/offering.ts'
import { startMinuteOf } from '../booking/slot-taken.ts'
import { blocksFor } from './find-blocks.ts'

/** How many are shown. */
const shown = 3

/** `block_taken`, with the next three blocks for as many. Ask in a transaction that changed no openings. */
export async function blockTaken(
  tx: Tx,
  actor: Actor,
  visits: readonly { offeringId: string; startsAt: string }[],
  now: Temporal.Instant,
): Promise<Refusal> {
  const [first] = visits
  if (!first) throw new Error('a block has visits')
  const side = new Set(visits.map(({ startsAt }) => startsAt)).size === 1 ? 'parallel' : 'adjacent'
  const wish = { offeringId: first.offeringId, count: visits.length, side, days: 62 } as const
  // Near the day they wanted; earlier ones only when nothing is left after it.
  const from = Temporal.Instant.from(first.startsAt).toZonedDateTimeISO('UTC').toPlainDate().toString()
  const later = await blocksFor(tx, actor, { ...wish, from }, now)
  const { blocks } = later.blocks.length > 0 ? later : await blocksFor(tx, actor, wish, now)
  return conflict(
    'block_taken',
    'Somebody has just taken one of these times, so none is booked. Here is what fits next.',
    {
      blocks: blocks.slice(0, shown),
      instead: 'choose_time',
    },
  )
}

/** `plan_taken`, with the places in the plan of what is gone. Ask in a transaction that changed no openings. */
export async function planTaken(
  tx: Tx,
  { organizationId }: Actor,
  visits: readonly { offeringId: string; startsAt: string }[],
): Promise<Refusal> {
  const offerings = await together(
    visits.map(({ offeringId, startsAt }) => readToBook(tx, organizationId, offeringId, startMinuteOf(startsAt))),
  )
  const taken = offerings.flatMap(({ isOpen }, at) => (isOpen ? [] : [at]))
  return conflict('plan_taken', 'Somebody has just taken one of these times, so nothing was changed. Plan again.', {
    taken,
    instead: 'choose_time',
  })
}
