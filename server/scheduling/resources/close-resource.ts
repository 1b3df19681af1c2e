/** A room closed today: its visits get another that is free, and those for which there is none are named, never lost. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { changed } from '../desk/live.ts'
import { at } from '../desk/block.ts'
import { reindex } from '../openings/calendar.ts'
import { toMinute } from '../openings/minutes.ts'
import { chooseFor, type Need } from './pools.ts'
import { daysFrom, readResources } from './read-resources.ts'
import { sharing, takeTurns } from './turns.ts'

interface Closure {
  id: string
  day: string
  fromMinute?: number
  untilMinute?: number
  reason: string
}

/** Refuses `not_found`, and `part_of_day` for half a part of a day. */
export async function closeResource(context: Context, actor: Actor, closure: Closure) {
  const { db, now } = context
  const { organizationId } = actor
  const { fromMinute, untilMinute } = closure
  if ((fromMinute === undefined) !== (untilMinute === undefined) || (fromMinute ?? 0) >= (untilMinute ?? 1440))
    throw invalid('part_of_day', 'Say from when until when, or close the whole day.')
  const closed = await within(db, actor, async (tx) => {
    const resource = await tx
      .selectFrom('scheduling.resource')
      .where('organizationId', '=', organizationId)
      .where('id', '=', closure.id)
      .selectAll()
      .executeTakeFirst()
    if (!resource) throw notFound('room')
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
    const visits = await moveVisits(tx, organizationId, resource, {
      from: at(day, fromMinute ?? 0, resource.zone),
      until: at(day, untilMinute ?? 1440, resource.zone),
    })
    for (const practitionerId of practitionerIds)
      await reindex(tx, { organizationId, practitionerId }, { firstDay: day.subtract({ days: 1 }), days: 3 }, now())
    await audit(tx, actor, { action: 'update', resourceType: 'Location', resourceId: resource.id, purpose: 'OPS' })
    return { id, visits }
  })
  changed(context, organizationId)
  return closed
}

interface Closed {
  id: string
  kind: Need['kind']
  features: string[]
}

/** Gives each visit in that time another of the kind, if one is free; holds run out by themselves. */
async function moveVisits(
  tx: Tx,
  organizationId: string,
  resource: Closed,
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
) {
  const taken = await tx
    .selectFrom('scheduling.takenTime as t')
    .innerJoin('scheduling.appointment as a', (on) =>
      on.onRef('a.organizationId', '=', 't.organizationId').onRef('a.id', '=', 't.appointmentId'),
    )
    .innerJoin('scheduling.offering as o', (on) =>
      on.onRef('o.organizationId', '=', 'a.organizationId').onRef('o.id', '=', 'a.offeringId'),
    )
    .leftJoin('scheduling.visitNeed as n', (on) =>
      on
        .onRef('n.organizationId', '=', 'o.organizationId')
        .onRef('n.visitTypeId', '=', 'o.visitTypeId')
        .on('n.kind', '=', resource.kind === 'device' ? 'device' : 'room'),
    )
    .where('t.organizationId', '=', organizationId)
    .where('t.resourceId', '=', resource.id)
    .where('t.startsAt', '<', until)
    .where('t.endsAt', '>', from)
    .orderBy('t.startsAt')
    .select(['t.id', 't.appointmentId', 'a.startsAt', 'a.interpreterLanguage', 'o.locationId', 'n.features'])
    .select(['o.minutes', 'o.bufferBefore', 'o.bufferAfter', 'o.stepMinutes'])
    .execute()
  const visits: { appointmentId: string; startsAt: string; instead: string | null }[] = []
  for (const visit of taken) {
    const { id, appointmentId, startsAt, locationId, minutes, bufferBefore, bufferAfter, stepMinutes } = visit
    const features = resource.kind === 'interpreter' ? [visit.interpreterLanguage ?? ''] : (visit.features ?? [])
    const span = { firstDay: startsAt.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 }), days: 3 }
    const others = await readResources(tx, organizationId, { kinds: [resource.kind], locationIds: [locationId] }, span)
    const [instead] =
      chooseFor(others, {
        needs: [{ kind: resource.kind, features }],
        locationId,
        offering: { minutes, bufferBefore, bufferAfter, step: stepMinutes },
        daysOf: daysFrom(span),
        start: toMinute(startsAt),
      }) ?? []
    if (instead)
      await tx
        .updateTable('scheduling.takenTime')
        .set({ resourceId: instead.id })
        .where('organizationId', '=', organizationId)
        .where('id', '=', id)
        .execute()
    if (appointmentId) visits.push({ appointmentId, startsAt: startsAt.toString(), instead: instead?.name ?? null })
  }
  return visits
}
