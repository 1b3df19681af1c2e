/** Sessions of group visits that have seats left: a clinician's time is taken by them, and still open to those who join. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { startsOnDays, type Busy, type Calendar, type OfferingRule } from '../openings/openings.ts'
import type { LocalDays } from '../openings/local-days.ts'
import { startsIn } from '../resources/pools.ts'
import './tables.ts'

export interface OpenSession {
  id: string
  offeringId: string
  start: number
}

/** Of these clinicians, in order. */
export async function readOpenSessions(
  tx: Tx,
  organizationId: string,
  whose: readonly string[],
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
): Promise<OpenSession[]> {
  const { rows } = await sql<OpenSession>`
    select s.id, s.offering_id, (extract(epoch from s.starts_at) / 60)::int as start
    from scheduling.group_session s
    join scheduling.offering o on o.organization_id = s.organization_id and o.id = s.offering_id
    join scheduling.visit_type v on v.organization_id = s.organization_id and v.id = o.visit_type_id and v.seats > 1
    where s.organization_id = ${organizationId} and s.practitioner_id = any (${`{${whose.join(',')}}`}::uuid[])
      and s.starts_at >= ${from} and s.starts_at < ${until}
      and s.seats > (select count(*) from scheduling.seat t where t.organization_id = s.organization_id and t.session_id = s.id)
    order by s.starts_at`.execute(tx)
  return rows
}

/** Taken time, and the session that takes it, if one does. */
export interface Taken extends Busy {
  sessionId: string | null
}

/** The starts at which somebody may join: the session's own time stands in nobody's way, closed hours do. */
export function startsToJoin(
  sessions: readonly OpenSession[],
  { calendar, taken, rule, days }: { calendar: Calendar; taken: readonly Taken[]; rule: OfferingRule; days: LocalDays },
): number[] {
  if (sessions.length === 0) return []
  const own = new Set<string | null>(sessions.map(({ id }) => id))
  const others = taken.filter(({ sessionId }) => !own.has(sessionId))
  return startsIn(
    sessions.map(({ start }) => start),
    startsOnDays(calendar, others, rule, days),
  )
}
