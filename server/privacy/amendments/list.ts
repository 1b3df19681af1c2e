/** Requests to correct a record: a patient's own, or those that wait for the clinic. */
import { isPatientSide, type Actor } from '../../platform/actor.ts'
import { auditAll } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { ownPatient } from '../access.ts'
import { patientNames } from '../patient-names.ts'
import { amendmentViews, visibleAmendments, type AmendmentRow } from './amendment.ts'

export async function listMyAmendments(context: Context, actor: Actor) {
  ownPatient(actor)
  return within(context.db, actor, async (tx) => {
    const rows = await visibleAmendments(tx, actor).selectAll('m').orderBy('m.id', 'desc').execute()
    return shown(context, tx, actor, rows)
  })
}

/** Unanswered ones, those due first; or the newest that were answered. With the patients' names. */
export async function listAmendments(
  context: Context,
  actor: Actor,
  { state = 'waiting' }: { state?: 'waiting' | 'answered' } = {},
) {
  return within(context.db, actor, async (tx) => {
    const all = visibleAmendments(tx, actor).selectAll('m').limit(200)
    const rows = await (
      state === 'waiting'
        ? all.where('m.answer', 'is', null).orderBy('m.dueOn').orderBy('m.id')
        : all.where('m.answer', 'is not', null).orderBy('m.answeredAt', 'desc').orderBy('m.id')
    ).execute()
    const named = await patientNames(
      tx,
      actor,
      rows.map(({ patientId }) => patientId),
    )
    const views = await shown(context, tx, actor, rows)
    return views.map((view) => ({ ...view, patient: named.get(view.patientId) ?? null }))
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
      ...(!isPatientSide(actor) && { purpose: 'OPS' as const }),
    })),
  )
  return amendmentViews(context, tx, rows)
}
