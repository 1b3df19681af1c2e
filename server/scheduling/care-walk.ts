/** Walks the search index in the order of the results and stops when a page is full, however large the directory. */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { boundingBox } from '../directory/index.ts'
import { isDated, type firstFit } from './care-filters.ts'
import * as fits from './care-filters.ts'
import { listOf, type Asked } from './care-asked.ts'
import { compareKeys, keyOf, type Found, type Key } from './care-order.ts'

type Fragment = RawBuilder<unknown>
type Row = Found & { stream: string; bound: number }

/** So many listings are gathered and sorted whole; past it the index is walked in order. */
const fewListings = 1500
/** How many rows one look takes from each stream, then more if that was not enough. */
const looks = [60, 400, 3_000, 25_000, 150_000]
/** How many openings of one part of one day are looked through at the most. */
const openingsADay = 25_000

/** The first `limit` that come after `after`, in order; fewer when there are no more. */
export async function walk(tx: Tx, asked: Asked, limit: number, after?: Key): Promise<Found[]> {
  if (asked.lost) return []
  if (asked.byDistance) return walkOutward(tx, asked, limit, after)
  const source = await fewEnough(tx, asked)
  if (source) return inOrder(asked, await gather(tx, asked, source), after).slice(0, limit)
  return isDated(asked) ? walkDays(tx, asked, limit, after) : walkStarts(tx, asked, limit, after)
}

/** Best of each clinician at a place, in order, after the mark. */
function inOrder(asked: Asked, rows: readonly Found[], after: Key | undefined): Found[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row, asked.byDistance) }))
  const best = new Map<string, (typeof keyed)[number]>()
  for (const one of keyed) {
    const known = best.get(one.row.roleId)
    if (!known || compareKeys(one.key, known.key) < 0) best.set(one.row.roleId, one)
  }
  const left = [...best.values()].filter(({ key }) => after === undefined || compareKeys(key, after) > 0)
  return left.sort((a, b) => compareKeys(a.key, b.key)).map(({ row }) => row)
}

/** Where the few listings of this search are, if they are few: those of a name, near a place, or of a specialty. */
async function fewEnough(tx: Tx, asked: Asked): Promise<Fragment | undefined> {
  const source = asked.named ? sql`scheduling.listing l` : asked.point && asked.withinMiles !== undefined ? boxed(asked, asked.withinMiles) : undefined
  const candidates = source ?? (isDated(asked) || asked.specialties.length > 0 ? sql`scheduling.listing l` : undefined)
  if (!candidates) return undefined
  // Filters count only when openings must be looked up one by one.
  const filters = isDated(asked) ? sql` and ${fits.placeFits({ ...asked, withinMiles: undefined })} and ${fits.visitFits(asked)}` : named(asked)
  const { rows } = await sql<{ many: number }>`
    select count(*)::int as many from (select from ${candidates}
      where l.organization_id = ${asked.organizationId} and ${fits.ofSpecialty(asked)}${filters} limit ${sql.lit(fewListings)}) few`.execute(tx)
  return (rows[0]?.many ?? fewListings) < fewListings ? candidates : undefined
}

const named = ({ named: ids }: Asked) => (ids ? sql` and l.practitioner_id = any (${listOf(ids, 'uuid')})` : sql``)
