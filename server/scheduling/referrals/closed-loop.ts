/** How many referrals led to a visit, by who referred: numbers only, nobody's name but the referrer's. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { readOrganization } from '../../people/index.ts'
import './tables.ts'

interface Loop {
  referrer: string
  made: number
  scheduled: number
  seen: number
  closed: number
  waiting: number
  daysToBook: number | null
}

/** Of referrals made on these days of the clinic (the last 90), the most first. */
export async function readClosedLoop(
  { db, now }: Context,
  actor: Actor,
  asked: { from?: string | undefined; until?: string | undefined },
) {
  return within(db, actor, async (tx) => {
    const { zone } = await readOrganization(tx, actor.organizationId)
    const today = now().toZonedDateTimeISO(zone).toPlainDate()
    const until = asked.until === undefined ? today : Temporal.PlainDate.from(asked.until)
    const from = asked.from === undefined ? until.subtract({ days: 89 }) : Temporal.PlainDate.from(asked.from)
    const { rows } = await sql<Loop>`
      select r.referrer, count(*)::int as made, count(a.id)::int as scheduled,
        count(*) filter (where a.ends_at <= ${now()})::int as seen,
        count(r.closed_at)::int as closed,
        count(*) filter (where r.appointment_id is null and r.closed_at is null)::int as waiting,
        round((percentile_cont(0.5) within group (order by extract(epoch from r.scheduled_at - r.made_at)) / 86400)::numeric, 1)::float8 as days_to_book
      from scheduling.referral r
      left join scheduling.appointment a on a.organization_id = r.organization_id and a.id = r.appointment_id
      where r.organization_id = ${actor.organizationId}
        and r.made_at >= ${from.toZonedDateTime(zone).toInstant()}
        and r.made_at < ${until.add({ days: 1 }).toZonedDateTime(zone).toInstant()}
      group by r.referrer order by made desc, r.referrer limit 200`.execute(tx)
    return { from: from.toString(), until: until.toString(), referrers: rows }
  })
}
