/** Books a visit: for a guest, or for a patient whom staff or a program names. The database rules out a double booking. */
import { system, type Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { together, within, type Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { sealWords } from '../../platform/vault/words.ts'
import { answered, claim, type RequestKey } from '../../platform/once.ts'
import { keepSupport } from '../../people/index.ts'
import { bookedView, claimant, refusalOf, visitOf, type Asked } from './asked.ts'
import { bookerOf, type Booker, type Person } from './booker.ts'
import type { AppointmentView, BookingRequest } from '../contract.ts'
import { changed } from '../desk/live.ts'
import { useHold } from './hold.ts'
import { writeVisit, type NewVisit } from './new-visit.ts'
import type { Need, Resource } from '../resources/pools.ts'
import { needsFor, takeResources } from '../resources/take-resources.ts'
import { takeTurns } from '../resources/turns.ts'
import { recut, refusalByRules, refuseByRules, type Ruled } from '../rules/ask-rules.ts'
import { refuseSecondSeat } from '../seats/refuse-second-seat.ts'
import { takeSeatFor } from '../seats/take-seat.ts'
import { readToBook, type OfferingFacts } from './offering.ts'
import { slotTaken, startMinuteOf } from './slot-taken.ts'
import { takeTimeFor } from './take-time.ts'
import { withOthers } from './with-others.ts'
import { reasonField } from '../sealed.ts'
import { appointmentView, resourcesOf, seatOf } from '../view.ts'
import '../tables.ts'

export interface Booked {
  view: AppointmentView
  patientId: string
  contactKind: 'phone' | 'email' | null
}

/**
 * Gives the appointment. Refuses `slot_taken` with the next openings when somebody was faster, `hold_ended` never: a
 * hold that ran out is tried once more as a plain booking. The same request key gives the same appointment.
 */
export async function book(
  context: Context,
  actor: Actor,
  request: BookingRequest,
  requestKey?: RequestKey,
): Promise<Booked> {
  const startMinute = startMinuteOf(request.startsAt)
  const booker = await bookerOf(context, actor, request)
  const asked = { context, actor, booker, request, requestKey, startMinute }
  try {
    const view = await withOthers(asked, () => within(context.db, booker.actor, (tx) => bookOnce(tx, asked)))
    changed(context, actor.organizationId)
    return { view, patientId: booker.patientId, contactKind: booker.contact?.kind ?? null }
  } catch (error) {
    if (error instanceof Before) return replay(context, actor.organizationId, error.id, request)
    throw error
  }
}

/** Thrown in the transaction, to leave nothing of it, when the same request was answered before with this appointment. */
class Before extends Error {
  readonly id: string
  constructor(id: string) {
    super('answered before')
    this.id = id
  }
}

/** The one transaction: two waits and the commit, for each wait costs more than the statements sent with it. */
async function bookOnce(tx: Tx, asked: Asked): Promise<AppointmentView> {
  const { context, actor, booker, request, startMinute } = asked
  const { organizationId } = actor
  const id = newId()
  const [offering, person, reasonSealed] = await together([
    readToBook(tx, organizationId, request.offeringId, startMinute),
    booker.person(tx),
    sealWords(context, tx, reasonField({ organizationId, id, patientId: booker.patientId }), request.reason),
  ])
  const work = {
    request,
    offering,
    startMinute,
    person,
    visit: { ...visitOf(asked, offering, person), id, reasonSealed },
  }
  await refuseEarly(tx, asked, work)
  const { visit } = work
  const claimed = claimOrLeave(tx, asked, visit.id)
  if (booker.arrive) await claimed.then(() => booker.arrive?.(tx))
  const [, got] = await together([
    claimed,
    getTime(context, tx, booker, work),
    context.announce(tx, 'appointment.booked', { organizationId, appointmentId: visit.id, version: 1 }),
  ])
  if (!got) throw await slotTaken(tx, actor, offering.id, context.now())
  const resources = request.holdId === undefined ? got : await resourcesOf(tx, organizationId, visit.id)
  await booker.settle?.(tx, visit.id)
  if (request.support)
    await keepSupport(context, tx, booker.actor, { patientId: booker.patientId, said: request.support, adds: true })
  const group = offering.seats > 1 ? await seatOf(tx, organizationId, visit.id) : null
  return bookedView(asked, { visit, offering, person, resources, group })
}

interface Work {
  request: BookingRequest
  offering: OfferingFacts
  startMinute: number
  person: Person
  visit: NewVisit
}

const visitAt = ({ startMinute, visit: { organizationId, patientId } }: Work) => ({
  organizationId,
  startMinute,
  patientId,
})

/** What the rules of scheduling are asked of it. */
const ruled = ({ request, startMinute, person, visit }: Work, now: Temporal.Instant): Ruled => ({
  organizationId: visit.organizationId,
  startMinute,
  now,
  patient: { id: visit.patientId, bornOn: person.bornOn, isNew: request.newPatient ?? false },
})

/**
 * Refuses what a rule forbids, and, before they wait for anybody or write a row, most of those who come too late. A
 * request that was answered before is answered so again, also when it would be refused now.
 */
async function refuseEarly(tx: Tx, asked: Asked, work: Work) {
  const { offering, person } = work
  const { context, actor, request, requestKey } = asked
  const now = context.now()
  const refusal = refusalOf(asked, offering, person)
  if (!refusal && (offering.isOpen || request.holdId)) return
  const [before, tooLate] = await together([
    answered(tx, claimant(asked), requestKey),
    slotTaken(tx, actor, offering.id, now),
  ])
  throw before ? new Before(before) : (refusal ?? (await refusalByRules(tx, offering, ruled(work, now))) ?? tooLate)
}

async function claimOrLeave(tx: Tx, asked: Asked, id: string) {
  const before = await claim(tx, claimant(asked), asked.requestKey, id)
  if (before) throw new Before(before)
}

/** Turns the caller's hold into the visit's time, or takes the time at once; writes the visit with it. Gives what else is taken. */
async function getTime({ now }: Context, tx: Tx, booker: Booker, work: Work): Promise<readonly Resource[] | undefined> {
  const { request, offering, startMinute, visit } = work
  const { actor } = booker
  const deed = {
    action: 'create',
    resourceType: 'Appointment',
    resourceId: visit.id,
    patientId: booker.patientId,
  } as const
  const all = needsFor(offering, request.interpreter)
  // Before the hold is touched: whoever gives it back when it runs out waits for the same turns first.
  if (all.length > 0 || offering.seats > 1) await takeTurnsFor(tx, actor, offering, all)
  const isHeld =
    request.holdId !== undefined &&
    (await useHold(tx, actor, request.holdId, { offeringId: offering.id, startMinute, appointmentId: visit.id }))
  const needs = isHeld ? needsFor({ needs: null }, request.interpreter) : all
  if (offering.rules) await refuseByRules(tx, offering, ruled(work, now()))
  if (!isHeld && offering.seats > 1) {
    const taking = { visit, deed, startMinute, now: now(), interpreter: request.interpreter }
    const beside = await takeSeatFor(tx, actor, offering, taking)
    if (!beside) return undefined
    await recut(tx, offering, ruled(work, now()))
    return beside
  }
  if (isHeld) {
    await refuseSecondSeat(tx, offering, visitAt(work))
    await writeVisit(tx, visit)
    await audit(tx, actor, deed)
  } else if (!(await takeTimeFor(tx, actor, offering, { visit, deed, startMinute, now: now() }))) return undefined
  await recut(tx, offering, ruled(work, now()))
  return needs.length === 0 ? [] : takeNeeded(tx, actor, work, { needs, now: now(), isHeld })
}

const takeTurnsFor = (
  tx: Tx,
  { organizationId }: Actor,
  { practitionerId, locationId }: OfferingFacts,
  needs: Need[],
) => takeTurns(tx, organizationId, { practitionerIds: [practitionerId], wanted: [{ needs, locationId }] })

/** What the visit needs beside the clinician; a hold has it already, but perhaps no interpreter. */
async function takeNeeded(
  tx: Tx,
  actor: Actor,
  { offering, startMinute, visit }: Work,
  { needs, now, isHeld }: { needs: readonly Need[]; now: Temporal.Instant; isHeld: boolean },
): Promise<Resource[] | undefined> {
  if (isHeld && (await hasInterpreter(tx, actor.organizationId, visit.id))) return []
  return takeResources(tx, actor, offering, { startMinute, now, needs, appointmentId: visit.id })
}

async function hasInterpreter(tx: Tx, organizationId: string, appointmentId: string): Promise<boolean> {
  const taken = await resourcesOf(tx, organizationId, appointmentId)
  return taken.some(({ kind }) => kind === 'interpreter')
}

/** What the first request of this key made, as it is now: whoever has the key and the request may see the answer again. */
async function replay(context: Context, organizationId: string, id: string, request: BookingRequest): Promise<Booked> {
  return within(context.db, system(organizationId, 'replay'), async (tx) => {
    const row = await tx
      .selectFrom('scheduling.appointment')
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .selectAll()
      .executeTakeFirstOrThrow()
    await audit(tx, system(organizationId, 'replay'), {
      action: 'read',
      resourceType: 'Appointment',
      resourceId: id,
      patientId: row.patientId,
    })
    const view = await appointmentView(tx, { ...system(organizationId, 'replay'), role: 'guest' }, row, {
      language: request.language,
      now: context.now(),
    })
    return { view, patientId: row.patientId, contactKind: row.contactKind }
  })
}
