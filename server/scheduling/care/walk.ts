/** Walks the search index in the order of the results and stops when a page is full, however large the directory. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { isId } from '../../platform/ids.ts'
import { listOf, type Asked } from './asked.ts'
import * as fits from './filters.ts'
import type { Fragment } from './filters.ts'
import { walkOutward, walkTied } from './nearest.ts'
import type { Key } from './order.ts'
import {
  afterMark,
  gathered,
  inOrder,
  readPage,
  readWider,
  sampled,
  unrivalled,
  type Page,
  type Search,
  type Time,
  type Wanted,
} from './page.ts'
import { fittingProfiles } from './profiles.ts'

/** How many times the rows of a page one look takes of each stream; the next look is for when those were not enough. */
const looks = [2, 20, 200, 2_000, 100_000]
/** The same where the nearer of the same time comes first: past it, the nearest of that time are looked for. */
const rankedLooks = [5, 50, 500, 5_000, 100_000]
const nobody: Page = { cards: [], count: 0, open: undefined }
/** In a mark: after all that are as soon. */
const pastAll = fits.unknownTenths + 1
const nobodysId = '00000000-0000-0000-0000-000000000000'
/** The first `limit` results that come after `after`, in order; fewer when there are no more. */
export async function walk(tx: Tx, asked: Asked, wanted: Wanted): Promise<Page> {
  if (asked.lost || asked.named?.length === 0) return nobody
  const search = { asked, fitting: await fittingProfiles(tx, asked) }
  if (search.fitting.ids.length === 0) return nobody
  if (search.fitting.isFew) return readPage(tx, search, wanted, gathered(asked))
  if (!wanted.cards) {
    const some = await readPage(tx, search, wanted, sampled(asked))
    if (some.count >= wanted.limit) return some
  }
  return asked.byDistance ? walkOutward(tx, search, wanted) : walkOnward(tx, search, wanted)
}

/** Soonest first. Where very many have the same time, and the nearer of them comes first, those are walked outward. */
async function walkOnward(tx: Tx, search: Search, wanted: Wanted): Promise<Page> {
  const { asked } = search
  const found = fits.isDated(asked) ? byDays : byStarts
  const isRanked = asked.point !== undefined && wanted.cards
  const page = await readWider(
    isRanked ? rankedLooks : looks,
    (times) => readPage(tx, search, wanted, found(search, wanted, times * wanted.limit)),
    ({ open }) => isRanked && open !== undefined && !isRead(open, wanted.after),
  )
  const { open } = page
  if (!isRanked || !open) return page
  const sooner = page.cards.filter(({ day, start }) => day < open.day || (day === open.day && start < open.start))
  const left = { ...wanted, limit: wanted.limit - sooner.length }
  const tied = await walkTied(tx, search, left, open)
  const cards = [...sooner, ...tied.cards]
  if (cards.length >= wanted.limit) return { cards, count: cards.length, open: undefined }
  const after: Key = [open.day, open.start, pastAll, '', nobodysId]
  const later = await walkOnward(tx, search, { ...wanted, limit: wanted.limit - cards.length, after })
  return { ...later, cards: [...cards, ...later.cards] }
}

/** Whether everything at this time comes before the mark, so that a walk from there on must go farther. */
function isRead({ day, start }: Time, after: Key | undefined): boolean {
  if (!after) return false
  const [lastDay, lastStart, lastTenths] = after
  return day < lastDay || (day === lastDay && (start < lastStart || (start === lastStart && lastTenths >= pastAll)))
}

/** Soonest opening first, of any day: along the listings, or those of each specialty, which are kept in that order. */
function byStarts({ asked, fitting }: Search, { after, limit, cards }: Wanted, window: number): Fragment {
  const [streams, inStream] =
    asked.specialties.length === 0
      ? [sql`(values ('main')) c (code)`, sql`l.main`]
      : [sql`unnest(${listOf(asked.specialties, 'text')}) c (code)`, sql`l.specialty = c.code`]
  const from = Math.max(asked.now, after ? after[1] + Number(after[2] >= pastAll) : 0)
  const beyond =
    after && !asked.point
      ? sql` and (l.next_start, l.sort_name, l.practitioner_role_id) > (${after[1]}::int, ${after[3]} collate "C", ${after[4]}::uuid)`
      : sql``
  const shown = sql`l.practitioner_role_id as role_id, l.offering_id, l.specialty, l.sort_name, ${cards ? fits.tenthsOf(asked) : sql`0`} as tenths, 0 as day`
  return sql`${nearby(asked)}
    seen as materialized (
      select c.code as stream, k.* from ${streams} cross join lateral (
        select ${shown}, l.next_start as start, l.next_start as bound from scheduling.listing l
        where l.organization_id = ${asked.organizationId} and ${inStream}${ofProfiles(fitting)} and l.next_start >= ${from}::int${beyond}
          and l.fresh_until >= ${asked.now}::int${inPlaces(asked)}
        order by l.next_start, l.sort_name, l.practitioner_role_id limit ${window}::int
      ) k
    ), waiting as materialized (
      select ${shown}, ${fits.firstStart(asked)} as start, l.next_start as bound from ${fits.waitingListings(asked)} l
      where l.profile = any ((select ids from fits)::int[])${inPlaces(asked)}
    ), ${settled(asked, { many: window, most: closely(window, limit), after, isRanked: asked.point !== undefined && cards, waiting: sql` union all select null, * from waiting` })}`
}

