/** Finds clinicians with open times that fit what a patient asked, in a fixed order: the soonest, or the nearest. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { settle } from './asked.ts'
import { showCards } from './cards.ts'
import { keyOf, readMark, writeMark } from './order.ts'
import { whatToRelax } from './relax.ts'
import { walk } from './walk.ts'
import type { CareQuery } from '../contract.ts'

/** One page of results. With none at all, says which filters stand in the way. Refuses an unknown plan, place or page. */
export async function findCare({ db, now }: Context, actor: Actor, query: CareQuery) {
  const limit = query.limit ?? 20
  const after = readMark(query.after)
  return within(db, actor, async (tx) => {
    const asked = await settle(tx, actor.organizationId, query, now())
    const { words } = asked
    const { cards } = await walk(tx, asked, { limit: limit + 1, after, cards: true })
    const page = cards.slice(0, limit)
    const last = page.at(-1)
    return {
      results: await showCards(tx, asked, page, after === undefined),
      after: cards.length > limit && last ? writeMark(keyOf(last, asked.byDistance)) : null,
      understood: words.because,
      emergency: Boolean(words.emergency),
      crisis: Boolean(words.crisis),
      relax: cards.length > 0 || after ? [] : await whatToRelax(tx, actor.organizationId, query, now()),
    }
  })
}
