/** A request to correct the record, as it is read and shown. */
import type { Selectable } from 'kysely'
import { isPatientSide, type Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tables, Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import '../tables.ts'
import { openAmendments, type OpenAmendment } from './sealed.ts'

export type AmendmentRow = Selectable<Tables['privacy.amendment']>

/** The requests this actor may see: a patient's own, all of the organization for its privacy officer. */
export function visibleAmendments(tx: Tx, actor: Actor) {
  const all = tx.selectFrom('privacy.amendment as m').where('m.organizationId', '=', actor.organizationId)
  return isPatientSide(actor) ? all.where('m.patientId', 'in', [...actor.patientIds]) : all
}

/** One request; refuses `not_found`, the same for hidden and missing. */
export async function readAmendment(tx: Tx, actor: Actor, id: string): Promise<AmendmentRow> {
  if (isPatientSide(actor) && actor.patientIds.length === 0) throw notFound('request')
  const row = await visibleAmendments(tx, actor).where('m.id', '=', id).selectAll('m').executeTakeFirst()
  if (!row) throw notFound('request')
  return row
}

/** Opened, as they are shown; in the same order. */
export async function amendmentViews(context: Context, tx: Tx, rows: readonly AmendmentRow[]) {
  return (await openAmendments(context, tx, rows)).map(shown)
}

export async function amendmentView(context: Context, tx: Tx, row: AmendmentRow) {
  const [view] = await amendmentViews(context, tx, [row])
  if (!view) throw new Error('the request was not opened')
  return view
}

const shown = (row: OpenAmendment) => ({
  id: row.id,
  patientId: row.patientId,
  about: row.about,
  wanted: row.wanted,
  askedAt: row.askedAt.toString(),
  dueOn: row.dueOn.toString(),
  answer: row.answer,
  answerReason: row.answerReason,
  answeredAt: row.answeredAt?.toString() ?? null,
  disagreement: row.disagreement,
})
