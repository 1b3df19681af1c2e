/** Walks the search index in the order of the results and stops when a page is full, however large the directory. */
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { isId } from '../../platform/ids.ts'
import { listOf, type Asked } from './asked.ts'
import * as fits from './filters.ts'
import { walkOutward } from './nearest.ts'
import { compareKeys, inOrder, keyOf, type Found, type Key } from './order.ts'

type Fragment = RawBuilder<unknown>
/** `bound` is no later than `start`, and rises along a stream: what is not read yet of it comes no sooner. */
type Row = Omit<Found, 'start'> & { start: number | null; stream: string; bound: number }
type OpenRow = Row & Found

/** So many listings are gathered and sorted whole (fewer when each needs a look-up by day); past it the index is walked. */
const fewListings = { dated: 400, any: 1000 }
/** How many rows one look takes from each stream; the next look is for when those were not enough. */
const looks = [60, 600, 4_000]
/** How many listings that wait for their refill are looked at beside the others. */
const mostWaiting = 500
/** How many openings of one part of one day are looked through at the most. */
const openingsADay = 20_000

/** The first `limit` results that come after `after`, in order; fewer when there are no more. */
export async function walk(tx: Tx, asked: Asked, limit: number, after?: Key): Promise<Found[]> {
  if (asked.lost) return []
  if (asked.byDistance) return walkOutward(tx, asked, limit, after)
  const few = await fewEnough(tx, asked)
  if (few) return inOrder(false, await gather(tx, asked, few), after).slice(0, limit)
  return fits.isDated(asked) ? walkDays(tx, asked, limit, after) : walkStarts(tx, asked, limit, after)
}

/** Where the listings of this search are, if that is a short look: those of a name, near a place, or of a specialty. */
async function fewEnough(tx: Tx, asked: Asked): Promise<Fragment | undefined> {
  const dated = fits.isDated(asked)
  const isNear = asked.point !== undefined && asked.withinMiles !== undefined
  if (!asked.named && !isNear && !dated && asked.specialties.length === 0) return undefined
  const source = isNear && !asked.named ? fits.around(asked, asked.withinMiles ?? 0) : sql`scheduling.listing l`
  const filter = dated
    ? sql`${fits.placeFits(asked)} and ${fits.visitFits(asked)}`
    : asked.named
      ? fits.placeFits(asked)
      : sql`true`
  const few = dated ? fewListings.dated : fewListings.any
  const { rows } = await sql<{ many: number }>`
    select count(*)::int as many from (select from ${source}
      where l.organization_id = ${asked.organizationId} and ${fits.ofSpecialty(asked)} and ${filter} limit ${sql.lit(few)}) few`.execute(
    tx,
  )
  return (rows[0]?.many ?? few) < few ? source : undefined
}

