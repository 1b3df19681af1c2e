/** Takes what a visit needs beside its clinician, and hides the openings of everybody else that needed the same. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db.ts'
import { refillListings } from '../care/listing-starts.ts'
import { dayOf, toInstant } from '../openings/minutes.ts'
import type { OfferingRule } from '../openings/openings.ts'
import { chooseFor, inOrder, startsForNeeds, startsIn, type Modality, type Need, type Resource } from './pools.ts'
import { daysFrom, needsOf, readResources, type Span } from './read-resources.ts'

export interface Interpreter {
  /** BCP 47, the language alone: 'es'. */
  language: string
  modality?: Modality | undefined
}

interface Offered {
  practitionerId: string
  locationId: string
  minutes: number
  bufferBefore: number
  bufferAfter: number
  stepMinutes: number
  needs: readonly Need[] | null
}

/** Everything beside the clinician, in the order in which it is taken. */
export function needsFor({ needs }: Pick<Offered, 'needs'>, interpreter: Interpreter | undefined): Need[] {
  const language = interpreter && {
    kind: 'interpreter' as const,
    features: [interpreter.language],
    modality: interpreter.modality,
  }
  return inOrder([...(needs ?? []), ...(language ? [language] : [])])
}

export interface Taking {
  startMinute: number
  now: Temporal.Instant
  needs: readonly Need[]
  holdId?: string | undefined
  appointmentId?: string | undefined
  /** Of a group visit: what all its patients share. */
  sessionId?: string | undefined
}

/**
 * Gives what was taken; undefined, with nothing taken, when a need has nothing free. Call it in the turns of all who share
 * it (`takeTurns`): then what is read here stays so until the end of the transaction.
 */
export async function takeResources(
  tx: Tx,
  { organizationId }: Actor,
  offering: Offered,
  { startMinute, now, needs, holdId, appointmentId, sessionId }: Taking,
): Promise<Resource[] | undefined> {
  const span = around(startMinute)
  const resources = await readResources(
    tx,
    organizationId,
    { kinds: needs.map(({ kind }) => kind), locationIds: [offering.locationId] },
    span,
  )
  const chosen = chooseFor(resources, {
    needs,
    locationId: offering.locationId,
    offering: ruleOf(offering),
    daysOf: daysFrom(span),
    start: startMinute,
  })
  if (!chosen) return undefined
  const [from, until] = [startMinute - offering.bufferBefore, startMinute + offering.minutes + offering.bufferAfter]
  const written = await tx
    .insertInto('scheduling.takenTime')
    .values(
      chosen.map(({ id }) => ({
        organizationId,
        resourceId: id,
        startsAt: toInstant(from),
        endsAt: toInstant(until),
        holdId: holdId ?? null,
        appointmentId: appointmentId ?? null,
        sessionId: sessionId ?? null,
      })),
    )
    .onConflict((taken) => taken.doNothing())
    .returning('resourceId')
    .execute()
  // In turn nobody can have been faster; should somebody be, the constraint has said so.
  if (written.length < chosen.length) return undefined
  await hideOpenings(tx, organizationId, { chosen, from, until, now })
  return chosen
}

const around = (minute: number): Span => ({ firstDay: dayOf(minute, 'UTC').subtract({ days: 1 }), days: 3 })

const ruleOf = ({ minutes, bufferBefore, bufferAfter, stepMinutes }: Omit<Offered, 'practitionerId' | 'needs'>) =>
  ({ minutes, bufferBefore, bufferAfter, step: stepMinutes }) satisfies OfferingRule

interface Row extends Offered {
  offeringId: string
  day: string
  part: number
  starts: number[]
  /** Group visits that others may join have their room already. */
  sessions: number[] | null
}

interface Hiding {
  chosen: readonly Resource[]
  from: number
  until: number
  now: Temporal.Instant
}

/** Takes out of the index every start, of any clinician, for which no room or device is left. */
async function hideOpenings(tx: Tx, organizationId: string, { chosen, from, until, now }: Hiding) {
  const ids = chosen.filter(({ kind }) => kind !== 'interpreter').map(({ id }) => id)
  if (ids.length === 0) return
  const span = around(from)
  const { rows } = await sql<Row>`
    select p.practitioner_id, p.offering_id, p.day::text as day, p.part, p.starts, o.location_id, o.minutes, o.buffer_before,
      o.buffer_after, o.step_minutes, ${needsOf} as needs,
      (select array_agg((extract(epoch from g.starts_at) / 60)::int) from scheduling.group_session g
        where g.organization_id = p.organization_id and g.offering_id = p.offering_id
          and g.starts_at >= to_timestamp(p.first_start * 60.0) and g.starts_at < to_timestamp(p.first_start * 60.0) + interval '1 day') as sessions
    from scheduling.opening p join scheduling.offering o on o.organization_id = p.organization_id and o.id = p.offering_id
    where p.organization_id = ${organizationId} and p.day >= ${span.firstDay} and p.day < ${span.firstDay.add({ days: span.days })}
      and p.practitioner_id in (select scheduling.turns_of(${organizationId}::uuid, ${`{${ids.join(',')}}`}::uuid[]))
      and p.first_start < ${until}::int + o.buffer_before
      and p.starts[cardinality(p.starts)] > ${from}::int - o.minutes - o.buffer_after
      and exists (select from scheduling.visit_need n where n.organization_id = o.organization_id and n.visit_type_id = o.visit_type_id)`.execute(
    tx,
  )
  if (rows.length === 0) return
  const locationIds = [...new Set(rows.map(({ locationId }) => locationId))]
  const resources = await readResources(tx, organizationId, { kinds: ['room', 'device'], locationIds }, span)
  const daysOf = daysFrom(span)
  const left = rows.flatMap((row) => {
    const { locationId, needs, offeringId, day, part, starts, sessions, practitionerId } = row
    const free = startsForNeeds(resources, { needs: needs ?? [], locationId, offering: ruleOf(row), daysOf })
    const withRoom = new Set([...startsIn(starts, free), ...(sessions ?? [])])
    const kept = starts.filter((start) => withRoom.has(start))
    return kept.length === starts.length
      ? []
      : [{ practitioner_id: practitionerId, offering_id: offeringId, day, part, starts: `{${kept.join(',')}}` }]
  })
  if (left.length === 0) return
  await sql`
    merge into scheduling.opening p
    using json_to_recordset(${JSON.stringify(left)}::json) as k(practitioner_id uuid, offering_id uuid, day date, part smallint, starts int[])
    on p.organization_id = ${organizationId} and p.practitioner_id = k.practitioner_id and p.day = k.day
      and p.offering_id = k.offering_id and p.part = k.part
    when matched and k.starts = '{}' then delete
    when matched then update set starts = k.starts, first_start = k.starts[1]`.execute(tx)
  for (const practitionerId of new Set(left.map((row) => row.practitioner_id)))
    await refillListings(tx, organizationId, practitionerId, now)
}
