/** Which appointments and holds an actor may see or change. Every read of one writes its audit row. */
import { isStaff, type Actor } from '../platform/actor.ts'
import { audit, type Deed } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import './tables.ts'

/** The appointments this actor may see. Every read of the slice starts here. */
export function visibleAppointments(tx: Tx, actor: Actor) {
  const inOrganization = tx
    .selectFrom('scheduling.appointment as a')
    .where('a.organizationId', '=', actor.organizationId)
  if (isStaff(actor) || actor.role === 'system') return inOrganization
  if (actor.role === 'patient')
    return actor.patientIds.length === 0
      ? inOrganization.where((of) => of.lit(false))
      : inOrganization.where('a.patientId', 'in', [...actor.patientIds])
  // A visit link opens one visit; without one there is nothing to see.
  return inOrganization.where('a.id', '=', actor.visitId ?? '00000000-0000-0000-0000-000000000000')
}

/** One appointment, or the same refusal whether it is hidden or does not exist. */
export async function accessAppointment(tx: Tx, actor: Actor, id: string, action: Deed['action'] = 'read') {
  const row = await visibleAppointments(tx, actor).where('a.id', '=', id).selectAll('a').executeTakeFirst()
  if (!row) throw notFound('appointment')
  await audit(tx, actor, { action, resourceType: 'Appointment', resourceId: id, patientId: row.patientId })
  return row
}
export type AppointmentRow = Awaited<ReturnType<typeof accessAppointment>>

/** A hold is opened by its id, which only its maker was told. */
export async function accessHold(tx: Tx, actor: Actor, id: string) {
  const row = await tx
    .selectFrom('scheduling.hold')
    .where('organizationId', '=', actor.organizationId)
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirst()
  if (!row) throw notFound('hold')
  return row
}
