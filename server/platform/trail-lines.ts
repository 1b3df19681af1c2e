/** Events of the trail as the very bytes that are sealed: a line each, made by the database, hashed here unread. */
import { hash } from 'node:crypto'
import { sql } from 'kysely'

/**
 * Canonical JSON (RFC 8785: keys in order, no white space) of the event `e`, its time in UTC to the microsecond: never in a
 * session's zone; empty when there is no such event. Of the server's own functions only, as one of ours could be replaced to
 * say what once was. A line break inside a value is escaped, so that lines can be told apart.
 */
export const lineOfEvent = sql`case when e.id is null then '' else (select row_to_json(line)::text from (
  select e.action, e.actor_id as "actorId", e.actor_kind as "actorKind",
    to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.fields, e.id, e.organization_id as "organizationId",
    e.outcome, e.patient_id as "patientId", e.purpose, e.request_id as "requestId", e.resource_id as "resourceId",
    e.resource_type as "resourceType") line) end`

/** SHA-256 of each line, one after the other. */
export function hashesOf(lines: string): Buffer {
  // By way of a string: a buffer a line costs more than its hash.
  const hashes = lines.split('\n').map((line) => hash('sha256', line, 'latin1'))
  return Buffer.from(hashes.join(''), 'latin1')
}
