/** Ends a referral that will not lead to a visit here: by a colleague, for a reason. Its link opens nothing from then on. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { conflict, notFound } from '../../platform/errors.ts'
import { purposeOf } from '../access.ts'
import type { closeReasons } from './tables.ts'

/** Refuses `already_decided` when it is closed, or a visit is booked for it. */
export async function closeReferral(
  { db, now }: Context,
  actor: Actor,
  { id, reason }: { id: string; reason: (typeof closeReasons)[number] },
) {
  await within(db, actor, async (tx) => {
    const { patientId, purpose } = await accessReferral(tx, actor, id)
    const closed = await tx
      .updateTable('scheduling.referral')
      .set({ closedAt: now(), closedBy: actor.id, closeReason: reason })
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .where('closedAt', 'is', null)
      .where('appointmentId', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!closed) throw conflict('already_decided', 'Somebody has decided this already.')
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'ServiceRequest',
      resourceId: id,
      patientId,
      fields: ['status'],
      ...(purpose && { purpose }),
    })
  })
}

/** One referral for a colleague, or `not_found`. Refuses `break_glass_needed`. Whoever asks writes the trail. */
export async function accessReferral(tx: Tx, actor: Actor, id: string) {
  const row = await tx
    .selectFrom('scheduling.referral')
    .where('organizationId', '=', actor.organizationId)
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirst()
  if (!row) throw notFound('referral')
  return { ...row, purpose: await purposeOf(tx, actor, row.patientId) }
}
