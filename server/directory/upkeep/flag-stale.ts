/** The sweep: a listing is flagged from when a part of it has gone 90 days unchecked until all of it is checked again. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import '../tables.ts'
import { checkedFields, staleBefore } from './freshness.ts'

/** Flags and unflags the active listings of an organization, or one role's, in one statement. */
export async function flagStale(tx: Tx, organizationId: string, now: Temporal.Instant, roleId: string | null = null) {
  await sql`
    with seen as (
      select r.id, (
        select count(*) from directory.listing_check c
        where c.organization_id = r.organization_id and c.practitioner_role_id = r.id and c.verified_at >= ${staleBefore(now)}
      ) < ${checkedFields.length}::int as stale
      from directory.practitioner_role r where r.organization_id = ${organizationId} and r.active
        and (${roleId}::uuid is null or r.id = ${roleId}::uuid)
    )
    update directory.practitioner_role r set flagged_since = case when s.stale then ${now}::timestamptz end
    from seen s
    where r.organization_id = ${organizationId} and r.id = s.id and s.stale <> (r.flagged_since is not null)`.execute(
    tx,
  )
}
