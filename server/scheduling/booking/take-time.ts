/** Takes an opening: the time itself, and in the same statement every opening it hides, in both search indexes. */
import { sql } from 'kysely'
import { auditRow, type Deed } from '../../platform/audit.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db.ts'
import { refillListings } from '../care/listing-starts.ts'
import { insertVisits, type NewVisit } from './new-visit.ts'
import type { OfferingFacts } from './offering.ts'

export interface Taking {
  startMinute: number
  now: Temporal.Instant
  holdId?: string
  /** An appointment that is there already, and moves to this time. */
  appointmentId?: string
  /** A new appointment, written by the same statement if the time was got. */
  visit?: NewVisit
  /** Written by the same statement, and only if the time was got. */
  deed?: Deed
}

/**
 * Gives whether the time was got. `on conflict do nothing` and 'no row' mean taken: rivals never wait out each other's
 * rows. Call it in the clinician's turn (`offeringInTurn`). Openings of the clinician that overlap what is taken, with
 * the buffers of both, leave `opening` and `listing` with it.
 */
export async function takeTime(tx: Tx, actor: Actor, offering: OfferingFacts, taking: Taking): Promise<boolean> {
  const { startMinute, now, holdId = null, visit, deed } = taking
  const appointmentId = visit?.id ?? taking.appointmentId ?? null
  const from = startMinute - offering.bufferBefore
  const until = startMinute + offering.minutes + offering.bufferAfter
  const visitRow = visit ? JSON.stringify([visit]) : '[]'
  const event = deed ? JSON.stringify([auditRow(actor, deed)]) : '[]'
  const { rows } = await sql<{ fewest: number | null }>`
    with got as (
      insert into scheduling.taken_time (organization_id, resource_id, starts_at, ends_at, hold_id, appointment_id)
      select organization_id, practitioner_id, to_timestamp(${from}::int * 60.0), to_timestamp(${until}::int * 60.0), ${holdId}::uuid, ${appointmentId}::uuid
      from scheduling.opening
      where organization_id = ${actor.organizationId} and offering_id = ${offering.id}
        and first_start <= ${startMinute}::int and first_start > ${startMinute}::int - 1440 and ${startMinute}::int = any (starts)
      on conflict do nothing
      returning organization_id, resource_id
    ), touched as (
      select p.organization_id, p.practitioner_id, p.day, p.offering_id, p.part, cardinality(p.starts) as before,
        array(select s from unnest(p.starts) s where s - f.buffer_before >= ${until}::int or s + f.minutes + f.buffer_after <= ${from}::int) as kept
      from got
      join scheduling.opening p on p.organization_id = got.organization_id and p.practitioner_id = got.resource_id
        and p.first_start < ${until}::int + 240 and p.first_start > ${from}::int - 2880
        and p.starts[cardinality(p.starts)] > ${from}::int - 960
        and p.day between (to_timestamp(${from}::int * 60.0) at time zone 'UTC')::date - 2 and (to_timestamp(${until}::int * 60.0) at time zone 'UTC')::date + 1
      join scheduling.offering f on f.organization_id = p.organization_id and f.id = p.offering_id
    ), emptied as (
      delete from scheduling.opening p using touched t
      where t.kept = '{}' and (p.organization_id, p.practitioner_id, p.day, p.offering_id, p.part)
        = (t.organization_id, t.practitioner_id, t.day, t.offering_id, t.part)
    ), cut as (
      update scheduling.opening p set starts = t.kept, first_start = t.kept[1] from touched t
      where t.kept <> '{}' and cardinality(t.kept) < t.before
        and (p.organization_id, p.practitioner_id, p.day, p.offering_id, p.part)
        = (t.organization_id, t.practitioner_id, t.day, t.offering_id, t.part)
    ), listed as (
      update scheduling.listing l set next_starts = k.kept, next_start = k.kept[1]
      from (
        select l.organization_id, l.offering_id, l.specialty, cardinality(l.next_starts) as before,
          array(select s from unnest(l.next_starts) s where s - f.buffer_before >= ${until}::int or s + f.minutes + f.buffer_after <= ${from}::int) as kept
        from got
        join scheduling.listing l on l.organization_id = got.organization_id and l.practitioner_id = got.resource_id
          and l.next_start < ${until}::int + 240 and l.next_starts[cardinality(l.next_starts)] > ${from}::int - 960
        join scheduling.offering f on f.organization_id = l.organization_id and f.id = l.offering_id
      ) k
      where cardinality(k.kept) < k.before and (l.organization_id, l.offering_id, l.specialty) = (k.organization_id, k.offering_id, k.specialty)
      returning cardinality(k.kept) as left_over
    ), visit as (
      ${insertVisits(visitRow, sql`got,`)}
    ), event as (
      insert into platform.audit_event
        (organization_id, id, actor_kind, actor_id, action, resource_type, resource_id, patient_id, fields, outcome, purpose, request_id)
      select e.* from got, json_to_recordset(${event}::json) as e(organization_id uuid, id uuid, actor_kind text,
        actor_id text, action text, resource_type text, resource_id text, patient_id uuid, fields text[], outcome text,
        purpose text, request_id text)
    ), unsealed as (
      insert into platform.audit_unsealed (organization_id, event_id)
      select e.organization_id, e.id from got, json_to_recordset(${event}::json) as e(organization_id uuid, id uuid)
    )
    select (select min(left_over) from listed) as fewest from got`.execute(tx)
  const got = rows[0]
  if (!got) return false
  if (got.fewest !== null && got.fewest < 4)
    await refillListings(tx, actor.organizationId, offering.practitionerId, now)
  return true
}
