/** Blocks part of a clinician's day, or opens it again. Visits that stand in the way are named, never lost. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { conflict, invalid, notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { claim, type RequestKey } from '../../platform/once.ts'
import { reindex } from '../openings/calendar.ts'
import { changed } from './live.ts'
import { takeTurn } from '../booking/offering.ts'
import '../tables.ts'

interface Block {
  clinicianId: string
  day: string
  fromMinute: number
  untilMinute: number
  reason?: string
}

/** Minutes are of the local day of the organization. Gives the block's id. */
export async function blockTime(
  context: Context,
  actor: Actor,
  block: Block,
  requestKey?: RequestKey,
): Promise<string> {
  const { db, now } = context
  if (block.untilMinute <= block.fromMinute) throw invalid('ends_before_it_starts', 'A block ends after it starts.')
  const id = await within(db, actor, async (tx) => {
    const fresh = newId()
    const before = await claim(tx, actor, requestKey, fresh)
    if (before) return before
    await takeTurn(tx, block.clinicianId)
    const zone = await zoneOf(tx, actor, block.clinicianId)
    const day = Temporal.PlainDate.from(block.day)
    await refuseOverVisits(tx, actor, block, {
      from: at(day, block.fromMinute, zone),
      until: at(day, block.untilMinute, zone),
    })
    await tx
      .insertInto('scheduling.calendarException')
      .values({
        organizationId: actor.organizationId,
        id: fresh,
        practitionerId: block.clinicianId,
        kind: 'block',
        onDate: day,
        fromMinute: block.fromMinute,
        untilMinute: block.untilMinute,
        reason: block.reason ?? null,
        madeBy: actor.id,
      })
      .execute()
    await reindex(
      tx,
      { organizationId: actor.organizationId, practitionerId: block.clinicianId },
      { firstDay: day, days: 1 },
      now(),
    )
    await audit(tx, actor, { action: 'create', resourceType: 'Schedule', resourceId: fresh, purpose: 'OPS' })
    return fresh
  })
  changed(context, actor.organizationId)
  return id
}

export async function unblockTime(context: Context, actor: Actor, id: string) {
  const { db, now } = context
  await within(db, actor, async (tx) => {
    const gone = await tx
      .deleteFrom('scheduling.calendarException')
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .where('kind', '=', 'block')
      .returning(['practitionerId', 'onDate'])
      .executeTakeFirst()
    if (!gone?.practitionerId) throw notFound('block')
    await takeTurn(tx, gone.practitionerId)
    const whose = { organizationId: actor.organizationId, practitionerId: gone.practitionerId }
    await reindex(tx, whose, { firstDay: gone.onDate, days: 1 }, now())
    await audit(tx, actor, { action: 'delete', resourceType: 'Schedule', resourceId: id, purpose: 'OPS' })
  })
  changed(context, actor.organizationId)
}

/** A wall-clock minute of a day as an instant; in a gap of the clock, the first instant after it. */
export const at = (day: Temporal.PlainDate, minute: number, zone: string): Temporal.Instant =>
  minute === 1440
    ? day.add({ days: 1 }).toZonedDateTime(zone).toInstant()
    : day
        .toZonedDateTime({
          timeZone: zone,
          plainTime: Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 }),
        })
        .toInstant()

async function zoneOf(tx: Tx, actor: Actor, practitionerId: string): Promise<string> {
  const row = await tx
    .selectFrom('scheduling.offering as o')
    .innerJoin('directory.location as l', (join) =>
      join.onRef('l.organizationId', '=', 'o.organizationId').onRef('l.id', '=', 'o.locationId'),
    )
    .where('o.organizationId', '=', actor.organizationId)
    .where('o.practitionerId', '=', practitionerId)
    .select('l.zone')
    .orderBy('o.id')
    .limit(1)
    .executeTakeFirst()
  if (!row) throw notFound('clinician')
  return row.zone
}

async function refuseOverVisits(
  tx: Tx,
  actor: Actor,
  block: Block,
  span: { from: Temporal.Instant; until: Temporal.Instant },
) {
  const inTheWay = await tx
    .selectFrom('scheduling.takenTime')
    .where('organizationId', '=', actor.organizationId)
    .where('resourceId', '=', block.clinicianId)
    .where('startsAt', '<', span.until)
    .where('endsAt', '>', span.from)
    .select(['appointmentId', 'holdId'])
    .execute()
  if (inTheWay.length === 0) return
  throw conflict('visits_in_the_way', 'There are visits in this time. Move or cancel them first.', {
    appointmentIds: inTheWay.flatMap((row) => row.appointmentId ?? []),
    holds: inTheWay.filter((row) => row.holdId).length,
  })
}
