/** Which bulk moves and displaced visits an actor may work on: those of their clinic, and the permission says who. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import './tables.ts'

export async function accessMove(tx: Tx, actor: Actor, id: string) {
  const row = await tx
    .selectFrom('scheduling.bulkMove')
    .where('organizationId', '=', actor.organizationId)
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirst()
  if (!row) throw notFound('move')
  await audit(tx, actor, { action: 'read', resourceType: 'Schedule', resourceId: id, purpose: 'OPS' })
  return row
}

/** One visit of a move, to be changed: nobody else changes it until the end of the transaction. */
export async function accessDisplaced(tx: Tx, actor: Actor, id: string, appointmentId: string) {
  const row = await tx
    .selectFrom('scheduling.bulkMoveVisit')
    .where('organizationId', '=', actor.organizationId)
    .where('bulkMoveId', '=', id)
    .where('appointmentId', '=', appointmentId)
    .selectAll()
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('visit')
  await audit(tx, actor, {
    action: 'update',
    resourceType: 'Appointment',
    resourceId: appointmentId,
    patientId: row.patientId,
    fields: ['start', 'end'],
    purpose: 'OPS',
  })
  return row
}
