/** Takes an opening: the time itself, and in the same statement every opening it hides, in both search indexes. */
import { auditRow, type Deed } from '../../platform/audit.ts'
import type { Actor } from '../../platform/actor.ts'
import { send, type Tx } from '../../platform/db.ts'
import { statement } from '../../platform/statement.ts'
import { refillListings } from '../care/listing-starts.ts'
import type { Need } from '../resources/pools.ts'
import { takeResources } from '../resources/take-resources.ts'
import { takeTurns } from '../resources/turns.ts'
import { refuseByRules, type Ruled } from '../rules/ask-rules.ts'
import { takeSeat } from '../seats/take-seat.ts'
import type { NewVisit } from './new-visit.ts'
import type { OfferingFacts } from './offering.ts'

export interface Taking {
  startMinute: number
  now: Temporal.Instant
  holdId?: string
  /** An appointment that is there already, and moves to this time. */
  appointmentId?: string
  /** For whom, where that is known: the rules about patients are asked too. */
  patient?: Ruled['patient']
  but?: string
}

/**
 * Gives whether the time was got, in the clinician's turn (`scheduling.take_time`). `on conflict do nothing` and 'no
 * row' mean taken: rivals never wait out each other's rows. Openings of the clinician that overlap what is taken, with
 * the buffers of both, leave `opening` and `listing` with it.
 */
export async function takeTime(tx: Tx, actor: Actor, offering: OfferingFacts, taking: Taking): Promise<boolean> {
  const { startMinute, now, holdId = null, appointmentId = null } = taking
  const [time] = await send(tx, take, { ...spanOf(actor, offering, startMinute), holdId, visitId: appointmentId })
  return isGot(tx, actor, { offering, now, time })
}

/** The same for a new visit, which is written with its trail by the same statement, if the time was got. */
export async function takeTimeFor(
  tx: Tx,
  actor: Actor,
  offering: OfferingFacts,
  { visit, deed, startMinute, now }: { visit: NewVisit; deed: Deed; startMinute: number; now: Temporal.Instant },
): Promise<boolean> {
  const event = auditRow(actor, deed)
  const [time] = await send(tx, takeAndWrite, {
    ...visit,
    ...spanOf(actor, offering, startMinute),
    holdId: null,
    visitId: visit.id,
    eventId: event.id,
    actorKind: event.actor_kind,
    actorId: event.actor_id,
    action: event.action,
    resourceType: event.resource_type,
    purpose: event.purpose,
    requestId: event.request_id,
  })
  return isGot(tx, actor, { offering, now, time })
}

/** A new visit on its way, with who books it. */
export interface Booking {
  actor: Actor
  offering: OfferingFacts
  visit: NewVisit
  deed: Deed
  startMinute: number
}

/**
 * The same for several visits of different clinicians of one organization. Gives false when somebody was faster for one
 * of them: then roll back, for the others are written.
 */
export async function takeTimesFor(
  tx: Tx,
  organizationId: string,
  bookings: readonly Booking[],
  now: Temporal.Instant,
): Promise<boolean> {
  const spans = bookings.map(({ actor, offering, startMinute }) => spanOf(actor, offering, startMinute))
  const times = await send(tx, takeAndWriteAll, {
    organizationId,
    practitionerIds: spans.map(({ practitionerId }) => practitionerId),
    offeringIds: spans.map(({ offeringId }) => offeringId),
    startMinutes: spans.map(({ startMinute }) => startMinute),
    fromMinutes: spans.map(({ fromMinute }) => fromMinute),
    untilMinutes: spans.map(({ untilMinute }) => untilMinute),
    visitIds: bookings.map(({ visit }) => visit.id),
    visits: JSON.stringify(bookings.map(({ visit: { reasonSealed: _none, ...visit } }) => visit)),
    events: JSON.stringify(bookings.map(({ actor, deed }) => auditRow(actor, deed))),
  })
  if (times.length < bookings.length) return false
  const short = times.filter(({ fewest }) => fewest !== null && fewest < fewestShown)
  const practitionerIds = short.map(({ practitionerId }) => practitionerId)
  if (short.length > 0) await refillListings(tx, organizationId, practitionerIds, now)
  return true
}

/**
 * The clinician's time and all that the visit needs beside it, or nothing. Plain visits, nearly all, go the short way.
 * What was not got is left for the caller to roll back. Refuses what a rule forbids, once it is everybody's turn.
 */
export async function takeAll(
  tx: Tx,
  actor: Actor,
  offering: OfferingFacts,
  { needs, ...taking }: Taking & { needs: readonly Need[] },
): Promise<boolean> {
  const { organizationId } = actor
  const { practitionerId, locationId } = offering
  if (needs.length > 0)
    await takeTurns(tx, organizationId, { practitionerIds: [practitionerId], wanted: [{ needs, locationId }] })
  await refuseByRules(tx, offering, { ...taking, organizationId, patient: taking.patient ?? null })
  if (offering.seats > 1)
    return (await takeSeat(tx, actor, offering, { ...taking, needs, patientId: taking.patient?.id })) !== undefined
  if (needs.length === 0) return takeTime(tx, actor, offering, taking)
  // The clinician's time first: what is hidden with a room would hide this very start.
  return (
    (await takeTime(tx, actor, offering, taking)) &&
    (await takeResources(tx, actor, offering, { ...taking, needs })) !== undefined
  )
}

/** How far ahead a listing must still show; with fewer it is filled up again. */
const fewestShown = 4

