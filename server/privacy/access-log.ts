/** Who did what to whose record, read from the sealed trail and gathered by day. Reading it is in the trail as well. */
import { sql } from 'kysely'
import { system, type Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import { invalid } from '../platform/errors.ts'
import { readAccessRules, readOrganization, recordIds } from '../people/index.ts'
import { patientNames } from './patient-names.ts'
import './tables.ts'

export interface LogQuery {
  patientId?: string
  personId?: string
  /** Days before this one; the newest when left out. */
  before?: string
}

/** So many lines at once, in whole days, and no more than so many days are read for them. */
const mostDeeds = 1000
const daysAtOnce = 31

interface Row {
  day: Temporal.PlainDate
  lastAt: Temporal.Instant
  actorKind: string
  actorId: string
  name: string | null
  patientId: string | null
  action: string
  resourceType: string
  purpose: string
  outcome: string
  times: number
}

/**
 * A month of deeds before a day, gathered by day, person and kind. The trail is the worker's to read; whoever asks was
 * let in by permission, and is written down in the same transaction.
 */
export async function readAccessLog(context: Context, actor: Actor, query: LogQuery) {
  return within(context.db, system(actor.organizationId, 'access-log'), async (tx) => {
    const { rows, earlier } = await month(context, tx, actor, query)
    return { deeds: rows.map(deedView), earlier }
  })
}

/** The same for the privacy officer, with the names of patients. Refuses `whose_log`, `not_found`. */
export async function readNamedLog(context: Context, actor: Actor, query: LogQuery) {
  return within(context.db, system(actor.organizationId, 'access-log'), async (tx) => {
    const { rows, earlier } = await month(context, tx, actor, query)
    const { patientId, personId } = query
    const named = await patientNames(tx, actor, [patientId ?? null, ...rows.map((row) => row.patientId)])
    const person = personId === undefined ? null : await personOf(tx, actor, personId)
    return {
      of: { patient: named.get(patientId ?? '') ?? null, person },
      deeds: rows.map((row) => ({ ...deedView(row), patient: named.get(row.patientId ?? '') ?? null })),
      earlier,
    }
  })
}

async function personOf(tx: Tx, { organizationId }: Actor, id: string) {
  const found = await tx
    .selectFrom('people.person')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .select(['id', 'name'])
    .executeTakeFirst()
  return found ?? null
}

async function month({ now }: Context, tx: Tx, actor: Actor, query: LogQuery) {
  const { patientId, personId } = query
  if ((patientId === undefined) === (personId === undefined))
    throw invalid('whose_log', 'Say whose: a patient, or a person of the clinic.')
  const { zone } = await readOrganization(tx, actor.organizationId)
  const today = now().toZonedDateTimeISO(zone).toPlainDate()
  const before = query.before ? Temporal.PlainDate.from(query.before) : today.add({ days: 1 })
  const from = before.subtract({ days: daysAtOnce })
  const who =
    personId === undefined
      ? sql`e.patient_id = any(${await recordsShown(tx, actor, patientId ?? '')}::uuid[])`
      : sql`e.actor_id = ${`person:${personId}`}`
  const found = await deeds(tx, actor.organizationId, { who, zone, from, before })
  await audit(tx, actor, {
    action: 'read',
    resourceType: 'AuditEvent',
    ...(patientId !== undefined && { patientId }),
    ...(personId !== undefined && { resourceId: personId }),
    purpose: actor.role === 'patient' ? 'PATIENT-REQUEST' : 'OPS',
  })
  const { rows, since } = wholeDays(found, from)
  const isMore = await hasEarlier(tx, actor.organizationId, who, startOf(since, zone))
  const shown = actor.role !== 'patient' || (await readAccessRules(tx, actor.organizationId)).glassShown
  return { rows: shown ? rows : rows.map(withoutGlass), earlier: isMore ? since.toString() : null }
}

/** All records of one patient; for whoever acts for one of them, those that they may see. */
const recordsShown = async (tx: Tx, actor: Actor, patientId: string) =>
  actor.role === 'patient' ? [...actor.patientIds] : recordIds(tx, actor.organizationId, patientId)

/** A day that was cut off is left for the next question, unless it is all there is. */
function wholeDays(rows: Row[], from: Temporal.PlainDate): { rows: Row[]; since: Temporal.PlainDate } {
  const cut = rows.length < mostDeeds ? undefined : rows.at(-1)?.day
  if (!cut) return { rows, since: from }
  const whole = rows.filter(({ day }) => !day.equals(cut))
  return whole.length > 0 ? { rows: whole, since: cut.add({ days: 1 }) } : { rows, since: cut }
}

const startOf = (day: Temporal.PlainDate, zone: string) => day.toZonedDateTime({ timeZone: zone }).toInstant()

interface Span {
  who: ReturnType<typeof sql>
  zone: string
  from: Temporal.PlainDate
  before: Temporal.PlainDate
}

async function deeds(tx: Tx, organizationId: string, { who, zone, from, before }: Span): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select (e.at at time zone ${zone})::date as day, max(e.at) as last_at, e.actor_kind, e.actor_id,
      coalesce(max(p.name), max(c.name), max(n.name), max(x.proxy_name)) as name, e.patient_id, e.action, e.resource_type, e.purpose, e.outcome,
      count(*)::int as times
    from platform.audit_event e
    left join people.person p on p.organization_id = e.organization_id and 'person:' || p.id = e.actor_id
    left join platform.program_name n on n.organization_id = e.organization_id and n.actor_id = e.actor_id
    left join people.api_client c on c.organization_id = e.organization_id and 'client:' || c.id = e.actor_id
    left join lateral (select max(g.proxy_name) as proxy_name from people.proxy_grant g where e.actor_kind = 'proxy'
      and g.organization_id = e.organization_id and g.patient_id = e.patient_id and 'person:' || g.person_id = e.actor_id) x on true
    where e.organization_id = ${organizationId} and ${who} and e.at >= ${startOf(from, zone)} and e.at < ${startOf(before, zone)}
    group by 1, e.actor_kind, e.actor_id, e.patient_id, e.action, e.resource_type, e.purpose, e.outcome
    order by last_at desc limit ${mostDeeds}`.execute(tx)
  return rows
}

async function hasEarlier(
  tx: Tx,
  organizationId: string,
  who: Span['who'],
  before: Temporal.Instant,
): Promise<boolean> {
  const { rows } = await sql`select from platform.audit_event e
    where e.organization_id = ${organizationId} and ${who} and e.at < ${before} limit 1`.execute(tx)
  return rows.length > 0
}

/** That somebody looked is told, whatever the organization says of how. */
function withoutGlass(row: Row): Row {
  if (row.purpose !== 'BREAK-GLASS') return row
  const seen = row.resourceType === 'BreakGlass' ? { action: 'read', resourceType: 'Patient' } : {}
  return { ...row, ...seen, purpose: 'TREAT' }
}

const deedView = (row: Row) => ({
  day: row.day.toString(),
  lastAt: row.lastAt.toString(),
  who: { id: row.actorId, name: row.name, role: row.actorKind },
  patientId: row.patientId,
  action: row.action,
  what: row.resourceType,
  purpose: row.purpose,
  outcome: row.outcome,
  times: row.times,
})
