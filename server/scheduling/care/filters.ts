/** The SQL of what fits a search: filters on a listing, its first opening that fits, which of a clinician's visits is chosen. */
import { sql, type RawBuilder } from 'kysely'
import type { Point } from '../../directory/index.ts'
import { listOf, type Asked } from './asked.ts'

type Fragment = RawBuilder<unknown>

/** Searches for a day or a part of the day look this many days ahead of the first day asked for. */
export const daysAhead = 42
const earthMiles = 3958.7613
/** Tenths of a mile that stand for 'unknown': after all that are known. */
export const unknownTenths = 1_000_000

/** The listing that is looked at, and another visit of the same clinician. */
const aliases = { l: sql`l`, s: sql`s` } as const

const all = (parts: readonly Fragment[]) => (parts.length === 0 ? sql`true` : sql.join(parts, sql` and `))

/** Filters that are the same for all visits of a clinician at a place. `l` is the listing. */
export function placeFits(asked: Asked): Fragment {
  const { gender, speaks, networks, newPatient, named } = asked
  const parts: Fragment[] = []
  if (gender !== undefined) parts.push(sql`l.gender = ${gender}`)
  if (speaks !== undefined) parts.push(sql`${speaks} = any (l.languages)`)
  if (networks !== undefined) parts.push(sql`l.networks && ${listOf(networks, 'uuid')}`)
  if (newPatient) parts.push(sql`l.accepts_new`)
  if (named !== undefined) parts.push(sql`l.practitioner_id = any (${listOf(named, 'uuid')})`)
  if (asked.withinMiles !== undefined) parts.push(sql`${tenths(asked)} <= ${asked.withinMiles * 10}::int`)
  return all(parts)
}

/** Filters on the visit itself; `of` is the alias of its listing. */
export function visitFits(asked: Asked, of: 'l' | 's' = 'l'): Fragment {
  const v = aliases[of]
  const { mode, newPatient, ageYears, visitTypes, specialties, named } = asked
  const parts: Fragment[] = []
  if (mode !== undefined) parts.push(sql`${v}.mode = ${mode}`)
  if (newPatient !== undefined) parts.push(sql`${v}.for_patients <> ${newPatient ? 'established' : 'new'}`)
  if (ageYears !== undefined)
    parts.push(sql`${v}.min_age_years <= ${ageYears}::int and ${v}.max_age_years >= ${ageYears}::int`)
  // A reason that says no specialty is all that narrows the search.
  if (visitTypes.length > 0 && specialties.length === 0 && named === undefined)
    parts.push(sql`${v}.visit_type = any (${listOf(visitTypes, 'text')})`)
  return all(parts)
}

/** Which rows are looked at: those of the specialties asked for, else one row an offering. */
export const ofSpecialty = ({ specialties }: Asked): Fragment =>
  specialties.length === 0 ? sql`l.main` : sql`l.specialty = any (${listOf(specialties, 'text')})`

/** How well a visit suits, the least first: the reason's own visit, then who it is for, then the clinic's order. */
export function preference(asked: Asked, of: 'l' | 's' = 'l'): Fragment {
  const v = aliases[of]
  const meant = sql.lit(asked.newPatient ? 'new' : 'any')
  const reason =
    asked.visitTypes.length === 0
      ? sql`0`
      : sql`coalesce(array_position(${listOf(asked.visitTypes, 'text')}, ${v}.visit_type), 99)`
  const whom = asked.newPatient === false ? sql`0` : sql`(${v}.for_patients <> ${meant})::int`
  return sql`(${reason} * 100000 + ${whom} * 10000 + ${v}.visit_position)`
}

/** Tenths of a mile from the place asked for, by the haversine formula; 0 when no place was. */
export function tenths({ point }: Asked): Fragment {
  if (!point) return sql`0`
  const [latitude, longitude] = [sql`${point.latitude}::float8`, sql`${point.longitude}::float8`]
  return sql`coalesce(round(${sql.lit(20 * earthMiles)}::float8 * asin(least(1, sqrt(
    sin(radians(l.latitude - ${latitude}) / 2) ^ 2
    + cos(radians(${latitude})) * cos(radians(l.latitude)) * sin(radians(l.longitude - ${longitude}) / 2) ^ 2))))::int, ${sql.lit(unknownTenths)})`
}

/** The first minute that may still be booked of a listing. */
export const soonest = ({ now }: Asked, of: 'l' | 's' = 'l'): Fragment =>
  sql`(${now}::int + ${aliases[of]}.min_notice_minutes)`

/** The first opening of a listing, whatever the day: from its own next ones while they last, else from the index. */
export function firstStart(asked: Asked, of: 'l' | 's' = 'l'): Fragment {
  const v = aliases[of]
  const from = soonest(asked, of)
  return sql`case when ${v}.next_start >= ${from} then ${v}.next_start else coalesce(
    (select min(n) from unnest(${v}.next_starts) n where n >= ${from}),
    (select min(n) from (
      select p.starts from scheduling.opening p
      where p.organization_id = ${v}.organization_id and p.offering_id = ${v}.offering_id
        and p.first_start > ${asked.now}::int - 1440 and p.starts[cardinality(p.starts)] >= ${from}
      order by p.first_start limit 1) f, unnest(f.starts) n where n >= ${from})) end`
}

