/** The SQL of what fits a search: which profiles, how far a place is, a listing's first opening, which of a clinician's visits is shown. */
import { sql, type RawBuilder } from 'kysely'
import { listOf, type Asked } from './asked.ts'

export type Fragment = RawBuilder<unknown>

/** Searches for a day or a part of the day look this many days ahead of the first day asked for. */
export const daysAhead = 42
const earthMiles = 3958.7613
/** Tenths of a mile that stand for 'unknown': after all that are known. */
export const unknownTenths = 1_000_000

/** A listing, and another visit of the same clinician. */
const aliases = { l: sql`l`, s: sql`s` } as const

/** What of a search is a fact of the profile `p`. */
export const profileFits = (asked: Asked): Fragment => sql.join(profileParts(asked), sql` and `)

/** Whether anything was asked that leaves out profiles: something besides the main rows that are read in any case. */
export const isNarrowed = (asked: Asked) => asked.specialties.length > 0 || profileParts(asked).length > 1

function profileParts(asked: Asked): Fragment[] {
  const { specialties, visitTypes, named, gender, speaks, networks, newPatient, mode, ageYears, access } = asked
  const parts = [specialties.length === 0 ? sql`p.main` : sql`p.specialty = any (${listOf(specialties, 'text')})`]
  if (gender !== undefined) parts.push(sql`p.gender = ${gender}`)
  if (speaks !== undefined) parts.push(sql`${speaks} = any (p.languages)`)
  if (networks !== undefined) parts.push(sql`p.networks && ${listOf(networks, 'uuid')}`)
  // By video nobody comes to a place.
  if (access.length > 0) parts.push(sql`(p.mode = 'video' or p.access @> ${listOf(access, 'text')})`)
  if (newPatient) parts.push(sql`p.accepts_new`)
  if (newPatient !== undefined) parts.push(sql`p.for_patients <> ${newPatient ? 'established' : 'new'}`)
  if (mode !== undefined) parts.push(sql`p.mode = ${mode}`)
  if (ageYears !== undefined)
    parts.push(sql`p.min_age_years <= ${ageYears}::int and p.max_age_years >= ${ageYears}::int`)
  // A reason that says no specialty is all that narrows the search.
  if (visitTypes.length > 0 && specialties.length === 0 && named === undefined)
    parts.push(sql`p.visit_type = any (${listOf(visitTypes, 'text')})`)
  return parts
}

/** How well a visit of profile `p` suits, the least first: the reason's own visit, then who it is for, then the clinic's order. */
export function preference({ newPatient, visitTypes }: Asked): Fragment {
  const reason =
    visitTypes.length === 0 ? sql`0` : sql`coalesce(array_position(${listOf(visitTypes, 'text')}, p.visit_type), 99)`
  const whom = newPatient === false ? sql`0` : sql`(p.for_patients <> ${newPatient ? 'new' : 'any'})::int`
  return sql`(${reason} * 100000 + ${whom} * 10000 + p.visit_position)`
}

/** Of several specialties that were meant, the likelier is shown. */
export const specialtyRank = ({ specialties }: Asked): Fragment =>
  specialties.length === 0 ? sql`l.specialty` : sql`array_position(${listOf(specialties, 'text')}, l.specialty)`

/** Tenths of a mile from the place asked for to the place `g`, by the haversine formula; 0 when no place was. */
export function tenths({ point }: Asked): Fragment {
  if (!point) return sql`0`
  const [latitude, longitude] = [sql`${point.latitude}::float8`, sql`${point.longitude}::float8`]
  return sql`coalesce(round(${sql.lit(20 * earthMiles)}::float8 * asin(least(1, sqrt(
    sin(radians(g.latitude - ${latitude}) / 2) ^ 2
    + cos(radians(${latitude})) * cos(radians(g.latitude)) * sin(radians(g.longitude - ${longitude}) / 2) ^ 2))))::int, ${sql.lit(unknownTenths)})`
}

/** The same for a listing `l` whose place is looked up. */
export const tenthsOf = (asked: Asked): Fragment =>
  asked.point
    ? sql`(select ${tenths(asked)} from directory.location g where g.organization_id = l.organization_id and g.id = l.location_id)`
    : sql`0`

