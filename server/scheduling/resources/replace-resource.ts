/** Gives one visit another room, device or interpreter that is free, in one step; a group visit for all who come. */
import type { Actor } from '../../platform/actor.ts'
import { auditAll } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { conflict } from '../../platform/errors.ts'
import { accessAppointment } from '../access.ts'
import { reindexAround } from '../booking/free-time.ts'
import { changed } from '../desk/live.ts'
import { accessResource } from './access-resource.ts'
import { freeInstead, giveInstead, takenIn } from './instead.ts'
import { sharing, takeTurns } from './turns.ts'

/** Gives what it has now. Refuses `none_free`, and `changed_meanwhile` when the visit has this one no more. */
export async function replaceResource(context: Context, actor: Actor, id: string, appointmentId: string) {
  const { organizationId } = actor
  const given = await within(context.db, actor, async (tx) => {
    const resource = await accessResource(tx, actor, id)
    const visit = await accessAppointment(tx, actor, appointmentId)
    await takeTurns(tx, organizationId, {
      practitionerIds: [visit.practitionerId, resource.id, ...(await sharing(tx, organizationId, [resource.id]))],
      appointmentId,
      wanted: [{ needs: [{ kind: resource.kind, features: [] }], locationId: visit.locationId }],
    })
    const all = await takenIn(tx, organizationId, resource, { from: visit.startsAt, until: visit.endsAt })
    const taken = all.find(({ appointmentIds }) => appointmentIds.includes(appointmentId))
    if (!taken) throw conflict('changed_meanwhile', 'This visit was changed in the meantime. Look at it again first.')
    const instead = await freeInstead(tx, organizationId, resource, taken)
    if (!instead) throw conflict('none_free', 'No other one is free at that time. Move the visit.')
    await giveInstead(tx, organizationId, taken.id, instead.id)
    await reindexAround(tx, visit, [{ resourceId: resource.id }, { resourceId: instead.id }], context.now())
    const deeds = taken.appointmentIds.map((resourceId) => ({
      action: 'update' as const,
      resourceType: 'Appointment',
      resourceId,
      ...(resourceId === appointmentId && { patientId: visit.patientId }),
      fields: ['participant'],
    }))
    await auditAll(tx, actor, deeds)
    return { instead: instead.name }
  })
  changed(context, organizationId)
  return given
}
