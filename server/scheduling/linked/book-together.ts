/** Books several visits in one transaction, all or none: of a family, by staff or by whom each patient gave 'book' to. */
import { isStaff, type Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { together, within, type Tx } from '../../platform/db.ts'
import { invalid, notFound, Refusal } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { answered, claim, type RequestKey } from '../../platform/once.ts'
import { sealWords } from '../../platform/vault/words.ts'
import { family as proxies } from '../../people/index.ts'
import { writeVisit, type NewVisit } from '../booking/new-visit.ts'
import { readToBook, type OfferingFacts } from '../booking/offering.ts'
import { refusedBecause } from '../booking/rules.ts'
import { startMinuteOf } from '../booking/slot-taken.ts'
import { takeTimeFor } from '../booking/take-time.ts'
import { useHold } from '../booking/hold.ts'
import { changed } from '../desk/live.ts'
import { toInstant, toMinute } from '../openings/minutes.ts'
import { needsFor, takeResources } from '../resources/take-resources.ts'
import { takeTurns } from '../resources/turns.ts'
import { recut, refuseByRules, refuseClosed, type Ruled } from '../rules/ask-rules.ts'
import { refuseSecondSeat } from '../seats/refuse-second-seat.ts'
import { takeSeatFor } from '../seats/take-seat.ts'
import { reasonField } from '../sealed.ts'
import { blockTaken, planTaken } from './block-taken.ts'
import { gapColumns, refuseBrokenPlan } from './broken-plan.ts'
import type { GroupRequest } from './contract.ts'
import { readAgain, readGroup, type Group } from './read-group.ts'
import '../tables.ts'

interface Asked {
  context: Context
  /** Who may write the rows of every patient of the group. */
  writer: Actor
  /** As whom each visit is booked: the trail says so. */
  actors: readonly Actor[]
  request: GroupRequest
  requestKey: RequestKey | undefined
}

interface Wanted {
  offering: OfferingFacts
  visit: NewVisit
  actor: Actor
  startMinute: number
  asked: Ruled
  /** Of the kept group, when this time is. */
  holdId: string | undefined
}

/** Gives the group. Refuses `block_taken`, with nothing booked and the next blocks, when somebody was faster with one. */
export async function bookTogether(
  context: Context,
  actor: Actor,
  request: GroupRequest,
  requestKey?: RequestKey,
): Promise<Group> {
  const actors = await actorsFor(context, actor, request)
  const patientIds = isStaff(actor) ? [] : [...new Set(request.visits.map(({ patientId }) => patientId))]
  const asked = { context, writer: { ...actor, patientIds }, actors, request, requestKey }
  const group = await within(context.db, asked.writer, (tx) => bookOnce(tx, asked)).catch(async (error: unknown) => {
    // Read after it was all rolled back: what this group had got is open again.
    if (error === tooLate)
      throw await within(context.db, asked.writer, (tx) =>
        request.kind === 'family'
          ? blockTaken(tx, actor, request.visits, context.now())
          : planTaken(tx, actor, request.visits),
      )
    throw error
  })
  changed(context, actor.organizationId)
  return group
}

/** Thrown inside the transaction: nothing of a group that came too late is kept. */
const tooLate = new Error('too late')

/** As whom each visit is booked. Refuses the same for a patient who is not there and one who gave the actor nothing. */
async function actorsFor(context: Context, actor: Actor, { visits }: GroupRequest): Promise<Actor[]> {
  if (isStaff(actor)) return visits.map(() => actor)
  if (actor.role !== 'patient')
    throw invalid('sign_in_first', 'Sign in first: then you can book for everybody in your family at once.', {
      instead: 'sign_in',
    })
  const family = await proxies.actorsOfFamily(context, actor)
  return visits.map(({ patientId }) => {
    const own = family.get(patientId)
    if (!own) throw notFound('patient')
    return own
  })
}

async function bookOnce(tx: Tx, asked: Asked): Promise<Group> {
  const { context, writer, request, requestKey } = asked
  const before = await answered(tx, writer, requestKey)
  const known = { request, now: context.now() }
  if (before) return readAgain(tx, writer, known, before)
  const wanted = await prepare(tx, asked)
  if (request.kind !== 'family') refuseBrokenPlan(wanted, request)
  if (wanted.some(({ offering, holdId }) => !offering.isOpen && holdId === undefined)) throw tooLate
  const id = newId()
  const rival = await claim(tx, writer, requestKey, id)
  if (rival) return readAgain(tx, writer, known, rival)
  await takeEverything(tx, writer, wanted, context.now())
  await tx
    .insertInto('scheduling.groupVisit')
    .values(
      wanted.map(({ visit, actor }, position) => ({
        organizationId: writer.organizationId,
        groupId: id,
        appointmentId: visit.id,
        patientId: visit.patientId,
        kind: request.kind,
        position,
        madeAt: context.now(),
        madeBy: actor.id,
        ...gapColumns(request.visits[position]?.gap),
      })),
    )
    .execute()
  for (const { visit } of wanted)
    await context.announce(tx, 'appointment.booked', {
      organizationId: writer.organizationId,
      appointmentId: visit.id,
      version: 1,
    })
  return readGroup(tx, writer, known, id)
}

/** Reads what is booked and for whom, and refuses what a rule forbids, before anybody is waited for. */
async function prepare(tx: Tx, { context, writer, actors, request }: Asked): Promise<Wanted[]> {
  const { organizationId } = writer
  const minutes = request.visits.map(({ startsAt }) => startMinuteOf(startsAt))
  const offerings = await together(
    request.visits.map(({ offeringId }, at) => readToBook(tx, organizationId, offeringId, minutes[at] ?? 0)),
  )
  const bornOn = await birthDates(tx, organizationId, request)
  const held = await heldTimes(tx, organizationId, request.holdId)
  const wanted: Wanted[] = []
  for (const [at, asked] of request.visits.entries()) {
    const [offering, actor, startMinute] = [offerings[at], actors[at], minutes[at]]
    if (!offering || !actor || startMinute === undefined) throw new Error('a visit has an offering and an actor')
    const id = newId()
    const field = reasonField({ organizationId, id, patientId: asked.patientId })
    const visit = {
      ...visitOf(context, { actor, offering, startMinute, asked, language: request.language }),
      id,
      reasonSealed: await sealWords(context, tx, field, asked.reason),
    }
    const refusal = refusedBecause(offering, {
      startsAt: visit.startsAt,
      now: context.now(),
      zone: offering.zone,
      bornOn: bornOn.get(asked.patientId) ?? null,
      newPatient: visit.newPatient,
      byStaff: isStaff(writer),
    })
    if (refusal) throw new Refusal(refusal.status, refusal.code, refusal.message, { ...refusal.extra, visit: at })
    const holdId = held.get(`${offering.id} ${startMinute}`)
    const patient = { id: asked.patientId, bornOn: bornOn.get(asked.patientId) ?? null, isNew: visit.newPatient }
    const ruled = { organizationId, startMinute, now: context.now(), patient }
    if (holdId === undefined) await refuseClosed(tx, offering, ruled)
    wanted.push({ offering, visit, actor, startMinute, asked: ruled, holdId })
  }
  return wanted
}

/** Only what booking needs; each booking's own audit row says whose record it was. Refuses `not_found`. */
async function birthDates(tx: Tx, organizationId: string, { visits }: GroupRequest) {
  const ids = [...new Set(visits.map(({ patientId }) => patientId))]
  const rows = await tx
    .selectFrom('people.patient')
    .where('organizationId', '=', organizationId)
    .where('id', 'in', ids)
    .select(['id', 'bornOn'])
    .execute()
  if (rows.length < ids.length) throw notFound('patient')
  return new Map(rows.map((row) => [row.id, row.bornOn]))
}

async function heldTimes(tx: Tx, organizationId: string, groupId: string | undefined): Promise<Map<string, string>> {
  if (groupId === undefined) return new Map()
  const rows = await tx
    .selectFrom('scheduling.hold')
    .where('organizationId', '=', organizationId)
    .where('groupId', '=', groupId)
    .select(['id', 'offeringId', 'startsAt'])
    .execute()
  return new Map(rows.map((row) => [`${row.offeringId} ${toMinute(row.startsAt)}`, row.id]))
}

/** Everybody's turn first, in one order that is the same for everybody; then each time, or `tooLate` for all of them. */
async function takeEverything(tx: Tx, writer: Actor, wanted: readonly Wanted[], now: Temporal.Instant) {
  await takeTurns(tx, writer.organizationId, {
    practitionerIds: wanted.map(({ offering }) => offering.practitionerId),
    wanted: wanted.map(({ offering }) => ({ needs: needsFor(offering, undefined), locationId: offering.locationId })),
  })
  for (const { offering, visit, actor, startMinute, asked, holdId } of wanted) {
    const { id, patientId } = visit
    const deed = { action: 'create', resourceType: 'Appointment', resourceId: id, patientId } as const
    const at = { offeringId: offering.id, startMinute, appointmentId: visit.id }
    const isHeld = holdId !== undefined && (await useHold(tx, writer, holdId, at))
    await refuseByRules(tx, offering, asked)
    if (isHeld) {
      await refuseSecondSeat(tx, offering, { ...asked, patientId })
      await writeVisit(tx, visit)
      await audit(tx, actor, deed)
      await recut(tx, offering, asked)
      continue
    }
    const needs = needsFor(offering, undefined)
    const taking = { visit, deed, startMinute, now }
    const inGroup = offering.seats > 1
    if (!(await (inGroup ? takeSeatFor : takeTimeFor)(tx, actor, offering, taking))) throw tooLate
    await recut(tx, offering, asked)
    if (inGroup || needs.length === 0) continue
    if (!(await takeResources(tx, actor, offering, { startMinute, now, needs, appointmentId: visit.id }))) throw tooLate
  }
}

interface Planned {
  actor: Actor
  offering: OfferingFacts
  startMinute: number
  asked: GroupRequest['visits'][number]
  language: GroupRequest['language']
}

function visitOf({ now }: Context, { actor, offering, startMinute, asked, language }: Planned) {
  return {
    organizationId: actor.organizationId,
    offeringId: offering.id,
    practitionerId: offering.practitionerId,
    locationId: offering.locationId,
    visitTypeId: offering.visitTypeId,
    mode: offering.mode,
    patientId: asked.patientId,
    startsAt: toInstant(startMinute),
    endsAt: toInstant(startMinute + offering.minutes),
    interpreterLanguage: null,
    newPatient: asked.newPatient ?? false,
    language,
    contactKind: null,
    contactValue: null,
    bookedAt: now(),
    bookedBy: actor.id,
    bookedThrough: !isStaff(actor) ? 'guest' : actor.role === 'client' ? 'api' : 'desk',
  } satisfies Omit<NewVisit, 'id' | 'reasonSealed'>
}
