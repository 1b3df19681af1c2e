/** A room closed today: its visits get another that is free, and those for which there is none are named, never lost. */
import { sql } from 'kysely'
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
  const visits: { appointmentId: string; startsAt: string; instead: string | null }[] = []
  for (const taken of await takenIn(tx, organizationId, resource, { from, until })) {
    const { id, startsAt, locationId, minutes, bufferBefore, bufferAfter, stepMinutes } = taken
    const features = resource.kind === 'interpreter' ? [taken.interpreterLanguage ?? ''] : (taken.features ?? [])
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
    for (const appointmentId of taken.appointmentIds)
      visits.push({ appointmentId, startsAt: startsAt.toString(), instead: instead?.name ?? null })
  }
  return visits
}

interface Taken {
  id: string
  startsAt: Temporal.Instant
  /** All who come to a group visit; one otherwise. */
  appointmentIds: string[]
  interpreterLanguage: string | null
  locationId: string
  features: string[] | null
  minutes: number
  bufferBefore: number
  bufferAfter: number
  stepMinutes: number
}

async function takenIn(
  tx: Tx,
  organizationId: string,
  resource: Closed,
  { from, until }: { from: Temporal.Instant; until: Temporal.Instant },
): Promise<Taken[]> {
  const { rows } = await sql<Taken>`
    select t.id, coalesce(a.starts_at, g.starts_at) as starts_at, a.interpreter_language, o.location_id, n.features,
      o.minutes, o.buffer_before, o.buffer_after, o.step_minutes,
      array(select a.id where a.id is not null union all (select s.appointment_id from scheduling.seat s
        where s.organization_id = t.organization_id and s.session_id = g.id and s.appointment_id is not null order by s.number)) as appointment_ids
    from scheduling.taken_time t
    left join scheduling.appointment a on a.organization_id = t.organization_id and a.id = t.appointment_id
    left join scheduling.group_session g on g.organization_id = t.organization_id and g.id = t.session_id
    join scheduling.offering o on o.organization_id = t.organization_id and o.id = coalesce(a.offering_id, g.offering_id)
    left join scheduling.visit_need n on n.organization_id = o.organization_id and n.visit_type_id = o.visit_type_id and n.kind = ${resource.kind}
    where t.organization_id = ${organizationId} and t.resource_id = ${resource.id} and t.starts_at < ${until} and t.ends_at > ${from}
    order by t.starts_at`.execute(tx)
  return rows
}
