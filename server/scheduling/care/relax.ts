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
]

/** Each filter of the query whose removal alone gives results, counted up to 100; the most first. */
export async function whatToRelax(tx: Tx, organizationId: string, query: CareQuery, clock: Temporal.Instant) {
  const relaxed = []
  for (const filter of filters) {
    if (query[filter] === undefined) continue
    const asked = await settle(tx, organizationId, without(query, filter), clock)
    const { length: count } = await walk(tx, asked, most)
    if (count > 0) relaxed.push({ filter, count })
  }
  return relaxed.sort((a, b) => b.count - a.count)
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
