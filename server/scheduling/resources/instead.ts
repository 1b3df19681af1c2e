/** What visits have of a room, a device or an interpreter, and what they could have instead of it. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { toMinute } from '../openings/minutes.ts'
import { chooseFor, type ResourceKind } from './pools.ts'
import { daysFrom, readResources } from './read-resources.ts'

export interface Kept {
  id: string
  kind: ResourceKind
}

export interface Taken {
  id: string
  startsAt: Temporal.Instant
  /** All who come to a group visit; one otherwise. */
  appointmentIds: string[]
  interpreterLanguage: string | null
  offeringId: string
  practitionerId: string
  locationId: string
  features: string[] | null
  minutes: number
  bufferBefore: number
  bufferAfter: number
  stepMinutes: number
}

export interface Between {
  from: Temporal.Instant
  until: Temporal.Instant
}

/** What is taken of it by visits in a span, in order; holds run out by themselves. */
export async function takenIn(
  tx: Tx,
  organizationId: string,
  resource: Kept,
  { from, until }: Between,
): Promise<Taken[]> {
  const { rows } = await sql<Taken>`
    select t.id, coalesce(a.starts_at, g.starts_at) as starts_at, a.interpreter_language, o.location_id, n.features,
      o.id as offering_id, o.practitioner_id, o.minutes, o.buffer_before, o.buffer_after, o.step_minutes,
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

/** The best of the kind that is free for all of that visit; undefined when none is. */
export async function freeInstead(tx: Tx, organizationId: string, { id, kind }: Kept, taken: Taken) {
  const { startsAt, locationId, minutes, bufferBefore, bufferAfter, stepMinutes } = taken
  const features = kind === 'interpreter' ? [taken.interpreterLanguage ?? ''] : (taken.features ?? [])
  const span = { firstDay: startsAt.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 }), days: 3 }
  const all = await readResources(tx, organizationId, { kinds: [kind], locationIds: [locationId] }, span)
  const [instead] =
    chooseFor(
      all.filter((one) => one.id !== id),
      {
        needs: [{ kind, features }],
        locationId,
        offering: { minutes, bufferBefore, bufferAfter, step: stepMinutes },
        daysOf: daysFrom(span),
        start: toMinute(startsAt),
      },
    ) ?? []
  return instead
}

/** Gives a visit, or all of a group visit, the other one. In the turns of all who share either. */
export async function giveInstead(tx: Tx, organizationId: string, takenId: string, insteadId: string) {
  await tx
    .updateTable('scheduling.takenTime')
    .set({ resourceId: insteadId })
    .where('organizationId', '=', organizationId)
    .where('id', '=', takenId)
    .execute()
}
