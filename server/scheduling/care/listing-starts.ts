/** The next openings that each search listing shows, taken from the index of openings. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { toMinute } from '../openings/minutes.ts'

/** How many next openings a listing keeps: three are shown, the rest last until the next refill. */
export const startsKept = 12
/** How many rows of the index of openings they are taken from. Each has one at least: enough to show, if not to keep. */
export const rowsRead = 5

/**
 * Refills the next openings of a clinician's listings, or of several clinicians' (or, without one, of every listing whose first has
 * passed). Called in their turn by whatever frees or adds time, and each minute as time passes.
 */
export async function refillListings(
  tx: Tx,
  organizationId: string,
  whose: string | readonly string[] | null,
  now: Temporal.Instant,
): Promise<number> {
  const minute = toMinute(now.add({ seconds: 59 }))
  const due =
    whose === null
      ? sql`l.fresh_until < ${minute}::int`
      : typeof whose === 'string'
        ? sql`l.practitioner_id = ${whose}::uuid`
        : sql`l.practitioner_id = any (${`{${whose.join(',')}}`}::uuid[])`
  const { rows } = await sql<{ refilled: number }>`
    with due as (
      select l.organization_id, l.offering_id, l.specialty, next.starts
      from scheduling.listing l
      cross join lateral (
        select array(
          select s from (
            select p.starts from scheduling.opening p
            where p.organization_id = l.organization_id and p.offering_id = l.offering_id and p.first_start > ${minute}::int - 1440
              and p.starts[cardinality(p.starts)] >= ${minute}::int + l.min_notice_minutes
            order by p.first_start limit ${sql.lit(rowsRead)}
          ) soonest, unnest(soonest.starts) s
          where s >= ${minute}::int + l.min_notice_minutes order by s limit ${sql.lit(startsKept)}
        ) as starts
      ) next
      where l.organization_id = ${organizationId} and ${due}
    ), refilled as (
      update scheduling.listing l set next_starts = due.starts, next_start = due.starts[1] from due
      where (l.organization_id, l.offering_id, l.specialty) = (due.organization_id, due.offering_id, due.specialty)
        and l.next_starts is distinct from due.starts
      returning 1
    )
    select count(*)::int as refilled from refilled`.execute(tx)
  return rows[0]?.refilled ?? 0
}
