/** The visits of a group, for whoever may see them: each that is opened is read in the trail. */
import { isPatientSide, type Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { notFound } from '../../platform/errors.ts'
import { accessAppointment, visibleAppointments, type AppointmentRow } from '../access.ts'
import { turnsOf } from '../resources/turns.ts'
import { appointmentView, spoken } from '../view.ts'
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
  if (rows.length === 0 || (await hidesSome(tx, actor, groupId, rows.length))) throw notFound('group of visits')
  const standing: Standing[] = []
  for (const one of rows)
    if (one.status === 'booked')
      standing.push({ row: await accessAppointment(tx, actor, one.appointmentId), gap: gapOf(one) })
  return standing
}

/**
 * Whether a plan for this patient has visits that are hidden from whoever looks: what is left must not move without them,
 * nor say by its count that they are there. Of a family everybody sees their own.
 */
async function hidesSome(tx: Tx, actor: Actor, groupId: string, seen: number) {
  if (!isPatientSide(actor)) return false
  const all = await tx
    .selectFrom('scheduling.groupVisit')
    .where('organizationId', '=', actor.organizationId)
    .where('groupId', '=', groupId)
    .where('kind', '<>', 'family')
    .select((of) => of.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(all.count) > seen
}

const membersOf = (tx: Tx, actor: Actor, groupId: string) =>
  visibleAppointments(tx, actor)
    .innerJoin('scheduling.groupVisit as g', (on) =>
      on.onRef('g.organizationId', '=', 'a.organizationId').onRef('g.appointmentId', '=', 'a.id'),
    )
    .innerJoin('scheduling.visitType as v', (on) =>
      on.onRef('v.organizationId', '=', 'a.organizationId').onRef('v.id', '=', 'a.visitTypeId'),
    )
    .where('g.groupId', '=', groupId)
    .orderBy('g.position')
    .select(['g.appointmentId', 'g.kind', 'g.gapUnit', 'g.gapMin', 'g.gapMax', 'a.status', 'v.code', 'v.name'])
    .execute()

export interface LinkedPlace {
  kind: 'family' | 'series' | 'chain'
  /** From 1, among those that stand. */
  at: number
  of: number
  /** The kinds of visit in their order, each once where it repeats. */
  kinds: string[]
}

/** Of these visits of a patient those that are part of a plan that stands: which of how many each is. */
export async function placesOf(tx: Tx, actor: Actor, visitIds: readonly string[], language: Language) {
  const places = new Map<string, LinkedPlace>()
  if (visitIds.length === 0) return places
  const groups = await tx
    .selectFrom('scheduling.groupVisit')
    .where('organizationId', '=', actor.organizationId)
    .where('appointmentId', 'in', [...visitIds])
    .select('groupId')
    .distinct()
    .execute()
  for (const { groupId } of groups) {
    const members = await membersOf(tx, actor, groupId)
    if (await hidesSome(tx, actor, groupId, members.length)) continue
    const standing = members.filter(({ status }) => status === 'booked')
    const [first] = standing
    if (!first || standing.length < 2) continue
    const kinds = standing.map(({ code, name }) => spoken(name, language) ?? code)
    const told = kinds.filter((kind, at) => kind !== kinds[at - 1])
    for (const [at, { appointmentId }] of standing.entries())
      places.set(appointmentId, { kind: first.kind, at: at + 1, of: standing.length, kinds: told })
  }
  return places
}

/** The group of a visit with all in it that this actor sees, cancelled ones too; null for a visit that is by itself to them. */
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
    const members = await membersOf(tx, actor, group.groupId)
    if (isPatientSide(actor) && (members.length < 2 || (await hidesSome(tx, actor, group.groupId, members.length))))
      return null
    const visits = []
    for (const { appointmentId } of members) {
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
