/** Books a visit at a time that its clinician has given to another, because somebody decided so and said why. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { claim, type RequestKey } from '../../platform/once.ts'
import { sealField } from '../../platform/vault/index.ts'
import { sealWords } from '../../platform/vault/words.ts'
import { accessAppointment } from '../access.ts'
import { claimant, refusalOf, visitOf, type Asked } from '../booking/asked.ts'
import { bookerOf } from '../booking/booker.ts'
import { reindexAround } from '../booking/free-time.ts'
import { writeVisit } from '../booking/new-visit.ts'
import { readToBook, type OfferingFacts } from '../booking/offering.ts'
import { startMinuteOf } from '../booking/slot-taken.ts'
import type { AppointmentView } from '../contract.ts'
import { changed } from '../desk/live.ts'
import { closedBecause } from '../openings/why-not.ts'
import { needsFor, takeResources } from '../resources/take-resources.ts'
import { takeTurns } from '../resources/turns.ts'
import { refuseByRules } from '../rules/ask-rules.ts'
import { reasonField, whyField } from '../sealed.ts'
import { appointmentView } from '../view.ts'
import type { OverbookingRequest } from './contract.ts'
import { takeLane } from './lanes.ts'
import './tables.ts'

/**
 * Gives the appointment. Only the clinician's time is shared: rooms, devices and interpreters are taken as ever, and every
 * rule of booking is asked. Refuses `time_is_free`, `overbooked_enough`, and with the sentence of `why-not` whatever else is
 * in the way. The same request key gives the same appointment.
 */
export async function overbook(
  context: Context,
  actor: Actor,
  { overbooking, ...request }: OverbookingRequest,
  requestKey?: RequestKey,
): Promise<AppointmentView> {
  const startMinute = startMinuteOf(request.startsAt)
  const booker = await bookerOf(context, actor, request)
  const asked = { context, actor, booker, request, requestKey, startMinute }
  const view = await within(context.db, booker.actor, async (tx) => {
    const id = newId()
    const before = await claim(tx, claimant(asked), requestKey, id)
    if (!before) await write(tx, asked, { id, overbooking })
    const row = await accessAppointment(tx, actor, before ?? id)
    return appointmentView(tx, actor, row, { language: request.language, now: context.now() })
  })
  changed(context, actor.organizationId)
  return view
}

interface Decided {
  id: string
  overbooking: OverbookingRequest['overbooking']
}

async function write(tx: Tx, asked: Asked, { id, overbooking }: Decided) {
  const { context, actor, booker, request, startMinute } = asked
  const { organizationId } = actor
  const now = context.now()
  const person = await booker.person(tx)
  const offering = await readInTurn(tx, asked)
  const { practitionerId, minutes, bufferBefore, bufferAfter } = offering
  const visit = visitOf(asked, offering, person)
  const { patientId } = visit
  const refusal = refusalOf(asked, offering, person)
  if (refusal) throw refusal
  await refuseWhereNoneIsNeeded(tx, organizationId, offering, startMinute)
  const patient = { id: patientId, bornOn: person.bornOn, isNew: request.newPatient ?? false }
  await refuseByRules(tx, offering, { organizationId, startMinute, now, patient })
  await booker.arrive?.(tx)
  const words = { organizationId, id, patientId }
  await writeVisit(tx, {
    ...visit,
    id,
    reasonSealed: await sealWords(context, tx, reasonField(words), request.reason),
  })
  await tx
    .insertInto('scheduling.overbooking')
    .values({
      organizationId,
      appointmentId: id,
      patientId,
      reason: overbooking.reason,
      whySealed: await sealField(context, tx, whyField(words), overbooking.why.trim()),
      decidedAt: now,
      decidedBy: actor.id,
    })
    .execute()
  const span = { fromMinute: startMinute - bufferBefore, untilMinute: startMinute + minutes + bufferAfter }
  if (!(await takeLane(tx, { organizationId, practitionerId, appointmentId: id, ...span })))
    throw conflict('overbooked_enough', 'Two visits are overbooked at that time already.')
  const needs = needsFor(offering, request.interpreter)
  if (needs.length > 0 && !(await takeResources(tx, actor, offering, { startMinute, now, needs, appointmentId: id })))
    throw conflict('not_all_free', 'What this visit needs beside the clinician is not free then.')
  await audit(tx, booker.actor, { action: 'create', resourceType: 'Appointment', resourceId: id, patientId })
  await reindexAround(tx, { organizationId, practitionerId, startsAt: visit.startsAt }, [], now)
  await context.announce(tx, 'appointment.booked', { organizationId, appointmentId: id, version: 1 })
  await booker.settle?.(tx, id)
}

/** Once it is the turn of all that the visit needs: what is read of it then stays so. */
async function readInTurn(tx: Tx, { actor, request, startMinute }: Asked): Promise<OfferingFacts> {
  const read = () => readToBook(tx, actor.organizationId, request.offeringId, startMinute)
  const offering = await read()
  if (offering.seats > 1) throw invalid('not_for_groups', 'A group visit has as many seats as it has.')
  const { practitionerId, locationId } = offering
  const needs = needsFor(offering, request.interpreter)
  await takeTurns(tx, actor.organizationId, { practitionerIds: [practitionerId], wanted: [{ needs, locationId }] })
  return read()
}

async function refuseWhereNoneIsNeeded(tx: Tx, organizationId: string, offering: OfferingFacts, startMinute: number) {
  if (offering.isOpen) throw conflict('time_is_free', 'This time is free: book it as any other.')
  const { code, sentence } = await closedBecause(tx, organizationId, offering, startMinute)
  if (code !== 'taken') throw conflict(code, sentence)
}
