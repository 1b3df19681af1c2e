/** The clinic accepts or denies a correction: once, with its reason, never overwriting what the record said. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { amendmentView, readAmendment } from './amendment.ts'
import { sealWords } from './sealed.ts'

interface Answer {
  id: string
  answer: 'accepted' | 'denied'
  reason?: string
}

/** Refuses `already_answered`, and `reason_needed` for a denial without one. */
export async function answerAmendment(context: Context, actor: Actor, { id, answer, reason }: Answer) {
  const { db, now } = context
  if (answer === 'denied' && reason === undefined)
    throw invalid('reason_needed', 'A denial says why; the patient reads it.')
  return within(db, actor, async (tx) => {
    const request = await readAmendment(tx, actor, id)
    const answerReason =
      reason === undefined ? null : await sealWords(context, tx, request, { column: 'answerReason', text: reason })
    const row = await tx
      .updateTable('privacy.amendment')
      .set({ answer, answerReason, answeredBy: actor.id, answeredAt: now() })
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .where('answer', 'is', null)
      .returningAll()
      .executeTakeFirst()
    if (!row) throw conflict('already_answered', 'This request was answered already.')
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'Communication',
      resourceId: id,
      patientId: request.patientId,
      fields: ['amendment', 'answer'],
      purpose: 'OPS',
    })
    return amendmentView(context, tx, row)
  })
}
