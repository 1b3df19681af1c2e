/** Walks the search index outward from a place, the nearest first: how far a clinician is, is a fact of the place. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Asked } from './asked.ts'
import * as fits from './filters.ts'
import type { Fragment } from './filters.ts'
import {
  afterMark,
  chosen,
  readPage,
  readWider,
  unrivalled,
  type Page,
  type Search,
  type Time,
  type Wanted,
} from './page.ts'

/** How many listings one look takes, the nearest first; the next look is for when those were not enough. */
const looks = [160, 1_600, 16_000, 200_000]
/** The same of those that share a time: nearly each of them is a result. */
const tiedLooks = [60, 600, 6_000, 200_000]

/** The first results by distance. */
export function walkOutward(tx: Tx, search: Search, wanted: Wanted): Promise<Page> {
  return readWider(looks, (window) => readPage(tx, search, wanted, outward(search, wanted, window)))
}

/** `found` among the nearest listings; those as far as the last one read may have more, and wait. */
function outward(search: Search, { after }: Wanted, window: number): Fragment {
  const { asked } = search
  return sql`${placesFrom(asked, after?.[0])}, seen as materialized (
      select l.*, n.tenths from (select * from near order by tenths) n cross join lateral (
        select * from scheduling.listing l where ${inPlace(search)} and ${ofProfiles(search, 'index')} and l.next_start is not null offset 0
      ) l order by n.tenths limit ${window}::int
    ), ${farthest(window)}, found as materialized (${chosen(asked, {
      source: sql`seen l`,
      tenths: sql`l.tenths`,
      filter: sql`(l.tenths < (select tenths from unread) or not exists (select from unread))`,
    })})`
}

/** The nearest of those whose first opening is at one time: where very many share it, only these are worth reading. */
export function walkTied(tx: Tx, search: Search, wanted: Wanted, time: Time): Promise<Page> {
  return readWider(tiedLooks, (window) => readPage(tx, search, wanted, tied(search, wanted, window, time)))
}

function tied(search: Search, { after }: Wanted, window: number, { day, start }: Time): Fragment {
  const { asked } = search
  const shown = sql`l.practitioner_role_id as role_id, l.offering_id, l.specialty, ${fits.sortName(asked)} as sort_name`
  const [atTime, bound] = fits.isDated(asked)
    ? [
        sql`scheduling.listing l cross join lateral (
          select p.first_start from scheduling.opening p
          where p.organization_id = l.organization_id and p.offering_id = l.offering_id and p.first_start <= ${start}::int
            and p.first_start > ${start}::int - 1440 and (p.day = date '1970-01-01' + ${day}::int) is true${fits.inPart(asked)}
            and ${start}::int = (select min(n) from unnest(p.starts) n where n >= ${fits.soonest(asked)}) limit 1
        ) p where true`,
        sql`p.first_start`,
      ]
    : [
        sql`scheduling.listing l where l.next_start = ${start}::int and l.fresh_until >= ${asked.now}::int`,
        sql`l.next_start`,
      ]
  const waiting = fits.isDated(asked)
    ? sql``
    : sql` union all select ${shown}, n.tenths, 0 as day, ${start}::int as start, null as bound
        from near n join ${fits.waitingListings(asked)} l on l.location_id = n.id
        where l.profile = any ((select ids from fits)::int[]) and ${fits.firstStart(asked)} = ${start}::int`
  return sql`${placesFrom(asked, after?.[0] === day && after[1] === start ? after[2] : 0)}, seen as materialized (
      select l.*, n.tenths, ${day}::int as day, ${start}::int as start from (select * from near order by tenths) n cross join lateral (
        select ${shown}, ${bound} as bound from ${atTime} and ${inPlace(search)} and ${ofProfiles(search, 'filter')} offset 0
      ) l order by n.tenths limit ${window}::int
    ), ${farthest(window)}, rows_tied as materialized (
      select * from (select role_id, offering_id, specialty, sort_name, tenths, day, start, bound from seen${waiting}) s
      where (s.tenths < (select tenths from unread) or not exists (select from unread))${afterMark(asked, after, 's')}
    ), ${unrivalled(asked, sql`rows_tied`)}`
}

/** The places with their distance, from one on. */
const placesFrom = (asked: Asked, tenths: number | undefined): Fragment =>
  sql`near as materialized (select * from (${fits.places(asked)}) place where tenths >= ${tenths ?? 0}::int)`

/** Listings at the place `n`. */
const inPlace = ({ asked }: Search): Fragment =>
  sql`l.organization_id = ${asked.organizationId} and l.location_id = n.id`

/** Those of profiles that fit: a condition of the index, or a filter where few rows come so far; an index sorts the list for each place. */
const ofProfiles = ({ fitting }: Search, by: 'index' | 'filter'): Fragment =>
  fitting.isAll
    ? sql`l.main`
    : by === 'index'
      ? sql`l.profile = any ((select ids from fits)::int[])`
      : sql`(l.profile = any ((select ids from fits)::int[])) is true`

const farthest = (window: number): Fragment =>
  sql`unread as (select 0 as day, 0 as start, max(tenths) as tenths from seen having count(*) >= ${window}::int)`