/** Soonest opening first from a day on, or in a part of the day: along the openings of each part, day after day. */
function byDays({ asked, fitting }: Search, { after, limit, cards }: Wanted, window: number): Fragment {
  const parts = asked.part === undefined ? '{1,2,3}' : `{${asked.part}}`
  const first = fits.firstDay(asked)
  const ofSpecialty = asked.specialties.length === 0 ? sql`l.main` : sql`true`
  const likelier = asked.specialties.length > 1 ? sql`order by ${fits.specialtyRank(asked)}` : sql``
  return sql`${nearby(asked)}
    seen as materialized (
      select d.part::text as stream, k.* from unnest(${parts}::smallint[]) d (part) cross join lateral (
        select f.*, p.day - date '1970-01-01' as day, (select min(n) from unnest(p.starts) n where n >= ${asked.now}::int + f.notice) as start, p.first_start as bound
        from scheduling.opening p cross join lateral (
          select l.practitioner_role_id as role_id, l.offering_id, l.specialty, ${fits.sortName(asked)} as sort_name,
            ${cards ? fits.tenthsOf(asked) : sql`0`} as tenths,
            l.min_notice_minutes as notice
          from scheduling.listing l
          where l.organization_id = p.organization_id and l.offering_id = p.offering_id and ${ofSpecialty}${ofProfiles(fitting)}${inPlaces(asked)}
          ${likelier} limit 1
        ) f
        where p.organization_id = ${asked.organizationId} and p.part = d.part and p.day >= ${first}::date
          and p.day < ${first}::date + ${sql.lit(fits.daysAhead)}
          and p.starts[cardinality(p.starts)] >= ${asked.now}::int + f.notice${beyondOpening(asked, after)}
        order by p.day, p.first_start, p.practitioner_id limit ${window}::int
      ) k
    ), ${settled(asked, { many: window, most: closely(window, limit), after, isRanked: asked.point !== undefined && cards })}`
}

/** Where a later page goes on. Openings of the next days may have begun to pass, so their first start says too little. */
function beyondOpening(asked: Asked, after: Wanted['after']): Fragment {
  if (!after) return sql``
  const day = sql`date '1970-01-01' + ${after[0]}::int`
  if (after[1] <= asked.now + 3 * 1440) return sql` and p.day >= ${day}`
  if (asked.point || !isId(after[3])) return sql` and (p.day, p.first_start) >= (${day}, ${after[1]}::int)`
  return sql` and (p.day, p.first_start, p.practitioner_id) >= (${day}, ${after[1]}::int, ${after[3]}::uuid)`
}

/**
 * `unread` and `found` of what was seen in streams of `many` rows: what comes before all that is unread is in its final
 * order; of that the first rows, less the visits that another of the same clinician at the same place outdoes.
 */
function settled(asked: Asked, { many, most, after, isRanked, waiting = sql`` }: Seen): Fragment {
  const key = isRanked
    ? sql`(s.day, s.start) < (u.day, u.bound)`
    : fits.isDated(asked)
      ? sql`(s.day, s.start, s.sort_name) < (u.day, u.bound, u.sort_name)`
      : sql`(s.start, s.sort_name, s.role_id) <= (u.bound, u.sort_name, u.role_id)`
  const rows = sql`(select * from seen${waiting}) s`
  return sql`edge as materialized (
      select e.* from (
        select s.*, count(*) over (partition by s.stream) as many, row_number() over (
          partition by s.stream order by s.day desc, s.bound desc, s.sort_name desc, s.role_id desc) as back
        from seen s
      ) e where e.back = 1 and e.many >= ${many}::int order by e.day, e.bound, e.sort_name, e.role_id limit 1
    ), first_rows as materialized (
      select s.* from ${rows} left join edge u on true
      where s.start is not null and (u.day is null or ${key})${afterMark(asked, after, 's')}
      order by ${inOrder(asked, 's')} limit ${most}::int
    ), unread as (
      select day, bound as start from edge union all (select day, start from first_rows order by day desc, start desc offset ${most}::int - 1)
    ), ${unrivalled(asked, sql`first_rows`)}`
}

interface Seen {
  /** A stream with so many rows may go on. */
  many: number
  /** Of what was seen, so many rows are looked at more closely. */
  most: number
  after: Wanted['after']
  /** Of the same time the nearer comes first: that is not the order of a stream, so of its last time nothing is settled. */
  isRanked: boolean
  /** Rows beside the streams, as a `union all`. */
  waiting?: Fragment
}

/** Most clinicians' first row is shown: a little more than a page is looked at closely, at first. */
const closely = (window: number, limit: number) => (window > 2 * limit ? window : Math.ceil(1.5 * limit) + 3)

const ofProfiles = ({ isAll }: Search['fitting']): Fragment =>
  isAll ? sql`` : sql` and l.profile = any ((select ids from fits)::int[])`

/** Distances are asked of places, so a search within one first finds its places. `is true` keeps to the order of the walk. */
const nearby = (asked: Asked): Fragment =>
  asked.withinMiles === undefined ? sql`` : sql`near as materialized (${fits.places(asked)}),`
const inPlaces = (asked: Asked): Fragment =>
  asked.withinMiles === undefined ? sql`` : sql` and (l.location_id = any (array(select id from near))) is true`
