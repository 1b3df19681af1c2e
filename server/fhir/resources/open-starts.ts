/** The open starts of many offerings in one order, read from scheduling's index and never computed here. */
import { sql, type RawBuilder } from 'kysely'
import type { Asking } from './kind.ts'

export interface Start {
  offeringId: string
  /** Minutes since 1970. */
  minute: number
}

export interface Wanted {
  /** Minutes since 1970; `until` is not part of it. */
  from: number
  until: number
  offeringIds?: readonly string[]
  practitionerIds?: readonly string[]
  locationIds?: readonly string[]
  /** Beginnings of a line of the address, the town, the state or the postcode. */
  addresses?: readonly string[]
  specialties?: readonly string[]
  visitTypes?: readonly string[]
  /** Only visits for people of this birth date, as far as age goes. */
  bornOn?: Temporal.PlainDate
  /** The start after which a page begins. */
  after?: Start | undefined
}

interface Part {
  offeringId: string
  starts: number[]
}

/** At most `count` starts in order of time and offering, among those that a patient may still book. */
export async function openStarts(asking: Asking, wanted: Wanted, count: number): Promise<Start[]> {
  const { rows } = await sql<Part>`select offering_id, starts from (${open(asking, wanted)}) open
    where starts is not null order by starts[1], offering_id limit ${count}`.execute(asking.tx)
  // Each row holds one start at least, and none of an unread row comes before the last row's first.
  return rows
    .flatMap(({ offeringId, starts }) => starts.map((minute) => ({ offeringId, minute })))
    .sort(byTime)
    .slice(0, count)
}

export async function countStarts(asking: Asking, wanted: Wanted): Promise<number> {
  const { rows } = await sql<{ total: number }>`select coalesce(sum(cardinality(starts)), 0)::int as total
    from (${open(asking, wanted)}) open`.execute(asking.tx)
  return rows[0]?.total ?? 0
}

export const byTime = (one: Start, other: Start) =>
  one.minute - other.minute || (one.offeringId < other.offeringId ? -1 : one.offeringId > other.offeringId ? 1 : 0)

function open({ actor, now }: Asking, wanted: Wanted): RawBuilder<unknown> {
  const { from, until, after } = wanted
  const soonest = Math.floor(now.epochMilliseconds / 60_000)
  const later = after ? sql` and (s, p.offering_id) > (${after.minute}::int, ${after.offeringId}::uuid)` : sql``
  return sql`
    select p.offering_id, (select array_agg(s order by s) from unnest(p.starts) s where s >= ${from}::int
      and s < ${until}::int and s > ${soonest}::int + o.min_notice_minutes${later}) as starts
    from scheduling.opening p
    join scheduling.offering o on o.organization_id = p.organization_id and o.id = p.offering_id and o.active
    join scheduling.visit_type v on v.organization_id = o.organization_id and v.id = o.visit_type_id
    join directory.practitioner_role r on r.organization_id = o.organization_id and r.id = o.practitioner_role_id
    join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id
    where p.organization_id = ${actor.organizationId}
      and p.first_start >= ${Math.max(from, after?.minute ?? from, soonest) - 1440}::int and p.first_start < ${until}::int
      ${sql.join(filters(wanted), sql` `)}`
}

function filters(wanted: Wanted): RawBuilder<unknown>[] {
  const { offeringIds, practitionerIds, locationIds, addresses, specialties, visitTypes, bornOn, from } = wanted
  const age = sql`extract(year from age(to_timestamp(${from}::int * 60.0)::date, ${bornOn?.toString() ?? null}::date))`
  return [
    ...(offeringIds ? [sql`and p.offering_id = any(${[...offeringIds]}::uuid[])`] : []),
    ...(practitionerIds ? [sql`and p.practitioner_id = any(${[...practitionerIds]}::uuid[])`] : []),
    ...(locationIds ? [sql`and o.location_id = any(${[...locationIds]}::uuid[])`] : []),
    ...(addresses ? [sql`and (${sql.join(addresses.map(addressBegins), sql` or `)})`] : []),
    ...(specialties ? [sql`and r.specialties && ${[...specialties]}::text[]`] : []),
    ...(visitTypes ? [sql`and v.code = any(${[...visitTypes]}::text[])`] : []),
    ...(bornOn ? [sql`and ${age} between o.min_age_years and o.max_age_years`] : []),
  ]
}

/** FHIR's string search on an address: any part of it begins so, whatever the case. */
export const addressBegins = (text: string) => sql`exists (
  select from unnest(l.address_lines || array[l.name, l.city, l.state, l.postcode]) part
  where starts_with(lower(part), ${text.toLowerCase()}))`
