/** Whose turn it is: of everybody whose openings change when a room, a device or an interpreter is taken or freed. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Need } from './pools.ts'

export interface Turns {
  practitionerIds: readonly string[]
  /** Times that are taken already: what they hold is freed. */
  appointmentId?: string | undefined
  holdId?: string | undefined
  /** What may be taken: everything of these kinds at these places. */
  wanted?: readonly { needs: readonly Need[]; locationId: string }[]
}

/** Waits for all these turns, in one order that is the same for everybody. They end with the transaction. */
export async function takeTurns(tx: Tx, organizationId: string, turns: Turns) {
  const { practitionerIds, appointmentId = null, holdId = null, wanted = [] } = turns
  const pools = wanted.flatMap(({ needs, locationId }) => needs.map(({ kind }) => ({ kind, location_id: locationId })))
  await sql`
    select scheduling.take_turns(${`{${practitionerIds.join(',')}}`}::uuid[] || array(select scheduling.turns_of(${organizationId}::uuid, array(
      select t.resource_id from scheduling.taken_time t where t.organization_id = ${organizationId}::uuid and t.appointment_id = ${appointmentId}::uuid
      union select t.resource_id from scheduling.taken_time t where t.organization_id = ${organizationId}::uuid and t.hold_id = ${holdId}::uuid
      union select t.resource_id from scheduling.seat s join scheduling.taken_time t on t.organization_id = s.organization_id and t.session_id = s.session_id
        where s.organization_id = ${organizationId}::uuid and (s.appointment_id = ${appointmentId}::uuid or s.hold_id = ${holdId}::uuid)
      union select r.id from scheduling.resource r join json_to_recordset(${JSON.stringify(pools)}::json) as w(kind text, location_id uuid)
        on r.kind = w.kind and (r.location_id is null or r.location_id = w.location_id)
        where r.organization_id = ${organizationId}::uuid
    ))))`.execute(tx)
}

/** Whose turns it takes to change when these rooms, devices and interpreters are free. */
export async function turnsOf(tx: Tx, organizationId: string, resourceIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select t as id from scheduling.turns_of(${organizationId}::uuid, ${`{${resourceIds.join(',')}}`}::uuid[]) t`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

/** The clinicians whose openings may depend on these rooms and devices. */
export async function sharing(tx: Tx, organizationId: string, resourceIds: readonly string[]): Promise<string[]> {
  if (resourceIds.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select t as id from scheduling.turns_of(${organizationId}::uuid, ${`{${resourceIds.join(',')}}`}::uuid[]) t
    where not exists (select from scheduling.resource r where r.organization_id = ${organizationId}::uuid and r.id = t)`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}