/** The places (`id`, `tenths`) within the distance asked for, or all. A box of degrees spares most their formula. */
export function places(asked: Asked): Fragment {
  const { point, withinMiles, organizationId } = asked
  const box =
    point === undefined || withinMiles === undefined
      ? sql``
      : sql` and g.latitude >= ${point.latitude - withinMiles / 68.7}::float8 and g.latitude <= ${point.latitude + withinMiles / 68.7}::float8`
  const near = withinMiles === undefined ? sql`` : sql` where tenths <= ${withinMiles * 10}::int`
  return sql`select * from (
    select g.id, ${tenths(asked)} as tenths from directory.location g where g.organization_id = ${organizationId}${box} offset 0
  ) place${near}`
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

/**
 * The openings `p` of the listing that fit the days and the part asked for, as conditions. `is true` keeps to the index of
 * the offering: the one of days and parts has every clinician's, and was read whole for each listing.
 */
export function openingFits(asked: Asked, of: 'l' | 's' = 'l'): Fragment {
  const first = firstDay(asked)
  // No zone is more than fourteen hours ahead of UTC.
  return sql`p.organization_id = ${aliases[of]}.organization_id and p.offering_id = ${aliases[of]}.offering_id
    and p.first_start >= ${dayNumber(first) * 1440 - 14 * 60}::int
    and (p.day >= ${first}::date and p.day < ${first}::date + ${sql.lit(daysAhead)}) is true
    and p.starts[cardinality(p.starts)] >= ${soonest(asked, of)}${inPart(asked)}`
}

/** The part of the day that was asked for, of an opening `p`. */
export const inPart = ({ part }: Asked): Fragment =>
  part === undefined ? sql`` : sql` and (p.part = ${part}::smallint) is true`

/** How many listings that wait for their refill are looked at. */
const mostWaiting = 500

/**
 * Listings whose first opening has just passed: until their refill, which follows within a minute, they stand at the
 * wrong place of the index. When very many wait at once, those that have waited longest.
 */
export const waitingListings = ({ organizationId, now }: Asked): Fragment => sql`(
    select * from scheduling.listing l where l.organization_id = ${organizationId} and l.fresh_until < ${now}::int
    order by l.fresh_until limit ${sql.lit(mostWaiting)})`

/** `e(day, start)`: the local day and the first opening that fit, of a listing `l`. */
export function firstFit(asked: Asked): Fragment {
  if (!isDated(asked)) return sql`(select 0 as day, ${firstStart(asked)} as start)`
  return sql`(select f.day - date '1970-01-01' as day, n as start from (
      select p.day, p.starts from scheduling.opening p where ${openingFits(asked)} order by p.first_start limit 1
    ) f, unnest(f.starts) n where n >= ${soonest(asked)} order by n limit 1)`
}

/** The next three openings of a listing that fit, soonest first. Three rows are enough: each has one. */
export function nextThree(asked: Asked): Fragment {
  const kept = sql`array(select n from unnest(l.next_starts) n where n >= ${soonest(asked)} limit 3)`
  const found = sql`array(select n from (
      select p.starts from scheduling.opening p where ${openingFits(asked)} order by p.first_start limit 3
    ) f, unnest(f.starts) n where n >= ${soonest(asked)} order by n limit 3)`
  return isDated(asked)
    ? found
    : sql`(select case when cardinality(k) = 3 then k else ${found} end from (select ${kept} as k) kept)`
}

/** How well the visit of a listing suits: see `preference`. `fits` are the profiles of this search. */
export const preferenceOf = (of: 'l' | 's'): Fragment =>
  sql`(select f.preferences[array_position(f.ids, ${aliases[of]}.profile)] from fits f)`

/**
 * Whether another visit of this clinician at this place suits better than listing `l`: then that one is shown instead.
 * `offset 0` keeps it a look-up a row: joined as a whole it would read the whole index.
 */
export function hasBetter(asked: Asked): Fragment {
  return sql`exists (select from scheduling.listing s where ${siblings} and s.offering_id <> l.offering_id and s.next_start is not null
    and (${preferenceOf('s')}, s.next_start, s.offering_id) < (${preferenceOf('l')}, l.next_start, l.offering_id)
    and ${firstStart(asked, 's')} is not null offset 0)`
}

/** The same for a search by day: `w` says the day and first start looked at; a better visit on any day, or this one or its equal sooner. */
export function hasBetterDay(asked: Asked): Fragment {
  return sql`exists (select from scheduling.listing s cross join lateral (
      select p.day - date '1970-01-01' as day, p.first_start from scheduling.opening p where ${openingFits(asked, 's')}
      order by p.first_start limit 1
    ) p where ${siblings} and (${preferenceOf('s')}, p.day, p.first_start, s.offering_id)
      < (${preferenceOf('l')}, w.day, w.bound, l.offering_id) offset 0)`
}

const siblings: Fragment = sql`s.organization_id = l.organization_id and s.practitioner_id = l.practitioner_id
    and s.practitioner_role_id = l.practitioner_role_id and s.specialty = l.specialty and s.profile = any ((select ids from fits)::int[])`

/** Openings by day are kept in the order of ids, not names: so ids order those results. */
export const sortName = (asked: Asked): Fragment =>
  isDated(asked) ? sql`l.practitioner_id::text collate "C"` : sql`l.sort_name`
