/** The lanes beside the one in which all other visits stand: `no_double_booking` holds in that, and its like in each of these. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { toInstant } from '../openings/minutes.ts'

interface Beside {
  organizationId: string
  practitionerId: string
  appointmentId: string
  fromMinute: number
  untilMinute: number
}

/** Takes time in the first lane that is free; gives false when none is. In the clinician's turn. */
export async function takeLane(tx: Tx, { organizationId, practitionerId, appointmentId, ...span }: Beside) {
  const [from, until] = [toInstant(span.fromMinute), toInstant(span.untilMinute)]
  const { rows } = await sql`
    insert into scheduling.taken_time (organization_id, resource_id, starts_at, ends_at, appointment_id, lane)
    select ${organizationId}, ${practitionerId}, ${from}, ${until}, ${appointmentId}, lane from generate_series(1, 2) lane
    where not exists (
      select from scheduling.taken_time t where t.organization_id = ${organizationId} and t.resource_id = ${practitionerId}
        and t.lane = lane.lane and t.starts_at < ${until} and t.ends_at > ${from}
    )
    order by lane limit 1 on conflict do nothing returning lane`.execute(tx)
  return rows.length > 0
}

/** Puts overbooked visits back among all others, where what they stood beside is gone. In the turns of these. */
export async function stepBack(tx: Tx, organizationId: string, resourceIds: readonly string[]) {
  await sql`
    update scheduling.taken_time t set lane = 0
    where t.organization_id = ${organizationId} and t.resource_id = any (${`{${resourceIds.join(',')}}`}::uuid[]) and t.lane > 0
      and not exists (
        select from scheduling.taken_time o where o.organization_id = t.organization_id and o.resource_id = t.resource_id
          and o.lane < t.lane and o.starts_at < t.ends_at and o.ends_at > t.starts_at
      )`.execute(tx)
}
