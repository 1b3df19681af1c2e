/** A room closed today: its visits get another that is free, and those for which there is none are named, never lost. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { changed } from '../desk/live.ts'
import { reindex } from '../openings/calendar.ts'
import { accessResource } from './access-resource.ts'
import { spanOf, type PartOfDay } from './closing.ts'
import { freeInstead, giveInstead, takenIn, type Between, type Kept } from './instead.ts'
import { sharing, takeTurns } from './turns.ts'

interface Closure extends PartOfDay {
  id: string
  reason: string
}

/** Refuses `not_found`, and `part_of_day` for half a part of a day. */
export async function closeResource(context: Context, actor: Actor, closure: Closure) {
  const { db, now } = context
  const { organizationId } = actor
  const { fromMinute, untilMinute } = closure
  const closed = await within(db, actor, async (tx) => {
    const resource = await accessResource(tx, actor, closure.id)
    const span = spanOf(closure, resource.zone)
    const day = Temporal.PlainDate.from(closure.day)
    const practitionerIds = await sharing(tx, organizationId, [resource.id])
    await takeTurns(tx, organizationId, { practitionerIds: [...practitionerIds, resource.id] })
    const id = newId()
    await tx
      .insertInto('scheduling.resourceClosure')
      .values({
        organizationId,
        id,
        resourceId: resource.id,
        onDate: day,
        fromMinute: fromMinute ?? null,
        untilMinute: untilMinute ?? null,
        reason: closure.reason,
        madeAt: now(),
        madeBy: actor.id,
      })
      .execute()
    const visits = await moveVisits(tx, organizationId, resource, span)
    for (const practitionerId of practitionerIds)
      await reindex(tx, { organizationId, practitionerId }, { firstDay: day.subtract({ days: 1 }), days: 3 }, now())
    await audit(tx, actor, { action: 'update', resourceType: 'Location', resourceId: resource.id, purpose: 'OPS' })
    return { id, visits }
  })
  changed(context, organizationId)
  return closed
}

/** Gives each visit in that time another of the kind, if one is free. */
async function moveVisits(tx: Tx, organizationId: string, resource: Kept, span: Between) {
  const visits: { appointmentId: string; startsAt: string; instead: string | null }[] = []
  for (const taken of await takenIn(tx, organizationId, resource, span)) {
    const instead = await freeInstead(tx, organizationId, resource, taken)
    if (instead) await giveInstead(tx, organizationId, taken.id, instead.id)
    for (const appointmentId of taken.appointmentIds)
      visits.push({ appointmentId, startsAt: taken.startsAt.toString(), instead: instead?.name ?? null })
  }
  return visits
}
