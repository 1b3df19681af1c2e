/** Events of the trail as the very bytes that are sealed: a line each, made by the database, hashed here unread. */
import { hash } from 'node:crypto'
import { sql } from 'kysely'

/**
 * Canonical JSON (RFC 8785: keys in order, no white space) of the event `e`, its time in UTC to the microsecond: never in a
 * session's zone. Of the server's own functions only, as one of ours could be replaced to say what once was. A line break
 * inside a value is escaped, so that lines can be told apart.
 */
export const lineOfEvent = sql`'{"action":' || to_json(e.action)::text || ',"actorId":' || to_json(e.actor_id)::text
  || ',"actorKind":' || to_json(e.actor_kind)::text
  || ',"at":"' || to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || 'Z","fields":' || array_to_json(e.fields)::text
  || ',"id":"' || e.id || '","organizationId":"' || e.organization_id || '","outcome":' || to_json(e.outcome)::text
  || ',"patientId":' || coalesce('"' || e.patient_id || '"', 'null') || ',"purpose":' || to_json(e.purpose)::text
  || ',"requestId":' || coalesce(to_json(e.request_id)::text, 'null')
  || ',"resourceId":' || coalesce(to_json(e.resource_id)::text, 'null')
  || ',"resourceType":' || to_json(e.resource_type)::text || '}'`

/** SHA-256 of each line, one after the other; an event that is not there is an empty line. */
export function hashesOf(lines: string): Buffer {
  return Buffer.concat(lines.split('\n').map((line) => hash('sha256', line, 'buffer')))
}
