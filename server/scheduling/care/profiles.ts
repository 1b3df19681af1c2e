/** The profiles that fit a search, and whether few listings have them: what decides how the index is walked. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Asked } from './asked.ts'
import * as fits from './filters.ts'

/** So many listings are gathered and sorted whole (fewer when each needs a look-up by day); past it the index is walked. */
const fewListings = { dated: 400, any: 600 }

export interface Fitting {
  ids: readonly number[]
  /** How well a visit of each suits, in the order of `ids`; the least first. */
  preferences: readonly number[]
  /** No profile is left out: nothing was asked that filters. */
  isAll: boolean
  /** So few listings that sorting them all is the shortest way. */
  isFew: boolean
}

/** Tests every profile of the organization, and counts the listings of those that fit up to a bound. One statement. */
export async function fittingProfiles(tx: Tx, asked: Asked): Promise<Fitting> {
  const few = fits.isDated(asked) ? fewListings.dated : fewListings.any
  const isNear = asked.withinMiles !== undefined
  const near = isNear ? sql`, near as materialized (${fits.places(asked)})` : sql``
  const source = isNear ? sql`near join scheduling.listing l on l.location_id = near.id` : sql`scheduling.listing l`
  const { rows } = await sql<{ ids: number[]; preferences: number[]; many: number }>`
    with fit as materialized (
      select p.id, ${fits.preference(asked)} as preference from scheduling.profile p
      where p.organization_id = ${asked.organizationId} and ${fits.profileFits(asked)}
    )${near}
    select coalesce(array_agg(id), '{}') as ids, coalesce(array_agg(preference), '{}') as preferences,
      (select count(*)::int from (
        select from ${source} where l.organization_id = ${asked.organizationId} and l.profile = any (array(select id from fit))
        limit ${sql.lit(few)}) found) as many
    from fit`.execute(tx)
  const { ids = [], preferences = [], many = 0 } = rows[0] ?? {}
  return { ids, preferences, isAll: !fits.isNarrowed(asked), isFew: asked.named !== undefined || many < few }
}
