/** Opens a room, a device or an interpreter again that was closed; its openings follow at once. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { changed } from '../desk/live.ts'
import { reindex } from '../openings/calendar.ts'
import { sharing, takeTurns } from './turns.ts'

/** Refuses `not_found`. */
export async function reopenResource(context: Context, actor: Actor, closureId: string) {
  const { organizationId } = actor
  const { db, now } = context
  await within(db, actor, async (tx) => {
    const closure = await tx
      .deleteFrom('scheduling.resourceClosure')
      .where('organizationId', '=', organizationId)
      .where('id', '=', closureId)
      .returning(['resourceId', 'onDate'])
      .executeTakeFirst()
    if (!closure) throw notFound('closure')
    const { resourceId, onDate } = closure
    const practitionerIds = await sharing(tx, organizationId, [resourceId])
    await takeTurns(tx, organizationId, { practitionerIds: [...practitionerIds, resourceId] })
    for (const practitionerId of practitionerIds)
      await reindex(tx, { organizationId, practitionerId }, { firstDay: onDate.subtract({ days: 1 }), days: 3 }, now())
    await audit(tx, actor, { action: 'update', resourceType: 'Location', resourceId, purpose: 'OPS' })
  })
  changed(context, organizationId)
}
