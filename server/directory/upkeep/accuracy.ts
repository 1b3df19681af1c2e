/** The public figure of how true the directory is, a place at a time: of all its listings, hidden ones too. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import '../tables.ts'
import { checkedFields, staleBefore } from './freshness.ts'

/** Each place that has listings: how many, and how many were wholly checked within 90 days and are not said to be wrong. */
export async function readAccuracy({ db, now }: Context, actor: Actor) {
  const { rows } = await within(db, actor, (tx) =>
    sql<{ placeId: string; name: string; listings: number; accurate: number }>`
      select l.id as place_id, l.name, count(*)::int as listings,
        (count(*) filter (where checked.many = ${checkedFields.length}::int and not exists (
          select from directory.wrong_report w
          where w.organization_id = r.organization_id and w.practitioner_role_id = r.id and w.settled_at is null
        )))::int as accurate
      from directory.practitioner_role r
      join directory.location l on l.organization_id = r.organization_id and l.id = r.location_id and l.active
      cross join lateral (
        select count(*) as many from directory.listing_check c
        where c.organization_id = r.organization_id and c.practitioner_role_id = r.id and c.verified_at >= ${staleBefore(now())}
      ) checked
      where r.organization_id = ${actor.organizationId} and r.active
      group by l.id, l.name order by l.name, l.id`.execute(tx),
  )
  // Rounded down: 100 is said only of a place where all of it is.
  return rows.map((row) => ({ ...row, percent: Math.floor((100 * row.accurate) / row.listings) }))
}
