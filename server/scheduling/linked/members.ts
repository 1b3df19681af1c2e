/** The visits of a group, for whoever may see them: each that is opened is read in the trail. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { notFound } from '../../platform/errors.ts'
import { accessAppointment, visibleAppointments, type AppointmentRow } from '../access.ts'
import { turnsOf } from '../resources/turns.ts'
import { appointmentView } from '../view.ts'
import { gapOf } from './broken-plan.ts'
import type { Gap } from './slots.ts'
import '../tables.ts'

export interface Standing {
  row: AppointmentRow
  gap: Gap | null
}

/** Those visits of a group that this actor sees and that stand, in their order. Refuses `not_found`, `break_glass_needed`. */
export async function standingOf(tx: Tx, actor: Actor, groupId: string): Promise<Standing[]> {
  const rows = await membersOf(tx, actor, groupId)
  if (rows.length === 0) throw notFound('group of visits')
  const standing: Standing[] = []
  for (const one of rows)
    if (one.status === 'booked')
      standing.push({ row: await accessAppointment(tx, actor, one.appointmentId), gap: gapOf(one) })
  return standing
}

const membersOf = (tx: Tx, actor: Actor, groupId: string) =>
  visibleAppointments(tx, actor)
    .innerJoin('scheduling.groupVisit as g', (on) =>
      on.onRef('g.organizationId', '=', 'a.organizationId').onRef('g.appointmentId', '=', 'a.id'),
    )
    .where('g.groupId', '=', groupId)
    .orderBy('g.position')
    .select(['g.appointmentId', 'g.kind', 'g.gapUnit', 'g.gapMin', 'g.gapMax', 'a.status'])
    .execute()

/** The group of a visit with all in it that this actor sees, cancelled ones too; null for a visit by itself. */
export async function readLinked({ db, now }: Context, actor: Actor, id: string, language: Language) {
  return within(db, actor, async (tx) => {
    const own = await accessAppointment(tx, actor, id)
    const group = await tx
      .selectFrom('scheduling.groupVisit')
      .where('organizationId', '=', actor.organizationId)
      .where('appointmentId', '=', id)
      .select(['groupId', 'kind'])
      .executeTakeFirst()
    if (!group) return null
    const visits = []
    for (const { appointmentId } of await membersOf(tx, actor, group.groupId)) {
      const row = appointmentId === id ? own : await accessAppointment(tx, actor, appointmentId)
      visits.push(await appointmentView(tx, actor, row, { language, now: now() }))
    }
    return { id: group.groupId, kind: group.kind, visits }
  })
}

/** Whose turns it takes to free all that these visits have taken. */
export async function turnsToFree(tx: Tx, organizationId: string, appointmentIds: readonly string[]) {
  const taken = await tx
    .selectFrom('scheduling.takenTime')
    .where('organizationId', '=', organizationId)
    .where('appointmentId', 'in', [...appointmentIds])
    .select('resourceId')
    .execute()
  return turnsOf(
    tx,
    organizationId,
    taken.map(({ resourceId }) => resourceId),
  )
}

/** The visits as they are after a change, in the order given. */
export async function viewsOf({ now }: Context, tx: Tx, actor: Actor, rows: readonly AppointmentRow[]) {
  const views = []
  for (const row of rows)
    views.push(await appointmentView(tx, actor, row, { language: row.language === 'es' ? 'es' : 'en', now: now() }))
  return views
}
