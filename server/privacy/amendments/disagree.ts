/** The patient's own statement to a denial; it stays with the record. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { conflict } from '../../platform/errors.ts'
import { amendmentView, readAmendment } from './amendment.ts'

/** Refuses `not_denied`; said once, it is not changed. */
export async function disagree(
  { db, now }: Context,
  actor: Actor,
  { id, statement }: { id: string; statement: string },
) {
  return within(db, actor, async (tx) => {
    const { patientId } = await readAmendment(tx, actor, id)
    const row = await tx
      .updateTable('privacy.amendment')
      .set({ disagreement: statement, disagreedAt: now() })
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
      patientId,
      fields: ['amendment', 'disagreement'],
    })
    return amendmentView(row)
  })
}