export const isDated = ({ from, part }: Asked) => from !== undefined || part !== undefined

/** Days are counted from 1970. */
export const dayNumber = (day: string) => Temporal.PlainDate.from('1970-01-01').until(day, { largestUnit: 'days' }).days

/** The first local day that a dated search looks at. */
export function firstDay({ from, now }: Asked): string {
  const today = Temporal.Instant.fromEpochMilliseconds(now * 60_000)
    .subtract({ hours: 12 })
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .toString()
  return from !== undefined && from > today ? from : today
}

/** The openings `p` of the listing that fit the days and the part asked for, as conditions. */
export function openingFits(asked: Asked, of: 'l' | 's' = 'l'): Fragment {
  const first = firstDay(asked)
  const part = asked.part === undefined ? sql`` : sql` and p.part = ${asked.part}::smallint`
  // No zone is more than fourteen hours ahead of UTC.
  return sql`p.organization_id = ${aliases[of]}.organization_id and p.offering_id = ${aliases[of]}.offering_id
    and p.first_start >= ${dayNumber(first) * 1440 - 14 * 60}::int and p.day >= ${first}::date and p.day < ${first}::date + ${sql.lit(daysAhead)}
    and p.starts[cardinality(p.starts)] >= ${soonest(asked, of)}${part}`
}

/** `e(day, start)`: the local day and the first opening that fit, of a listing `l`. */
export function firstFit(asked: Asked): Fragment {
  if (!isDated(asked)) return sql`(select 0 as day, ${firstStart(asked)} as start)`
  return sql`(select p.day - date '1970-01-01' as day, n as start from scheduling.opening p, unnest(p.starts) n
    where ${openingFits(asked)} and n >= ${soonest(asked)} order by p.first_start, n limit 1)`
}

/**
 * Whether another visit of this clinician at this place suits better than listing `l`: then that one is shown instead.
 * `offset 0` keeps it a look-up a row: joined as a whole it would read the whole index.
 */
export function hasBetter(asked: Asked): Fragment {
  return sql`exists (select from scheduling.listing s where ${siblings(asked)} and s.offering_id <> l.offering_id and s.next_start is not null
    and (${preference(asked, 's')}, s.next_start, s.offering_id) < (${preference(asked)}, l.next_start, l.offering_id)
    and ${firstStart(asked, 's')} is not null offset 0)`
}

/** The same for a search by day: `w` says the day and first start looked at; a better visit on any day, or this one or its equal sooner. */
export function hasBetterDay(asked: Asked): Fragment {
  return sql`exists (select from scheduling.listing s, scheduling.opening p where ${siblings(asked)} and ${openingFits(asked, 's')}
    and (${preference(asked, 's')} < ${preference(asked)} or ${preference(asked, 's')} = ${preference(asked)}
      and (p.day, p.first_start, p.offering_id) < (date '1970-01-01' + w.day, w.bound, l.offering_id)) offset 0)`
}

const siblings = (
  asked: Asked,
): Fragment => sql`s.organization_id = l.organization_id and s.practitioner_id = l.practitioner_id
    and s.practitioner_role_id = l.practitioner_role_id and s.specialty = l.specialty and ${visitFits(asked, 's')}`

/** What a row found says of its listing. Openings by day are kept in the order of ids, not names: so ids order those results. */
export const shown = (asked: Asked): Fragment =>
  sql`l.practitioner_role_id as role_id, l.offering_id, l.specialty, ${isDated(asked) ? sql`l.practitioner_id::text` : sql`l.sort_name`} as sort_name, ${tenths(asked)} as tenths`

/** Of several specialties that were meant, the likelier is shown. */
export const specialtyRank = ({ specialties }: Asked): Fragment =>
  specialties.length === 0 ? sql`l.specialty` : sql`array_position(${listOf(specialties, 'text')}, l.specialty)`

/** The listings `l` in the cells around the place asked for. */
export function around({ point }: Asked, miles: number): Fragment {
  const { lows, highs } = cellsAround(point ?? { latitude: 0, longitude: 0 }, miles)
  const ranges = (numbers: readonly number[]) => sql`${`{${numbers.join(',')}}`}::int[]`
  return sql`unnest(${ranges(lows)}, ${ranges(highs)}) as box (low, high) join scheduling.listing l on l.cell >= box.low and l.cell <= box.high`
}

/** Ranges of cells (the schema's fifths of a degree) that cover a circle around the place asked for. */
function cellsAround({ latitude, longitude }: Point, miles: number): { lows: number[]; highs: number[] } {
  const [high, wide] = [miles / 69, miles / (69 * Math.max(0.01, Math.cos((latitude * Math.PI) / 180)))]
  const row = (degrees: number) => Math.floor((Math.min(90, Math.max(-90, degrees)) + 90) * 5)
  const column = (degrees: number) => Math.floor((Math.min(180, Math.max(-180, degrees)) + 180) * 5)
  const [lowest, rows] = [row(latitude - high), row(latitude + high) - row(latitude - high) + 1]
  const at = (degrees: number) => Array.from({ length: rows }, (_, i) => (lowest + i) * 10_000 + column(degrees))
  return { lows: at(longitude - wide), highs: at(longitude + wide) }
}
