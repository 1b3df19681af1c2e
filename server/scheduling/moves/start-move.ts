/** A clinician is ill, on leave, or leaves: their days close at once, and every visit on them is to get a new time. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { claim, type RequestKey } from '../../platform/once.ts'
import { takeTurn } from '../booking/offering.ts'
import { changed } from '../desk/live.ts'
import { reindexAll } from '../openings/calendar.ts'
import { gather } from './gather.ts'
import './tables.ts'

interface Away {
  clinicianId: string
  fromDay: string
  untilDay?: string
}

const mostDays = 366

/** Gives the move and how many visits it is about; refuses `ends_before_it_starts` and `too_long`. Changes no visit. */
export async function startBulkMove(context: Context, actor: Actor, away: Away, requestKey?: RequestKey) {
  const { db, announce, now } = context
  const { organizationId } = actor
  const fromDay = Temporal.PlainDate.from(away.fromDay)
  const untilDay = away.untilDay === undefined ? null : Temporal.PlainDate.from(away.untilDay)
  if (untilDay && Temporal.PlainDate.compare(untilDay, fromDay) < 0)
    throw invalid('ends_before_it_starts', 'The last day is before the first.')
  if (untilDay && fromDay.until(untilDay).days >= mostDays)
    throw invalid('too_long', 'A leave has at most a year. Enter the first part of it.')
  const started = await within(db, actor, async (tx) => {
    const fresh = newId()
    const before = await claim(tx, actor, requestKey, fresh)
    const id = before ?? fresh
    if (!before) {
      await refuseUnknown(tx, actor, away.clinicianId)
      await takeTurn(tx, away.clinicianId)
      await (untilDay
        ? closeDays(tx, actor, away.clinicianId, { fromDay, untilDay })
        : endHours(tx, actor, away.clinicianId, fromDay))
      await reindexAll(tx, organizationId, away.clinicianId, now())
      await tx
        .insertInto('scheduling.bulkMove')
        .values({
          organizationId,
          id,
          kind: untilDay ? 'leave' : 'leaving',
          practitionerId: away.clinicianId,
          locationId: null,
          fromDay,
          untilDay,
          madeAt: now(),
          madeBy: actor.id,
        })
        .execute()
      await audit(tx, actor, { action: 'create', resourceType: 'Schedule', resourceId: id, purpose: 'OPS' })
    }
    const visits = await gather(tx, { organizationId, bulkMoveId: id }, now())
    if (visits > 0) await announce(tx, 'bulk-move.asked', { organizationId, bulkMoveId: id })
    return { id, visits }
  })
  changed(context, organizationId)
  return started
}

async function refuseUnknown(tx: Tx, { organizationId }: Actor, id: string) {
  const known = await tx
    .selectFrom('directory.practitioner')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .select('id')
    .executeTakeFirst()
  if (!known) throw notFound('clinician')
}

async function closeDays(
  tx: Tx,
  { organizationId, id: madeBy }: Actor,
  practitionerId: string,
  { fromDay, untilDay }: { fromDay: Temporal.PlainDate; untilDay: Temporal.PlainDate },
) {
  const days = Array.from({ length: fromDay.until(untilDay).days + 1 }, (_, index) => fromDay.add({ days: index }))
  await tx
    .insertInto('scheduling.calendarException')
    .values(days.map((onDate) => ({ organizationId, practitionerId, kind: 'leave' as const, onDate, madeBy })))
    .execute()
}

/** The last day of weekly and extra hours is the day before. */
async function endHours(tx: Tx, { organizationId }: Actor, practitionerId: string, fromDay: Temporal.PlainDate) {
  await tx
    .deleteFrom('scheduling.weeklyRule')
    .where('organizationId', '=', organizationId)
    .where('practitionerId', '=', practitionerId)
    .where('validFrom', '>=', fromDay)
    .execute()
  await tx
    .updateTable('scheduling.weeklyRule')
    .set({ validUntil: fromDay.subtract({ days: 1 }) })
    .where('organizationId', '=', organizationId)
    .where('practitionerId', '=', practitionerId)
    .where((is) => is.or([is('validUntil', 'is', null), is('validUntil', '>=', fromDay)]))
    .execute()
  await tx
    .deleteFrom('scheduling.calendarException')
    .where('organizationId', '=', organizationId)
    .where('practitionerId', '=', practitionerId)
    .where('kind', '=', 'extra')
    .where('onDate', '>=', fromDay)
    .execute()
}
