/** Takes a seat of a group visit: the first of a session takes the clinician's and the room's time for all that come. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit, type Deed } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { reindexAround } from '../booking/free-time.ts'
import { writeVisit, type NewVisit } from '../booking/new-visit.ts'
import type { OfferingFacts } from '../booking/offering.ts'
import { toInstant } from '../openings/minutes.ts'
import type { Need, Resource } from '../resources/pools.ts'
import { needsFor, takeResources, type Interpreter } from '../resources/take-resources.ts'
import { takeTurns } from '../resources/turns.ts'
import { refuseSecondSeat } from './refuse-second-seat.ts'
import './tables.ts'

export interface SeatTaking {
  startMinute: number
  now: Temporal.Instant
  needs: readonly Need[]
  holdId?: string | undefined
  appointmentId?: string | undefined
  /** Who sits there, where that is known: nobody sits twice. */
  patientId?: string | undefined
}

/**
 * Gives what is there beside the clinician; undefined when the session is full or its time is not open. What was not got is
 * left for the caller to roll back. In the clinician's turn, so that nobody is refused while a seat is free; should
 * somebody be faster, `one_person_a_seat` says so. Refuses `seat_already`.
 */
export async function takeSeat(
  tx: Tx,
  actor: Actor,
  offering: OfferingFacts,
  taking: SeatTaking,
): Promise<readonly Resource[] | undefined> {
  const { organizationId } = actor
  const { practitionerId, locationId } = offering
  const { startMinute, now, needs, holdId, appointmentId, patientId } = taking
  await takeTurns(tx, organizationId, { practitionerIds: [practitionerId], wanted: [{ needs, locationId }] })
  if (patientId) await refuseSecondSeat(tx, offering, { organizationId, startMinute, patientId })
  const known = await findSession(tx, organizationId, offering.id, startMinute)
  const session = known ?? (await openSession(tx, actor, offering, taking))
  if (!session) return undefined
  const seat = await nextSeat(tx, organizationId, session, { holdId, appointmentId })
  if (!seat) return undefined
  const own = needs.filter(({ kind }) => kind === 'interpreter')
  const beside =
    own.length === 0
      ? []
      : await takeResources(tx, actor, offering, { startMinute, now, needs: own, holdId, appointmentId })
  if (!beside) return undefined
  // Between the first seat and the last nothing changes in what is open.
  if (!known || seat.taken === session.seats)
    await reindexAround(tx, { organizationId, practitionerId, startsAt: toInstant(startMinute) }, [], now)
  return [...session.beside, ...beside]
}

/** The same for a new visit, which is written with its trail if a seat was got. */
export async function takeSeatFor(
  tx: Tx,
  actor: Actor,
  offering: OfferingFacts,
  { visit, deed, startMinute, now, interpreter }: VisitTaking,
): Promise<readonly Resource[] | undefined> {
  const needs = needsFor(offering, interpreter)
  const { id, patientId } = visit
  const beside = await takeSeat(tx, actor, offering, { startMinute, now, needs, appointmentId: id, patientId })
  if (!beside) return undefined
  await writeVisit(tx, visit)
  await audit(tx, actor, deed)
  return beside
}

interface VisitTaking {
  visit: NewVisit
  deed: Deed
  startMinute: number
  now: Temporal.Instant
  interpreter?: Interpreter | undefined
}

interface Session {
  id: string
  seats: number
  /** The room and the devices of a session that was just opened. */
  beside: readonly Resource[]
}

async function findSession(
  tx: Tx,
  organizationId: string,
  offeringId: string,
  startMinute: number,
): Promise<Session | undefined> {
  const row = await tx
    .selectFrom('scheduling.groupSession')
    .where('organizationId', '=', organizationId)
    .where('offeringId', '=', offeringId)
    .where('startsAt', '=', toInstant(startMinute))
    .select(['id', 'seats'])
    .executeTakeFirst()
  return row && { ...row, beside: [] }
}

async function openSession(
  tx: Tx,
  actor: Actor,
  offering: OfferingFacts,
  { startMinute, now, needs }: SeatTaking,
): Promise<Session | undefined> {
  const { organizationId } = actor
  const id = newId()
  const [from, until] = [startMinute - offering.bufferBefore, startMinute + offering.minutes + offering.bufferAfter]
  const { rows } = await sql`
    insert into scheduling.taken_time (organization_id, resource_id, starts_at, ends_at, session_id)
    select ${organizationId}::uuid, ${offering.practitionerId}::uuid, ${toInstant(from)}::timestamptz, ${toInstant(until)}::timestamptz, ${id}::uuid
    where exists (select from scheduling.opening p where p.organization_id = ${organizationId} and p.offering_id = ${offering.id}
      and p.first_start <= ${startMinute}::int and p.first_start > ${startMinute}::int - 1440 and ${startMinute}::int = any (p.starts))
    on conflict do nothing returning id`.execute(tx)
  if (rows.length === 0) return undefined
  const shared = needs.filter(({ kind }) => kind !== 'interpreter')
  const beside =
    shared.length === 0
      ? []
      : await takeResources(tx, actor, offering, { startMinute, now, needs: shared, sessionId: id })
  if (!beside) return undefined
  await tx
    .insertInto('scheduling.groupSession')
    .values({
      organizationId,
      id,
      offeringId: offering.id,
      practitionerId: offering.practitionerId,
      startsAt: toInstant(startMinute),
      endsAt: toInstant(startMinute + offering.minutes),
      seats: offering.seats,
    })
    .execute()
  return { id, seats: offering.seats, beside }
}

/** The lowest number that is free, and how many are taken with it. */
async function nextSeat(
  tx: Tx,
  organizationId: string,
  { id, seats }: Session,
  {
    holdId = null,
    appointmentId = null,
  }: { holdId?: string | undefined | null; appointmentId?: string | undefined | null },
): Promise<{ taken: number } | undefined> {
  const { rows } = await sql<{ taken: number }>`
    with taken as (
      select number from scheduling.seat where organization_id = ${organizationId} and session_id = ${id}
    ), got as (
      insert into scheduling.seat (organization_id, session_id, number, seats, hold_id, appointment_id)
      select ${organizationId}::uuid, ${id}::uuid, n, ${seats}::int, ${holdId}::uuid, ${appointmentId}::uuid
      from generate_series(1, ${seats}::int) n where n not in (select number from taken) order by n limit 1
      on conflict do nothing returning number
    )
    select (select count(*)::int from taken) + 1 as taken from got`.execute(tx)
  return rows[0]
}