/** The chosen visit of every clinician in these listings. */
async function gather(tx: Tx, asked: Asked, source: Fragment): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select distinct on (l.practitioner_role_id) ${fits.shown(asked)}, e.day, e.start
    from ${source} cross join lateral ${fits.firstFit(asked)} e
    where l.organization_id = ${asked.organizationId} and ${fits.ofSpecialty(asked)}
      and ${fits.placeFits(asked)} and ${fits.visitFits(asked)} and e.start is not null
    order by l.practitioner_role_id, ${fits.preference(asked)}, e.start, l.offering_id, ${fits.specialtyRank(asked)}`.execute(
    tx,
  )
  return rows
}

/** Soonest opening first, of any day: along the listings, which are kept in that order. */
async function walkStarts(tx: Tx, asked: Asked, limit: number, after?: Key): Promise<Found[]> {
  const waiting = await waitingListings(tx, asked)
  const from = Math.max(asked.now, after?.[1] ?? 0)
  const beyond =
    after && !asked.point
      ? sql` and (l.next_start, l.sort_name, l.practitioner_role_id) > (${after[1]}::int, ${after[3]}, ${after[4]}::uuid)`
      : sql``
  const [codes, ofCode] =
    asked.specialties.length === 0
      ? [sql`'{main}'::text[]`, sql`l.main`]
      : [listOf(asked.specialties, 'text'), sql`l.specialty = c.code`]
  const nearest = asked.point ? sql`${fits.tenths(asked)}, ` : sql``
  const read = async (window: number) => {
    const { rows } = await sql<Row>`
      select c.code as stream, k.* from unnest(${codes}) as c (code)
      cross join lateral (
        select ${fits.shown(asked)}, 0 as day, l.next_start as start, l.next_start as bound from scheduling.listing l
        where l.organization_id = ${asked.organizationId} and ${ofCode} and l.next_start >= ${from}::int${beyond}
          and l.fresh_until >= ${asked.now}::int and ${fits.placeFits(asked)} and ${fits.visitFits(asked)}
        order by l.next_start, ${nearest}l.sort_name, l.practitioner_role_id limit ${sql.lit(window)}
      ) k`.execute(tx)
    return [...rows, ...waiting]
  }
  return look(tx, asked, { limit, read, ...(after && { after }) })
}

/**
 * Listings whose first opening has just passed, by the one that comes next: until their refill, which follows within a
 * minute, they stand at the wrong place of the index. When very many wait at once, those that have waited longest.
 */
async function waitingListings(tx: Tx, asked: Asked): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select 'waiting' as stream, ${fits.shown(asked)}, 0 as day, ${fits.firstStart(asked)} as start, l.next_start as bound
    from scheduling.listing l
    where l.organization_id = ${asked.organizationId} and l.fresh_until < ${asked.now}::int and ${fits.ofSpecialty(asked)}
      and ${fits.placeFits(asked)} and ${fits.visitFits(asked)}
    order by l.fresh_until limit ${sql.lit(mostWaiting)}`.execute(tx)
  return rows
}

/** Soonest opening first from a day on, or in a part of the day: day by day along the openings. */
async function walkDays(tx: Tx, asked: Asked, limit: number, after?: Key): Promise<Found[]> {
  const first = fits.dayNumber(fits.firstDay(asked))
  const found: Found[] = []
  for (let day = Math.max(first, after?.[0] ?? 0); day < first + fits.daysAhead && found.length < limit; day++) {
    const beyond = beyondOpening(asked, after?.[0] === day ? after : undefined)
    const read = (window: number) => openingsOf(tx, asked, { day, beyond }, window)
    found.push(...(await look(tx, asked, { limit: limit - found.length, read, ...(after && { after }) })))
  }
  return found
}

/** Where a later page goes on. Openings of the next days may have begun to pass, so their first start says too little. */
function beyondOpening(asked: Asked, after: Key | undefined): Fragment {
  if (!after || after[1] <= asked.now + 3 * 1440) return sql``
  if (asked.point || !isId(after[3])) return sql` and p.first_start >= ${after[1]}::int`
  return sql` and (p.first_start, p.practitioner_id) >= (${after[1]}::int, ${after[3]}::uuid)`
}

async function openingsOf(
  tx: Tx,
  asked: Asked,
  { day, beyond }: { day: number; beyond: Fragment },
  window: number,
): Promise<Row[]> {
  const parts = asked.part === undefined ? '{1,2,3}' : `{${asked.part}}`
  const { rows } = await sql<Row>`
    select d.part::text as stream, k.* from unnest(${parts}::smallint[]) as d (part)
    cross join lateral (
      select f.*, ${day}::int as day, w.first_start as bound
      from (
        select p.* from scheduling.opening p
        where p.organization_id = ${asked.organizationId} and p.day = date '1970-01-01' + ${day}::int and p.part = d.part
          and p.starts[cardinality(p.starts)] >= ${asked.now}::int${beyond}
        order by p.first_start, p.practitioner_id limit ${sql.lit(openingsADay)}
      ) w cross join lateral (
        select ${fits.shown(asked)}, (select min(n) from unnest(w.starts) n where n >= ${fits.soonest(asked)}) as start from scheduling.listing l
        where l.organization_id = w.organization_id and l.offering_id = w.offering_id and ${fits.ofSpecialty(asked)}
          and ${fits.placeFits(asked)} and ${fits.visitFits(asked)}
        order by ${fits.specialtyRank(asked)} limit 1
      ) f where f.start is not null order by w.first_start, w.practitioner_id limit ${sql.lit(window)}
    ) k`.execute(tx)
  return rows
}

