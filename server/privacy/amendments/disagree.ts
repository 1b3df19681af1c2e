/** The patient's own statement to a denial; it stays with the record. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { conflict } from '../../platform/errors.ts'
import { amendmentView, readAmendment } from './amendment.ts'
import { sealWords } from './sealed.ts'

/** Refuses `not_denied`; said once, it is not changed. */
export async function disagree(context: Context, actor: Actor, { id, statement }: { id: string; statement: string }) {
  const { db, now } = context
  return within(db, actor, async (tx) => {
    const request = await readAmendment(tx, actor, id)
    const disagreement = await sealWords(context, tx, request, { column: 'disagreement', text: statement })
    const row = await tx
      .updateTable('privacy.amendment')
      .set({ disagreement, disagreedAt: now() })
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .where('answer', '=', 'denied')
      .where('disagreement', 'is', null)
      .returningAll()
      .executeTakeFirst()
    if (!row) throw conflict('not_denied', 'There is no denial here to answer, or you have answered it.')
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'Communication',
      resourceId: id,
      patientId: request.patientId,
      fields: ['amendment', 'disagreement'],
    })
    return amendmentView(context, tx, row)
  })
}
