/** Walks the search index outward from a place: the nearest first, in widening circles. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Asked } from './asked.ts'
import * as fits from './filters.ts'
import { inOrder, type Found, type Key } from './order.ts'

const radii = [6, 25, 100, 500, 1_500, 2_500, 4_000]
/** How many listings one look takes, the nearest first; the next look is for when those were not enough. */
const looks = [300, 3_000, 30_000, 200_000]

/** The nearest `limit` that come after `after`; those whose place has no coordinates come last. */
export async function walkOutward(tx: Tx, asked: Asked, limit: number, after?: Key): Promise<Found[]> {
  const widest = asked.withinMiles
  for (const radius of [...radii.filter((one) => widest === undefined || one < widest), widest]) {
    if (after && radius !== widest && radius !== undefined && radius * 10 < after[0]) continue
    const found = await lookWithin(tx, asked, { radius, limit, ...(after && { after }) })
    if (found.length >= limit || radius === widest) return found
  }
  return []
}

async function lookWithin(
  tx: Tx,
  asked: Asked,
  { radius, limit, after }: { radius: number | undefined; limit: number; after?: Key },
) {
  let found: Found[] = []
  for (const window of looks) {
    const read = await nearest(tx, { ...asked, withinMiles: radius }, window, after?.[0] ?? 0)
    found = inOrder(true, read.found, after)
    if (read.isWhole || found.length >= limit) break
  }
  return found.slice(0, limit)
}

/** The chosen visits of the nearest clinicians; those as far as the last listing read may have more, and wait. */
async function nearest(
  tx: Tx,
  asked: Asked,
  window: number,
  from: number,
): Promise<{ found: Found[]; isWhole: boolean }> {
  const source = asked.withinMiles === undefined ? sql`scheduling.listing l` : fits.around(asked, asked.withinMiles)
  const { rows } = await sql<{ many: number; farthest: number | null; found: Found[] | null }>`
    with near as (
      select l.*, ${fits.tenths(asked)} as tenths from ${source}
      where l.organization_id = ${asked.organizationId} and ${fits.ofSpecialty(asked)} and ${fits.placeFits(asked)} and ${fits.visitFits(asked)}
        and l.next_start is not null${from > 0 ? sql` and ${fits.tenths(asked)} >= ${from}::int` : sql``}
      order by tenths, l.practitioner_role_id limit ${sql.lit(window)}
    ), chosen as (
      select distinct on (l.practitioner_role_id) l.practitioner_role_id as "roleId", l.offering_id as "offeringId", l.specialty,
        ${fits.isDated(asked) ? sql`l.practitioner_id::text` : sql`l.sort_name`} as "sortName", l.tenths, e.day, e.start
      from near l cross join lateral ${fits.firstFit(asked)} e where e.start is not null
      order by l.practitioner_role_id, ${fits.preference(asked)}, e.start, l.offering_id, ${fits.specialtyRank(asked)}
    )
    select (select count(*)::int from near) as many, (select max(tenths) from near) as farthest,
      (select json_agg(chosen) from chosen) as found`.execute(tx)
  const { many = 0, farthest = 0, found } = rows[0] ?? {}
  const isWhole = many < window
  return { isWhole, found: (found ?? []).filter(({ tenths }) => isWhole || tenths < (farthest ?? 0)) }
}
