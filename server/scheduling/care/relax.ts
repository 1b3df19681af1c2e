/** When nothing fits: which one filter, left out, would give results, and how many. */
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db.ts'
import { settle } from './asked.ts'
import { walk } from './walk.ts'
import type { CareQuery, Filter } from '../contract.ts'

const most = 100
const filters: readonly Static<typeof Filter>[] = [
  'q',
  'planId',
  'near',
  'withinMiles',
  'from',
  'part',
  'speaks',
  'gender',
  'newPatient',
  'ageYears',
  'mode',
  'access',
]

/** Each filter of the query whose removal alone gives results, counted up to 100; the most first. */
export async function whatToRelax(tx: Tx, organizationId: string, query: CareQuery, clock: Temporal.Instant) {
  const relaxed = await Promise.all(
    filters
      .filter((filter) => query[filter] !== undefined)
      .map(async (filter) => {
        const asked = await settle(tx, organizationId, without(query, filter), clock)
        const { count } = await walk(tx, asked, { limit: most, after: undefined, cards: false })
        return { filter, count }
      }),
  )
  return relaxed.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
}

/** A distance is from somewhere: it goes when the place does. */
function without(query: CareQuery, filter: Static<typeof Filter>): CareQuery {
  const left: CareQuery = { ...query }
  delete left[filter]
  if (filter === 'near') {
    delete left.withinMiles
    delete left.sort
  }
  return left
}
