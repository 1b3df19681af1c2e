/** A trail to measure on: events as a busy clinic makes them, and this machine's limit for reading and hashing the same bytes. */
import { hash } from 'node:crypto'
import type { Stage } from './stage.ts'

/** So many events of the past, unsealed; in one statement, as this is not what is measured. */
export async function fillTrail(stage: Stage, count: number) {
  await stage.sql('truncate platform.audit_event, platform.audit_unsealed, platform.audit_seal')
  await stage.sql(
    `insert into platform.audit_event (organization_id, actor_kind, actor_id, action, resource_type, resource_id, patient_id, fields, purpose, request_id)
     select $1, (array['front_desk', 'nurse', 'clinician', 'patient'])[n % 4 + 1], 'person:' || md5((n % 200)::text)::uuid,
       (array['read', 'search', 'update', 'create'])[n % 4 + 1], (array['Patient', 'Appointment', 'Communication'])[n % 3 + 1],
       md5(n::text)::uuid::text, md5((n % 5000)::text)::uuid, case when n % 4 > 1 then array['status', 'startsAt'] else '{}' end,
       'TREAT', 'req-' || n from generate_series(1, $2::int) n`,
    [stage.organizationId, count],
  )
  await stage.sql(
    'insert into platform.audit_unsealed (organization_id, event_id) select organization_id, id from platform.audit_event',
  )
  await stage.sql('vacuum analyze platform.audit_event, platform.audit_unsealed')
}

const lines = 20_000

/** Keeps the very bytes that are sealed, so that the limit is measured on them. */
export async function copyLines(stage: Stage) {
  await stage.sql('create schema if not exists bench')
  await stage.sql('drop table if exists bench.line')
  await stage.sql(
    `create table bench.line as select row_number() over (order by id)::int as n,
      json_build_object('action', action, 'actorId', actor_id, 'actorKind', actor_kind, 'at', at, 'fields', fields, 'id', id,
        'organizationId', organization_id, 'outcome', outcome, 'patientId', patient_id, 'purpose', purpose, 'requestId', request_id,
        'resourceId', resource_id, 'resourceType', resource_type)::text as line from platform.audit_event`,
  )
  await stage.sql('create unique index on bench.line (n)')
  await stage.sql('vacuum analyze bench.line')
}

/** Lines a second read one after another from a plain table and hashed with SHA-256, and hashed alone. */
export async function limitOfTrail(stage: Stage): Promise<{ readAndHash: number; hashOnly: number; count: number }> {
  const client = await stage.raw()
  let count = 0
  let hashing = 0
  const began = performance.now()
  for (let from = 1; ; from += lines) {
    const { rows } = await client.query<{ text: string | null }>({
      name: 'lines',
      text: `select string_agg(line, e'\\n' order by n) as text from bench.line where n >= $1 and n < $2`,
      values: [from, from + lines],
    })
    const text = rows[0]?.text
    if (text === null || text === undefined) break
    const at = performance.now()
    for (const line of text.split('\n')) {
      hash('sha256', line, 'latin1')
      count++
    }
    hashing += performance.now() - at
  }
  const seconds = (performance.now() - began) / 1000
  await client.end()
  return { readAndHash: count / seconds, hashOnly: count / (hashing / 1000), count }
}
