/** Requests to correct a record: a patient's own, or those that wait for the clinic. */
import type { Actor } from '../../platform/actor.ts'
import { auditAll } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { ownPatient } from '../access.ts'
import { amendmentViews, visibleAmendments, type AmendmentRow } from './amendment.ts'

export async function listMyAmendments(context: Context, actor: Actor) {
  const patientId = ownPatient(actor)
  return within(context.db, actor, async (tx) => {
    const rows = await visibleAmendments(tx, actor)
      .where('m.patientId', '=', patientId)
      .selectAll('m')
      .orderBy('m.id', 'desc')
      .execute()
    return shown(context, tx, actor, rows)
  })
}

/** Unanswered ones, those due first. */
export async function listAmendments(context: Context, actor: Actor) {
  return within(context.db, actor, async (tx) => {
    const rows = await visibleAmendments(tx, actor)
      .where('m.answer', 'is', null)
      .selectAll('m')
      .orderBy('m.dueOn')
      .orderBy('m.id')
      .limit(200)
      .execute()
    return shown(context, tx, actor, rows)
  })
}

async function shown(context: Context, tx: Tx, actor: Actor, rows: readonly AmendmentRow[]) {
  await auditAll(
    tx,
    actor,
    rows.map(({ id, patientId }) => ({
      action: 'read' as const,
      resourceType: 'Communication',
      resourceId: id,
      patientId,
      fields: ['amendment'],
    })),
  )
  return amendmentViews(context, tx, rows)
}
