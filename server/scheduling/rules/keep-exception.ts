/** A visit that was booked before a rule which refuses it, kept by somebody's word. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import './tables.ts'

/** Refuses `not_found` for one that is no exception of this rule, or was kept before. */
export async function keepException({ db, now }: Context, actor: Actor, ruleId: string, appointmentId: string) {
  await within(db, actor, async (tx) => {
    const kept = await tx
      .updateTable('scheduling.ruleException')
      .set({ keptAt: now(), keptBy: actor.id })
      .where('organizationId', '=', actor.organizationId)
      .where('ruleId', '=', ruleId)
      .where('appointmentId', '=', appointmentId)
      .where('keptAt', 'is', null)
      .returning('appointmentId')
      .executeTakeFirst()
    if (!kept) throw notFound('exception')
    await audit(tx, actor, { action: 'update', resourceType: 'Appointment', resourceId: appointmentId, purpose: 'OPS' })
  })
}
