/** The scheduler accepts the new times: from here each visit moves and its patient is told, also when everybody goes home. */
import type { Actor } from '../../platform/actor.ts'
import { auditAll } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { changed } from '../desk/live.ts'
import { accessMove } from './access.ts'
import { gather } from './gather.ts'

/** Gives how many move and how many are to be called. Said twice, the second time confirms what is new alone. */
export async function confirmBulkMove(context: Context, actor: Actor, id: string) {
  const { db, announce, now } = context
  const { organizationId } = actor
  const done = await within(db, actor, async (tx) => {
    await accessMove(tx, actor, id)
    const which = { organizationId, bulkMoveId: id }
    if ((await gather(tx, which, now())) > 0) await announce(tx, 'bulk-move.asked', which)
    const confirmed = await tx
      .updateTable('scheduling.bulkMoveVisit')
      .set({ state: 'confirmed', decidedAt: now(), decidedBy: actor.id })
      .where('organizationId', '=', organizationId)
      .where('bulkMoveId', '=', id)
      .where('state', '=', 'proposed')
      .returning(['appointmentId', 'patientId'])
      .execute()
    await auditAll(
      tx,
      actor,
      confirmed.map(({ appointmentId, patientId }) => ({
        action: 'update' as const,
        resourceType: 'Appointment',
        resourceId: appointmentId,
        patientId,
        fields: ['start', 'end'],
        purpose: 'OPS' as const,
      })),
    )
    if (confirmed.length > 0) await announce(tx, 'bulk-move.confirmed', which)
    const { toCall } = await tx
      .selectFrom('scheduling.bulkMoveVisit')
      .where('organizationId', '=', organizationId)
      .where('bulkMoveId', '=', id)
      .where('state', '=', 'to_call')
      .select((of) => of.fn.countAll<number>().as('toCall'))
      .executeTakeFirstOrThrow()
    return { confirmed: confirmed.length, toCall }
  })
  changed(context, organizationId)
  return done
}