async function isGot(
  tx: Tx,
  { organizationId }: Actor,
  { offering, now, time }: { offering: OfferingFacts; now: Temporal.Instant; time: Time | undefined },
): Promise<boolean> {
  if (!time?.isGot) return false
  if (time.fewest !== null && time.fewest < fewestShown)
    await refillListings(tx, organizationId, [offering.practitionerId], now)
  return true
}

interface Time {
  isGot: boolean
  /** Starts that the shortest listing which lost some has left. */
  fewest: number | null
}

interface Span {
  organizationId: string
  practitionerId: string
  offeringId: string
  startMinute: number
  fromMinute: number
  untilMinute: number
}

const spanOf = ({ organizationId }: Actor, offering: OfferingFacts, startMinute: number): Span => ({
  organizationId,
  practitionerId: offering.practitionerId,
  offeringId: offering.id,
  startMinute,
  fromMinute: startMinute - offering.bufferBefore,
  untilMinute: startMinute + offering.minutes + offering.bufferAfter,
})

type Asked = Span & { holdId: string | null; visitId: string | null }

const take = statement<Asked, Time>`
  select is_got, fewest from scheduling.take_time(${'organizationId'}, ${'practitionerId'}, ${'offeringId'},
    ${'startMinute'}, ${'fromMinute'}, ${'untilMinute'}, ${'holdId'}, ${'visitId'})`

interface Written {
  eventId: string
  actorKind: string
  actorId: string
  action: string
  resourceType: string
  purpose: string
  requestId: string | null
}

const takeAndWrite = statement<Asked & NewVisit & Written, Time>`
  with time as materialized (
    select is_got, fewest from scheduling.take_time(${'organizationId'}, ${'practitionerId'}, ${'offeringId'},
      ${'startMinute'}, ${'fromMinute'}, ${'untilMinute'}, ${'holdId'}, ${'visitId'})
  ), visit as (
    insert into scheduling.appointment (organization_id, id, offering_id, practitioner_id, location_id, visit_type_id, mode,
      patient_id, starts_at, ends_at, reason_sealed, new_patient, language, contact_kind, contact_value, booked_at, booked_by, booked_through, interpreter_language)
    select ${'organizationId'}, ${'id'}, ${'offeringId'}, ${'practitionerId'}, ${'locationId'}, ${'visitTypeId'}, ${'mode'},
      ${'patientId'}, ${'startsAt'}, ${'endsAt'}, ${'reasonSealed'}, ${'newPatient'}, ${'language'}, ${'contactKind'},
      ${'contactValue'}, ${'bookedAt'}, ${'bookedBy'}, ${'bookedThrough'}, ${'interpreterLanguage'}
    from time where is_got
  ), event as (
    insert into platform.audit_event (organization_id, id, actor_kind, actor_id, action, resource_type, resource_id, patient_id, purpose, request_id)
    select ${'organizationId'}, ${'eventId'}, ${'actorKind'}, ${'actorId'}, ${'action'}, ${'resourceType'}, ${'id'}::uuid,
      ${'patientId'}, ${'purpose'}, ${'requestId'}
    from time where is_got
  ), unsealed as (
    insert into platform.audit_unsealed (organization_id, event_id) select ${'organizationId'}, ${'eventId'} from time where is_got
  )
  select is_got, fewest from time`

interface AllAsked {
  organizationId: string
  practitionerIds: string[]
  offeringIds: string[]
  startMinutes: number[]
  fromMinutes: number[]
  untilMinutes: number[]
  visitIds: string[]
  visits: string
  events: string
}

const takeAndWriteAll = statement<AllAsked, { practitionerId: string; fewest: number | null }>`
  with time as materialized (
    select practitioner_id, fewest from scheduling.take_times(${'organizationId'}, ${'practitionerIds'}, ${'offeringIds'},
      ${'startMinutes'}, ${'fromMinutes'}, ${'untilMinutes'}, ${'visitIds'})
  ), visit as (
    insert into scheduling.appointment (organization_id, id, offering_id, practitioner_id, location_id, visit_type_id, mode,
      patient_id, starts_at, ends_at, new_patient, language, booked_at, booked_by, booked_through)
    select ${'organizationId'}, v.id, v."offeringId", v."practitionerId", v."locationId", v."visitTypeId", v.mode,
      v."patientId", v."startsAt", v."endsAt", v."newPatient", v.language, v."bookedAt", v."bookedBy", v."bookedThrough"
    from json_to_recordset(${'visits'}::json) as v(id uuid, "offeringId" uuid, "practitionerId" uuid, "locationId" uuid,
      "visitTypeId" uuid, mode text, "patientId" uuid, "startsAt" timestamptz, "endsAt" timestamptz, "newPatient" boolean,
      language text, "bookedAt" timestamptz, "bookedBy" text, "bookedThrough" text)
  ), event as materialized (
    select e.* from json_to_recordset(${'events'}::json) as e(id uuid, actor_kind text, actor_id text, action text,
      resource_type text, resource_id text, patient_id uuid, purpose text, request_id text)
  ), written as (
    insert into platform.audit_event (organization_id, id, actor_kind, actor_id, action, resource_type, resource_id, patient_id, purpose, request_id)
    select ${'organizationId'}, e.* from event e
  ), unsealed as (
    insert into platform.audit_unsealed (organization_id, event_id) select ${'organizationId'}, id from event
  )
  select practitioner_id, fewest from time`
