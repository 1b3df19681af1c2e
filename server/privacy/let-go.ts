/** Two people let a record go: one proposes it, another approves. Nobody approves what they proposed; either takes it back. */
import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import { conflict, forbidden, invalid, notFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { system } from '../platform/actor.ts'
import { refuseKept } from './kept.ts'
import { mayStillDecide } from './may-still-decide.ts'
import './tables.ts'

/** Refuses `not_over`, `on_hold`, `already_proposed`. */
export async function proposeLettingGo(context: Context, actor: Actor, patientId: string) {
  const personId = personOf(actor)
  const { organizationId } = actor
  const at = context.now()
  await refuseStanding(context, actor, patientId)
  return within(context.db, actor, async (tx) => {
    const id = newId()
    const proposed = await tx
      .insertInto('privacy.lettingGo')
      .values({ organizationId, id, patientId, proposedBy: personId, proposedAt: at })
      .onConflict((same) => same.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!proposed) throw conflict('already_proposed', 'Somebody has proposed this already.')
    await auditStep(tx, actor, { id, patientId, action: 'create' })
    return id
  })
}

/** Refuses `not_found`, `not_your_own`, `lapsed`, `already_decided`, and what keeps the record: `not_over`, `on_hold`. */
export async function approveLettingGo(context: Context, actor: Actor, id: string) {
  const personId = personOf(actor)
  await within(context.db, actor, async (tx) => {
    const { patientId, proposedBy, stands, isApproved } = await standing(tx, actor, id)
    if (proposedBy === personId) throw invalid('not_your_own', 'Somebody else approves what you proposed.')
    if (!stands)
      throw conflict('lapsed', 'Who proposed it may not decide this any more. Take it back, then propose it anew.')
    if (isApproved) throw conflict('already_decided', 'Somebody has decided this already.')
    await refuseStanding(context, actor, patientId)
    await change(tx, actor, id, { approvedBy: personId, approvedAt: context.now() })
    await auditStep(tx, actor, { id, patientId, action: 'update', field: 'approved' })
  })
}

/** By anybody who may decide, at any time before it is carried out. Refuses `not_found`. */
export async function withdrawLettingGo({ db, now }: Context, actor: Actor, id: string) {
  const personId = personOf(actor)
  await within(db, actor, async (tx) => {
    const { patientId } = await standing(tx, actor, id)
    await change(tx, actor, id, { withdrawnBy: personId, withdrawnAt: now() })
    await auditStep(tx, actor, { id, patientId, action: 'update', field: 'withdrawn' })
  })
}

/**
 * Who proposed and who approved that this record is let go; undefined until both did, and again when one of them lost the role
 * in which they decided. As the worker.
 */
export async function approvedBy(tx: Tx, organizationId: string, patientId: string): Promise<string[] | undefined> {
  const { rows } = await sql<{ proposedBy: string; approvedBy: string }>`
    select g.proposed_by, g.approved_by from privacy.letting_go g
    where g.organization_id = ${organizationId} and g.patient_id = ${patientId} and g.withdrawn_at is null
      and ${mayStillDecide('proposed')} and ${mayStillDecide('approved')}`.execute(tx)
  const [row] = rows
  return row && [row.proposedBy, row.approvedBy]
}

/** A person of this organization, never a program. */
function personOf({ personId }: Actor): string {
  if (personId === undefined) throw forbidden()
  return personId
}

/** Visits and holds are read as the product: whoever decides here need not see the record. */
const refuseStanding = ({ db, now }: Context, { organizationId }: Actor, patientId: string) =>
  within(db, system(organizationId, 'retention'), (tx) => refuseKept(tx, { organizationId, patientId }, now()))

interface Standing {
  patientId: string
  proposedBy: string
  /** Who proposed it still has the role in which they did. */
  stands: boolean
  isApproved: boolean
}

async function standing(tx: Tx, { organizationId }: Actor, id: string): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select g.patient_id, g.proposed_by, ${mayStillDecide('proposed')} as stands, ${mayStillDecide('approved')} as is_approved
    from privacy.letting_go g
    where g.organization_id = ${organizationId} and g.id = ${id} and g.withdrawn_at is null for update of g`.execute(tx)
  const [row] = rows
  if (!row) throw notFound('proposal')
  return row
}

type Change =
  { approvedBy: string; approvedAt: Temporal.Instant } | { withdrawnBy: string; withdrawnAt: Temporal.Instant }

const change = (tx: Tx, { organizationId }: Actor, id: string, set: Change) =>
  tx
    .updateTable('privacy.lettingGo')
    .set(set)
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .execute()

interface Step {
  id: string
  patientId: string
  action: 'create' | 'update'
  field?: string
}

const auditStep = (tx: Tx, actor: Actor, { id, patientId, action, field }: Step) =>
  audit(tx, actor, {
    action,
    resourceType: 'LettingGo',
    resourceId: id,
    patientId,
    ...(field !== undefined && { fields: [field] }),
    purpose: 'OPS',
  })