interface Looking {
  limit: number
  after?: Key
  read(window: number): Promise<Row[]>
}

/** Looks until a page is full or there is no more: what comes before all that is unread is in its final order. */
async function look(tx: Tx, asked: Asked, { limit, after, read }: Looking): Promise<Found[]> {
  let found: Found[] = []
  for (const window of looks) {
    const rows = await read(window)
    const unread = firstUnread(rows, window)
    // So many at one time that the last look sees no end of them: it shows those it saw.
    const open = rows.filter((row): row is OpenRow => row.start !== null)
    const settled = unread && window !== looks.at(-1) ? open.filter((row) => isBefore(asked, row, unread)) : open
    found = await choose(tx, asked, { rows: settled, limit, ...(after && { after }) })
    if (!unread || found.length >= limit) break
  }
  return found
}

/** In order, the visits that no other of the same clinician at the same place outdoes, until there are `limit`. */
async function choose(
  tx: Tx,
  asked: Asked,
  { rows, limit, after }: { rows: readonly OpenRow[]; limit: number; after?: Key },
): Promise<Found[]> {
  const keyed = rows.map((row) => ({ row, key: keyOf(row, false) }))
  const ordered = keyed
    .filter(({ key }) => after === undefined || compareKeys(key, after) > 0)
    .sort((a, b) => compareKeys(a.key, b.key))
  const chosen: Found[] = []
  for (let read = 0; read < ordered.length && chosen.length < limit;) {
    const some = ordered.slice(read, read + 2 * limit).map(({ row }) => row)
    read += some.length
    const outdone = await outdoneAmong(tx, asked, some)
    chosen.push(...some.filter((row) => !outdone.has(`${row.offeringId} ${row.specialty}`)))
  }
  return inOrder(false, chosen, after).slice(0, limit)
}

async function outdoneAmong(tx: Tx, asked: Asked, rows: readonly OpenRow[]): Promise<Set<string>> {
  const some = rows.map(({ offeringId, specialty, day, bound }) => ({ offering_id: offeringId, specialty, day, bound }))
  const better = fits.isDated(asked) ? fits.hasBetterDay(asked) : fits.hasBetter(asked)
  const { rows: outdone } = await sql<{ name: string }>`
    select l.offering_id || ' ' || l.specialty as name
    from json_to_recordset(${JSON.stringify(some)}::json) as w (offering_id uuid, specialty text, day int, bound int)
    cross join lateral (
      select * from scheduling.listing l
      where l.organization_id = ${asked.organizationId} and l.offering_id = w.offering_id and l.specialty = w.specialty limit 1
    ) l where ${better}`.execute(tx)
  return new Set(outdone.map(({ name }) => name))
}

/** The last row of each stream that may go on; of those, the one that comes first. */
function firstUnread(rows: readonly Row[], window: number): Row | undefined {
  const streams = Map.groupBy(
    rows.filter(({ stream }) => stream !== 'waiting'),
    ({ stream }) => stream,
  )
  const open = [...streams.values()]
    .filter((stream) => stream.length >= window)
    .flatMap((stream) => stream.at(-1) ?? [])
  return open.sort((a, b) => compareKeys(boundOf(a), boundOf(b)))[0]
}

/** Streams are read in the full order of results, but for the distance of openings by day: of the last time read there may be more. */
function isBefore(asked: Asked, row: OpenRow, unread: Row): boolean {
  if (asked.point && fits.isDated(asked)) return row.start < unread.bound
  return compareKeys([row.start, row.tenths, 0, row.sortName, row.roleId], boundOf(unread)) <= 0
}

const boundOf = (row: Row): Key => [row.bound, row.tenths, 0, row.sortName, row.roleId]
