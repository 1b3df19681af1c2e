/** Asks the rules of a booking: which one it is against, as things stand. Nothing is read where there are no rules. */
import type { Tx } from '../../platform/db.ts'
import type { Refusal } from '../../platform/errors.ts'
import { takeTurn } from '../booking/offering.ts'
import { ageOn } from '../booking/rules.ts'
import { reindex } from '../openings/calendar.ts'
import { dayOf, toInstant, toMinute } from '../openings/minutes.ts'
import { decidingOn, type Rule } from './in-force.ts'
import { brokenBy, counts, isOfPatients, type Patient, type Visit } from './judge.ts'
import { readStanding, readVisits } from './read-rules.ts'
import { refusalOf } from './sentences.ts'
import { weekSpan, whenOf } from './when.ts'

/** An offering as it is read to be booked. */
export interface RuledOffering extends Omit<Visit, 'when'> {
  zone: string
  minutes: number
  /** Null for none, as nearly always. */
  rules: Rule[] | null
}

export interface Ruled {
  organizationId: string
  startMinute: number
  now: Temporal.Instant
  /**
   * Null while nobody knows who it is for: then only what holds for everybody is asked. `isNew` where somebody said so; the
   * record is asked as well.
   */
  patient: { id: string; bornOn: Temporal.PlainDate | null; isNew: boolean } | null
  /** The visit that is judged, where it is there already: it is not counted, and its own referral is its. */
  but?: string | undefined
}

/** The rule that the visit is against; undefined when none is. */
export async function ruleAgainst(tx: Tx, offering: RuledOffering, asked: Ruled): Promise<Rule | undefined> {
  if (offering.rules === null) return undefined
  const when = whenOf(asked.startMinute, offering.minutes, offering.zone)
  const rules = decidingOn(offering.rules, offering, when.date)
  if (rules.length === 0) return undefined
  const seen = { now: toMinute(asked.now), taken: await takenAround(tx, offering, asked, rules) }
  return brokenBy(rules, { ...offering, when }, seen, await patientOf(tx, offering, asked, rules))
}

/** The refusal of a time that is not open, when a rule is why. In no turn: what is told was true a moment ago. */
export async function refuseClosed(tx: Tx, offering: RuledOffering & { isOpen: boolean }, asked: Ruled) {
  const refusal = offering.isOpen ? undefined : await refusalByRules(tx, offering, asked)
  if (refusal) throw refusal
}

/**
 * Refuses a visit that is against a rule, in the clinician's turn: what is counted stays so until the end of the
 * transaction. Take the turns of all that the visit needs first.
 */
export async function refuseByRules(tx: Tx, offering: RuledOffering, asked: Ruled) {
  if (offering.rules === null) return
  await takeTurn(tx, offering.practitionerId)
  const refusal = await refusalByRules(tx, offering, asked)
  if (refusal) throw refusal
}

export async function refusalByRules(tx: Tx, offering: RuledOffering, asked: Ruled): Promise<Refusal | undefined> {
  const rule = await ruleAgainst(tx, offering, asked)
  return rule && refusalOf(rule, whenOf(asked.startMinute, offering.minutes, offering.zone).date)
}

/** After a time was taken: the openings that a rule closes because of it leave the index, in the same turn. */
export async function recut(tx: Tx, offering: RuledOffering, { organizationId, startMinute, now }: Taken) {
  if (!offering.rules?.some(counts)) return
  const { practitionerId } = offering
  await reindex(tx, { organizationId, practitionerId }, spanAround(offering.rules, startMinute), now)
}

type Taken = Pick<Ruled, 'organizationId' | 'startMinute' | 'now'>

/** The days whose openings change when a time of a clinician is taken or freed: in a week with a quota, all of it. */
export function spanAround(rules: readonly Rule[], startMinute: number) {
  const day = dayOf(startMinute, 'UTC')
  if (!rules.some(isOfWeek)) return { firstDay: day.subtract({ days: 1 }), days: 3 }
  return { firstDay: day.subtract({ days: day.dayOfWeek }), days: 9 }
}

const isOfWeek = ({ settings }: Rule) => settings !== null && 'per' in settings && settings.per === 'week'

async function takenAround(
  tx: Tx,
  { practitionerId }: RuledOffering,
  { startMinute, but }: Ruled,
  rules: readonly Rule[],
) {
  if (!rules.some(counts)) return []
  const visits = await readVisits(tx, [practitionerId], weekSpan(startMinute), but)
  return visits.get(practitionerId) ?? []
}

async function patientOf(
  tx: Tx,
  offering: RuledOffering,
  asked: Ruled,
  rules: readonly Rule[],
): Promise<Patient | undefined> {
  const { patient, organizationId, startMinute } = asked
  if (!patient) return undefined
  const { date } = whenOf(startMinute, offering.minutes, offering.zone)
  const day = Temporal.PlainDate.from(date)
  const age = patient.bornOn && ageOn(patient.bornOn, day)
  if (!rules.some((rule) => isOfPatients(rule) && rule.kind !== 'ages'))
    return { age, isNew: patient.isNew, state: null, cleared: [] }
  const { isFirst, state, referral, authorization } = await readStanding(tx, organizationId, {
    patientId: patient.id,
    visitTypeId: offering.visitTypeId,
    day: date,
    startsAt: toInstant(startMinute),
    ...(asked.but && { appointmentId: asked.but }),
  })
  const cleared = { referral, authorization }
  return { age, isNew: patient.isNew || isFirst, state, cleared: needs.filter((one) => cleared[one]) }
}

const needs = ['referral', 'authorization'] as const
