/** Gives time back: what a visit or a hold has taken, and the openings that were hidden with it. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { reindex, type Whose } from '../openings/calendar.ts'
import { toMinute } from '../openings/minutes.ts'
import { stepBack } from '../overbooking/lanes.ts'
import { sharing } from '../resources/turns.ts'
import { spanAround } from '../rules/ask-rules.ts'
import { readRulesInForce } from '../rules/read-rules.ts'
import '../seats/tables.ts'
import '../tables.ts'

type Freed = readonly { resourceId: string }[]

/**
 * Lets go of all that a visit or a hold has taken; undefined when it had nothing. A session of a group visit that nobody
 * sits in any more gives its own time back. Call it in the turns of all who share it (`takeTurns`).
 */
export async function freeTime(
  tx: Tx,
  organizationId: string,
  by: 'appointmentId' | 'holdId',
  id: string,
): Promise<Freed | undefined> {
  const freed = await tx
    .deleteFrom('scheduling.takenTime')
    .where('organizationId', '=', organizationId)
    .where(by, '=', id)
    .returning('resourceId')
    .execute()
  const seat = await tx
    .deleteFrom('scheduling.seat')
    .where('organizationId', '=', organizationId)
    .where(by, '=', id)
    .returning('sessionId')
    .executeTakeFirst()
  const all = seat ? [...freed, ...(await endEmptySessions(tx, organizationId, [seat.sessionId]))] : freed
  if (all.length === 0 && !seat) return undefined
  await stepBack(
    tx,
    organizationId,
    all.map(({ resourceId }) => resourceId),
  )
  return all
}

/** Ends those of these sessions in which nobody sits. Gives what they had taken. */
export async function endEmptySessions(tx: Tx, organizationId: string, sessionIds: readonly string[]): Promise<Freed> {
  if (sessionIds.length === 0) return []
  const { rows } = await sql<{ resourceId: string }>`
    with empty as (
      delete from scheduling.group_session s where s.organization_id = ${organizationId} and s.id = any (${`{${sessionIds.join(',')}}`}::uuid[])
        and not exists (select from scheduling.seat t where t.organization_id = s.organization_id and t.session_id = s.id)
      returning s.id
    )
    delete from scheduling.taken_time t where t.organization_id = ${organizationId} and t.session_id in (select id from empty)
    returning t.resource_id`.execute(tx)
  return rows
}

/** The local day of an instant in any zone, and its neighbours: of the clinician, and of all who share what was freed. */
export async function reindexAround(
  tx: Tx,
  taken: Whose & { startsAt: Temporal.Instant },
  freed: Freed,
  now: Temporal.Instant,
) {
  const { organizationId, practitionerId } = taken
  const span = spanAround(await readRulesInForce(tx, organizationId, [practitionerId]), toMinute(taken.startsAt))
  const ids = freed.map(({ resourceId }) => resourceId).filter((id) => id !== practitionerId)
  for (const whose of new Set([practitionerId, ...(await sharing(tx, organizationId, ids))]))
    await reindex(tx, { organizationId, practitionerId: whose }, span, now)
}
