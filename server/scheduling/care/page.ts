/** One page of a search as one statement: candidates in order, the rivals of the same clinician left out, and the cards of the rest. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Asked } from './asked.ts'
import { cardOf, type Card } from './cards.ts'
import * as fits from './filters.ts'
import type { Fragment } from './filters.ts'
import type { Key } from './order.ts'
import type { Fitting } from './profiles.ts'

/** Which page: so many results after the mark. Without `cards` the results are only counted. */
export interface Wanted {
  limit: number
  after: Key | undefined
  cards: boolean
}

/** A search whose profiles are known. */
export interface Search {
  asked: Asked
  fitting: Fitting
}

export interface Page {
  cards: Card[]
  count: number
  /** There may be more from this time on that comes before the end of this page: it must be read again, wider. */
  open: Time | undefined
}

/** A first opening: the day as in `Card`, and whole minutes since 1970. */
export interface Time {
  day: number
  start: number
}

/**
 * `found` is a list of common tables, the last one named `found`: each role once, with its chosen visit, `role_id,
 * offering_id, specialty, sort_name, tenths, day, start`; and `unread`, rows only if there is more: from which `day` and `start` on.
 */
export async function readPage(tx: Tx, { asked, fitting }: Search, wanted: Wanted, found: Fragment): Promise<Page> {
  const order = inOrder(asked, 'f')
  const page = sql`page as materialized (select f.*, row_number() over (order by ${order}) as place from found f
      where f.start is not null${afterMark(asked, wanted.after, 'f')} order by ${order} limit ${wanted.limit}::int)`
  const { rows } = await sql<{ cards: Card[] | null; count: number; open: Time | null }>`
    with fits as materialized (select ${intsOf(fitting.ids)} as ids, ${intsOf(fitting.preferences)} as preferences),
    ${found}, ${page}
    select ${wanted.cards ? sql`(select json_agg(card order by f.place) from page f cross join lateral ${cardOf(asked)} card)` : sql`null`} as cards,
      (select count(*)::int from page) as count,
      (select json_build_object('day', day, 'start', start) from unread where (select count(*) from page) < ${wanted.limit}::int
        order by day, start limit 1) as open`.execute(tx)
  const { cards, count = 0, open } = rows[0] ?? {}
  return { cards: cards ?? [], count, open: open ?? undefined }
}

/** Reads wider and wider until a page is whole, or enough is known to go on in another way. */
export async function readWider(
  windows: readonly number[],
  read: (window: number) => Promise<Page>,
  isEnough: (page: Page) => boolean = () => false,
): Promise<Page> {
  let page: Page = { cards: [], count: 0, open: undefined }
  for (const window of windows) {
    page = await read(window)
    if (!page.open || isEnough(page)) break
  }
  return page
}

export const intsOf = (numbers: readonly number[]) => sql`${`{${numbers.join(',')}}`}::int[]`

/** The columns that order results, of the rows of an alias. */
export function inOrder({ byDistance }: Asked, alias: string): Fragment {
  const columns = byDistance
    ? ['tenths', 'start', 'sort_name', 'role_id']
    : ['day', 'start', 'tenths', 'sort_name', 'role_id']
  return sql.join(columns.map((column) => sql.ref(`${alias}.${column}`)))
}

/** A condition: what comes after the mark, in that order. */
export function afterMark(asked: Asked, after: Key | undefined, alias: string): Fragment {
  if (!after) return sql``
  const [first, second, third, name, id] = after
  const numbers = asked.byDistance
    ? sql`${first}::int, ${second}::int`
    : sql`${first}::int, ${second}::int, ${third}::int`
  return sql` and (${inOrder(asked, alias)}) > (${numbers}, ${name} collate "C", ${id}::uuid)`
}

/** How many listings are tried before those that have openings are counted in another way. */
const sampleSize = 250

/** `found` among some listings that fit, in no order: whether there are very many is often known after a few. */
export function sampled(asked: Asked): Fragment {
  const { near, listings } = source(asked)
  return sql`${near}tried as materialized (
      select l.* from ${listings} where ${fitting(asked)} limit ${sql.lit(sampleSize)}
    ), found as materialized (${chosen(asked, { source: sql`tried l`, tenths: sql`0`, filter: sql`true` })}), unread as (select 0 as day, 0 as start where false)`
}

/** `found` by sorting all listings that fit: those of a name, near a place, or of rare profiles. */
export function gathered(asked: Asked): Fragment {
  const { near, listings } = source(asked)
  const tenths = asked.withinMiles === undefined ? fits.tenthsOf(asked) : sql`near.tenths`
  return sql`${near}found as materialized (${chosen(asked, { source: listings, tenths, filter: fitting(asked) })}), unread as (select 0 as day, 0 as start where false)`
}

function source(asked: Asked) {
  return asked.withinMiles === undefined
    ? { near: sql``, listings: sql`scheduling.listing l` }
    : {
        near: sql`near as materialized (${fits.places(asked)}), `,
        listings: sql`near join scheduling.listing l on l.location_id = near.id`,
      }
}

function fitting({ organizationId, named }: Asked): Fragment {
  const ofName = named === undefined ? sql`` : sql` and l.practitioner_id = any (${named}::uuid[])`
  return sql`l.organization_id = ${organizationId} and l.profile = any ((select ids from fits)::int[])${ofName}`
}

/** Each role's visit that suits best, of the listings `l` of a source. */
export function chosen(
  asked: Asked,
  { source, tenths, filter }: { source: Fragment; tenths: Fragment; filter: Fragment },
) {
  return sql`select distinct on (l.practitioner_role_id) l.practitioner_role_id as role_id, l.offering_id, l.specialty,
      ${fits.sortName(asked)} as sort_name, ${tenths} as tenths, e.day, e.start
    from ${source} cross join lateral ${fits.firstFit(asked)} e where ${filter} and e.start is not null
    order by l.practitioner_role_id, ${fits.preferenceOf('l')}, e.start, l.offering_id, ${fits.specialtyRank(asked)}`
}

/** `found` of rows in the order of a walk: each role once, less the visits that another of the same clinician at the same place outdoes. */
export function unrivalled(asked: Asked, rows: Fragment): Fragment {
  return sql`found as materialized (
      select distinct on (w.role_id) w.* from ${rows} w cross join lateral (
        select * from scheduling.listing l
        where l.organization_id = ${asked.organizationId} and l.offering_id = w.offering_id and l.specialty = w.specialty limit 1
      ) l where not ${fits.isDated(asked) ? fits.hasBetterDay(asked) : fits.hasBetter(asked)}
      order by w.role_id, ${inOrder(asked, 'w')}
    )`
}
