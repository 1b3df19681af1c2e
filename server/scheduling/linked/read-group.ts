/** The visits of a group as they are now, in the order in which they were asked for. */
import type { Actor } from '../../platform/actor.ts'
import { auditAll } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import type { AppointmentView } from '../contract.ts'
import { appointmentView } from '../view.ts'
import type { GroupRequest } from './contract.ts'
import '../tables.ts'

export interface Group {
  id: string
  kind: GroupRequest['kind']
  appointments: AppointmentView[]
}

interface Asked {
  request: GroupRequest
  now: Temporal.Instant
}

export async function readGroup(tx: Tx, writer: Actor, { request, now }: Asked, id: string): Promise<Group> {
  const rows = await tx
    .selectFrom('scheduling.groupVisit as g')
    .innerJoin('scheduling.appointment as a', (on) =>
      on.onRef('a.organizationId', '=', 'g.organizationId').onRef('a.id', '=', 'g.appointmentId'),
    )
    .where('g.organizationId', '=', writer.organizationId)
    .where('g.groupId', '=', id)
    .orderBy('g.position')
    .selectAll('a')
    .execute()
  const known = { language: request.language, now }
  const appointments = []
  for (const row of rows) appointments.push(await appointmentView(tx, writer, row, known))
  return { id, kind: request.kind, appointments }
}

/** What a key's first request made: reading it is in the trail too. */
export async function readAgain(tx: Tx, writer: Actor, asked: Asked, id: string): Promise<Group> {
  const group = await readGroup(tx, writer, asked, id)
  const deeds = group.appointments.map((one, at) => ({
    action: 'read' as const,
    resourceType: 'Appointment',
    resourceId: one.id,
    patientId: asked.request.visits[at]?.patientId,
  }))
  await auditAll(tx, writer, deeds)
  return group
}
