/** Whether a colleague may open a record now, and as what: part of the patient's care, or through broken glass. */
import { sql } from 'kysely'
import { isStaff, type Actor } from '../../platform/actor.ts'
import type { Purpose } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { Refusal } from '../../platform/errors.ts'
import '../tables.ts'

interface Facts {
  /** Their own record, or that of somebody they act for. */
  isNear: boolean
  /** Marked, or of a colleague. */
  isMarked: boolean
  isNamed: boolean
  isOpened: boolean
}

/**
 * The purpose to write in the trail; undefined for whoever no gate is for (patients, programs, the product). `byVisit`
 * tells whether a visit makes them part of the care team, and is asked only when that decides. Refuses
 * `break_glass_needed`: clinicians and nurses outside the care team, everybody for a marked record, and for that of
 * oneself and one's family.
 */
export async function gateOf(
  tx: Tx,
  actor: Actor,
  patientId: string,
  byVisit: () => Promise<boolean>,
): Promise<Purpose | undefined> {
  const { role, personId } = actor
  if (!isStaff(actor) || role === 'client' || personId === undefined) return undefined
  const { isNear, isMarked, isNamed, isOpened } = await factsOf(tx, actor, personId, patientId)
  if (isOpened) return 'BREAK-GLASS'
  const isClinical = role === 'clinician' || role === 'nurse'
  const needsCare = isNear || isMarked || isClinical
  if (!needsCare) return 'TREAT'
  const cares = !isNear && (isNamed || (isClinical && (await byVisit())))
  if (cares) return 'TREAT'
  throw new Refusal(
    403,
    'break_glass_needed',
    'This record is open to those who care for this patient. Say why you need it, and it opens for an hour.',
    { patientId, instead: 'break_glass' },
  )
}

/** When the actor asked: the moment that windows are measured from. */
export const askedAt = ({ session }: Actor) =>
  sql<Temporal.Instant>`coalesce(${session?.askedAt?.toString() ?? null}::timestamptz, now())`

/** Until when the glass that the actor broke leaves a record open; undefined when it does not. */
export async function glassUntil(tx: Tx, actor: Actor, patientId: string): Promise<Temporal.Instant | undefined> {
  const { rows } = await sql<{ endsAt: Temporal.Instant | null }>`
    select max(b.ends_at) as ends_at from people.break_glass b
    where b.organization_id = ${actor.organizationId} and b.patient_id = any(people.record_ids(${actor.organizationId}, ${patientId})) and b.person_id = ${actor.personId ?? null}
      and b.broken_at <= ${askedAt(actor)} and b.ends_at > ${askedAt(actor)}`.execute(tx)
  return rows[0]?.endsAt ?? undefined
}

async function factsOf(tx: Tx, actor: Actor, personId: string, patientId: string): Promise<Facts> {
  const of = (alias: string) =>
    sql`${sql.ref(`${alias}.organization_id`)} = ${actor.organizationId} and ${sql.ref(`${alias}.patient_id`)} = any(array(select unnest(ids) from record))`
  const { rows } = await sql<Facts>`
    with record as materialized (select people.record_ids(${actor.organizationId}::uuid, ${patientId}::uuid) as ids)
    select
      exists (select from people.patient_account a where ${of('a')} and a.person_id = ${personId} and a.ended_at is null)
        or exists (select from people.proxy_grant g where ${of('g')} and g.person_id = ${personId} and g.ended_at is null) as is_near,
      exists (select from people.record_flag f where ${of('f')} and f.ended_at is null)
        or exists (select from people.patient_account a join people.staff_role s on s.organization_id = a.organization_id
          and s.person_id = a.person_id and s.ended_at is null where ${of('a')} and a.ended_at is null) as is_marked,
      exists (select from people.care_team t where ${of('t')} and t.person_id = ${personId} and t.ended_at is null
        and (t.until_at is null or t.until_at > ${askedAt(actor)})) as is_named,
      exists (select from people.break_glass b where ${of('b')} and b.person_id = ${personId}
        and b.broken_at <= ${askedAt(actor)} and b.ends_at > ${askedAt(actor)}) as is_opened`.execute(tx)
  const [facts] = rows
  return facts ?? { isNear: true, isMarked: true, isNamed: false, isOpened: false }
}
