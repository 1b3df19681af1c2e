/** Cancels several linked visits in one step, all or none; those that are not named stay. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { claim, type RequestKey } from '../../platform/once.ts'
import { accessAppointment, type AppointmentRow } from '../access.ts'
import { cancelNow, stillToChange } from '../booking/cancel.ts'
import type { cancelReasons } from '../contract.ts'
import { changed } from '../desk/live.ts'
import { takeTurns } from '../resources/turns.ts'
import { standingOf, turnsToFree, viewsOf } from './members.ts'

interface Cancelling {
  groupId: string
  visits: readonly { appointmentId: string; version: number }[]
  reason: (typeof cancelReasons)[number]
}

/** Gives them as they are afterwards. Refuses `changed_meanwhile`, `too_late`, with none of them cancelled. */
export async function cancelTogether(
  context: Context,
  actor: Actor,
  { groupId, visits, reason }: Cancelling,
  requestKey?: RequestKey,
) {
  const { organizationId } = actor
  const views = await within(context.db, actor, async (tx) => {
    if (await claim(tx, actor, requestKey, groupId)) return again(context, tx, actor, visits)
    const standing = await standingOf(tx, actor, groupId)
    const chosen = visits.map(({ appointmentId, version }) => {
      const row = standing.find((one) => one.row.id === appointmentId)?.row
      if (!row) throw notFound('appointment')
      return { row, version }
    })
    const ids = chosen.map(({ row }) => row.id)
    const alsoFreed = await turnsToFree(tx, organizationId, ids)
    await takeTurns(tx, organizationId, {
      practitionerIds: [...chosen.map(({ row }) => row.practitionerId), ...alsoFreed],
    })
    const togetherId = newId()
    const rows: AppointmentRow[] = []
    for (const { row, version } of chosen) {
      const current = await stillToChange(tx, actor, { id: row.id, version }, context.now())
      rows.push(
        current.status === 'cancelled' ? current : await cancelNow(context, tx, actor, { current, reason, togetherId }),
      )
    }
    return viewsOf(context, tx, actor, rows)
  })
  changed(context, organizationId)
  return views
}

/** What the first request of this key cancelled. */
async function again(context: Context, tx: Tx, actor: Actor, visits: Cancelling['visits']) {
  const rows: AppointmentRow[] = []
  for (const { appointmentId } of visits) rows.push(await accessAppointment(tx, actor, appointmentId))
  return viewsOf(context, tx, actor, rows)
}
