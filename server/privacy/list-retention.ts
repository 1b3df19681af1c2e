/** Records whose time to be kept is over. A person lets them go, never the clock; a hold beats the schedule. */
import { sql } from 'kysely'
import { system, type Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import { mayStillDecide } from './may-still-decide.ts'
import { patientNames } from './patient-names.ts'
import { keptUntil } from './retention.ts'
import './tables.ts'

interface Row {
  id: string
  bornOn: Temporal.PlainDate | null
  lastOn: Temporal.PlainDate
  held: boolean
}

export interface Over {
  patientId: string
  /** The first day on which the record may be let go: today or before. */
  keptUntil: string
  held: boolean
}

const mostRecords = 500

export async function listRetention({ db, now }: Context, actor: Actor) {
  return within(db, system(actor.organizationId, 'retention'), async (tx) => {
    await audit(tx, actor, { action: 'search', resourceType: 'Patient', fields: ['retention'], purpose: 'OPS' })
    const over = await recordsOver(tx, actor.organizationId, now())
    const named = await patientNames(
      tx,
      actor,
      over.map(({ patientId }) => patientId),
    )
    const proposals = await proposalsOf(tx, actor)
    return over.map((one) => ({
      ...one,
      patient: named.get(one.patientId) ?? null,
      proposal: proposals.get(one.patientId) ?? null,
    }))
  })
}

interface Proposed {
  id: string
  patientId: string
  proposedBy: string
  proposer: string | null
  proposedAt: Temporal.Instant
  stands: boolean
  approver: string | null
  approvedAt: Temporal.Instant | null
}

/** What was proposed and not taken back, by patient. */
async function proposalsOf(tx: Tx, { organizationId, personId }: Actor) {
  const { rows } = await sql<Proposed>`
    select g.id, g.patient_id, g.proposed_by, a.name as proposer, g.proposed_at, ${mayStillDecide('proposed')} as stands,
      b.name as approver, case when ${mayStillDecide('proposed')} and ${mayStillDecide('approved')} then g.approved_at end as approved_at
    from privacy.letting_go g
    left join people.person a on a.organization_id = g.organization_id and a.id = g.proposed_by
    left join people.person b on b.organization_id = g.organization_id and b.id = g.approved_by
    where g.organization_id = ${organizationId} and g.withdrawn_at is null`.execute(tx)
  return new Map(
    rows.map(({ id, patientId, proposedBy, proposer, proposedAt, stands, approver, approvedAt }) => [
      patientId,
      {
        id,
        by: proposer ?? '',
        at: proposedAt.toString(),
        mine: proposedBy === personId,
        stands,
        approved: approvedAt && { by: approver ?? '', at: approvedAt.toString() },
      },
    ]),
  )
}

/** Of the whole organization, or this one if its time is over. As the worker. */
export async function recordsOver(
  tx: Tx,
  organizationId: string,
  now: Temporal.Instant,
  patientId: string | null = null,
): Promise<Over[]> {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const { rows } = await sql<Row>`
    select p.id, p.born_on, greatest(p.created_at::date,
        (select max(a.ends_at)::date from scheduling.appointment a where a.organization_id = p.organization_id and a.patient_id = any(people.record_ids(p.organization_id, p.id))),
        (select max(r.happened_at)::date from record.resource r where r.organization_id = p.organization_id and r.patient_id = any(people.record_ids(p.organization_id, p.id)))) as last_on,
      exists (select from privacy.legal_hold h where h.organization_id = p.organization_id and h.ended_at is null
        and (h.patient_id is null or h.patient_id = any(people.record_ids(p.organization_id, p.id)))) as held
    from people.patient p
    where p.organization_id = ${organizationId} and p.created_at < ${now.subtract({ hours: 24 * 365 * 10 })}
      and (${patientId}::uuid is null or p.id = ${patientId}::uuid)
    order by p.created_at limit ${mostRecords}`.execute(tx)
  return rows
    .map(({ id, held, ...kept }) => ({ patientId: id, keptUntil: keptUntil(kept), held }))
    .filter((one) => Temporal.PlainDate.compare(one.keptUntil, today) <= 0)
    .map((one) => ({ ...one, keptUntil: one.keptUntil.toString() }))
}
