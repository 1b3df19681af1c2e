/** Why a patient cannot have a time, in one sentence: the first thing that stands in the way, by the rules that refuse. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { readToBook, type OfferingFacts } from '../booking/offering.ts'
import { refusedBecause } from '../booking/rules.ts'
import { startMinuteOf } from '../booking/slot-taken.ts'
import { purposeOf } from '../access.ts'
import { startsForNeeds, startsIn } from '../resources/pools.ts'
import { daysFrom, readResources } from '../resources/read-resources.ts'
import { ruleAgainst } from '../rules/ask-rules.ts'
import { sentenceOf } from '../rules/sentences.ts'
import { calendarAt, readExceptions, readRules, readTaken } from './read-calendar.ts'
import { dayOf, toInstant } from './minutes.ts'
import { openMinutes, startsOnDays, type Busy, type Calendar } from './openings.ts'

export interface Slot {
  offeringId: string
  startsAt: string
  patientId?: string
}

export interface Answer {
  /** `free` when nothing stands in the way. */
  code: string
  sentence: string
  /** Of the rule of scheduling that refuses; its sentence in Spanish too. */
  ruleId?: string
  es?: string
}

/** Refuses `not_found`, and `break_glass_needed` for the rules about a patient whom the actor does not care for. */
export async function whyNot({ db, now }: Context, actor: Actor, slot: Slot): Promise<Answer> {
  const start = startMinuteOf(slot.startsAt)
  return within(db, actor, async (tx) => {
    const offering = await readToBook(tx, actor.organizationId, slot.offeringId, start)
    const patient = slot.patientId === undefined ? undefined : await factsOf(tx, actor, slot.patientId, now())
    const refusal = refusedBecause(offering, {
      startsAt: toInstant(start),
      now: now(),
      zone: offering.zone,
      newPatient: false,
      bornOn: null,
      ...patient,
      byStaff: false,
    })
    if (refusal) return { code: refusal.code, sentence: refusal.message }
    const asked = { organizationId: actor.organizationId, startMinute: start, now: now() }
    const of = patient && { id: slot.patientId ?? '', bornOn: patient.bornOn, isNew: false }
    const rule = await ruleAgainst(tx, offering, { ...asked, patient: of ?? null })
    if (rule) {
      const { en, es } = sentenceOf(rule, dayOf(start, offering.zone).toString())
      return { code: `rule_${rule.kind}`, sentence: en, ruleId: rule.ruleId, es }
    }
    if (offering.isOpen) return { code: 'free', sentence: 'Nothing stands in the way: this time is free.' }
    return closedBecause(tx, actor.organizationId, offering, start)
  })
}

async function factsOf(tx: Tx, actor: Actor, patientId: string, now: Temporal.Instant) {
  const { organizationId } = actor
  const patient = await tx
    .selectFrom('people.patient as p')
    .where('p.organizationId', '=', organizationId)
    .where('p.id', '=', patientId)
    .select(['p.bornOn', 'p.origin'])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('scheduling.appointment as a')
          .whereRef('a.organizationId', '=', 'p.organizationId')
          .where('a.patientId', '=', sql<string>`any(people.record_ids(p.organization_id, p.id))`)
          .where('a.status', '=', 'booked')
          .where('a.startsAt', '<', now)
          .select('a.id'),
      ).as('wasHere'),
    )
    .executeTakeFirst()
  if (!patient) throw notFound('patient')
  const purpose = await purposeOf(tx, actor, patientId)
  await audit(tx, actor, {
    action: 'read',
    resourceType: 'Patient',
    resourceId: patientId,
    patientId,
    fields: ['bornOn'],
    ...(purpose && { purpose }),
  })
  return { bornOn: patient.bornOn, newPatient: patient.origin !== 'record' && !patient.wasHere }
}

/** What keeps a time out of the openings, in the order in which a person would look. */
export async function closedBecause(
  tx: Tx,
  organizationId: string,
  offering: OfferingFacts,
  start: number,
): Promise<Answer> {
  const { practitionerId, locationId, zone, minutes, bufferBefore, bufferAfter, stepMinutes, needs } = offering
  const firstDay = dayOf(start, zone)
  const span = { firstDay: firstDay.subtract({ days: 1 }), days: 3 }
  const [rules, exceptions, taken] = await Promise.all([
    readRules(tx, organizationId, [practitionerId]),
    readExceptions(tx, organizationId, [practitionerId], span),
    readTaken(tx, organizationId, [practitionerId], span),
  ])
  const calendar = calendarAt(locationId, zone, { rules, exceptions })
  const isOpenIn = (one: Calendar) =>
    openMinutes(one, firstDay.toString()).some(([from, until]) => from <= start && start + minutes <= until)
  if (!isOpenIn({ ...calendar, exceptions: calendar.exceptions.filter(({ kind }) => kind === 'open') }))
    return { code: 'outside_hours', sentence: 'The clinician does not work at this place for all of that time.' }
  if (!isOpenIn(calendar))
    return { code: 'closed', sentence: 'That time is kept free: leave, a holiday, or blocked by a colleague.' }
  const overlaps = ({ start: from, end }: Busy) => from < start + minutes + bufferAfter && end > start - bufferBefore
  if (offering.seats > 1 && (await isFull(tx, organizationId, offering.id, start)))
    return { code: 'group_full', sentence: 'All seats of this group visit are taken.' }
  if (taken.some(overlaps))
    return {
      code: 'taken',
      sentence: 'The clinician has another visit then, or the time before or after it is needed.',
    }
  const rule = { minutes, bufferBefore, bufferAfter, step: stepMinutes }
  const daysOf = daysFrom(span)
  const resources = needs
    ? await readResources(tx, organizationId, { kinds: ['room', 'device'], locationIds: [locationId] }, span)
    : []
  for (const need of needs ?? [])
    if (
      startsIn([start], startsForNeeds(resources, { needs: [need], locationId, offering: rule, daysOf })).length === 0
    )
      return need.kind === 'room'
        ? { code: 'no_room', sentence: 'No room that this visit needs is free then.' }
        : { code: 'no_device', sentence: 'No machine that this visit needs is free then.' }
  if (startsIn([start], startsOnDays(calendar, taken, rule, daysOf(zone))).length > 0)
    return {
      code: 'off_grid',
      sentence: `This visit starts every ${stepMinutes} minutes from the beginning of the hours.`,
    }
  return { code: 'closed', sentence: 'That time is kept free: leave, a holiday, or blocked by a colleague.' }
}

/** A session stands at this start, and is not among those that somebody may join: that was looked at before. */
async function isFull(tx: Tx, organizationId: string, offeringId: string, start: number): Promise<boolean> {
  const session = await tx
    .selectFrom('scheduling.groupSession')
    .where('organizationId', '=', organizationId)
    .where('offeringId', '=', offeringId)
    .where('startsAt', '=', toInstant(start))
    .select('id')
    .executeTakeFirst()
  return session !== undefined
}
