/** Who may book what and when: each refusal with its reason and what to do instead. Pure: no clock, no database. */
import { invalid, type Refusal } from '../../platform/errors.ts'

export interface BookingRules {
  minNoticeMinutes: number
  horizonDays: number
  forPatients: 'any' | 'new' | 'established'
  acceptsNew: boolean
  minAgeYears: number
  maxAgeYears: number
}

export interface BookingFacts {
  startsAt: Temporal.Instant
  now: Temporal.Instant
  /** Of the place. */
  zone: string
  /** Unknown for a patient imported without one: age rules are then the front desk's. */
  bornOn: Temporal.PlainDate | null
  newPatient: boolean
  /** Staff may book at short notice; patients call for that. */
  byStaff: boolean
}

/** The first rule that this booking breaks, as a refusal; undefined when none does. */
export function refusedBecause(rules: BookingRules, facts: BookingFacts): Refusal | undefined {
  const { startsAt, now, zone, byStaff } = facts
  if (Temporal.Instant.compare(startsAt, now) <= 0)
    return invalid('in_the_past', 'That time has passed. Choose one that is still to come.', { instead: 'choose_time' })
  const notice = rules.minNoticeMinutes
  if (!byStaff && Temporal.Instant.compare(startsAt, now.add({ minutes: notice })) < 0)
    return invalid('too_soon', 'That time is too soon to book online. Call us and we will see what we can do.', {
      minNoticeMinutes: notice,
      instead: 'call',
    })
  const lastDay = now.toZonedDateTimeISO(zone).toPlainDate().add({ days: rules.horizonDays })
  const day = startsAt.toZonedDateTimeISO(zone).toPlainDate()
  if (Temporal.PlainDate.compare(day, lastDay) > 0)
    return invalid('too_far', 'That day is not open for booking yet. Choose an earlier one.', {
      lastDay: lastDay.toString(),
      instead: 'choose_time',
    })
  return refusedByPatient(rules, facts, day)
}

function refusedByPatient(rules: BookingRules, { bornOn, newPatient }: BookingFacts, day: Temporal.PlainDate) {
  const age = bornOn ? ageOn(bornOn, day) : undefined
  if (age !== undefined && age < 0)
    return invalid('born_in_the_future', 'Check the date of birth: it is after the visit.', {
      instead: 'check_birth_date',
    })
  if (age !== undefined && age < rules.minAgeYears)
    return invalid(
      'too_young',
      `This visit is for people of ${rules.minAgeYears} years and over. Choose a clinician who sees children.`,
      {
        minAgeYears: rules.minAgeYears,
        instead: 'find_another',
      },
    )
  if (age !== undefined && age > rules.maxAgeYears)
    return invalid(
      'too_old',
      `This visit is for people up to ${rules.maxAgeYears} years. Choose a clinician who sees adults.`,
      {
        maxAgeYears: rules.maxAgeYears,
        instead: 'find_another',
      },
    )
  if (newPatient && !rules.acceptsNew)
    return invalid('not_accepting_new', 'This clinician takes no new patients now. Choose another clinician.', {
      instead: 'find_another',
    })
  if (newPatient && rules.forPatients === 'established')
    return invalid(
      'established_only',
      'This visit is for people who have been here before. Choose a new-patient visit.',
      {
        instead: 'choose_visit',
      },
    )
  if (!newPatient && rules.forPatients === 'new')
    return invalid('new_only', 'This visit is for people who are new here. Choose another kind of visit.', {
      instead: 'choose_visit',
    })
  return undefined
}

/** Whole years lived on a day; somebody born on 29 February has a birthday on 1 March of other years. */
export function ageOn(bornOn: Temporal.PlainDate, day: Temporal.PlainDate): number {
  const hadBirthday = day.month > bornOn.month || (day.month === bornOn.month && day.day >= bornOn.day)
  return day.year - bornOn.year - (hadBirthday ? 0 : 1)
}

/** Whether patients may still change a visit by themselves. */
export function isBeforeCutoff(startsAt: Temporal.Instant, now: Temporal.Instant, cutoffMinutes: number): boolean {
  return Temporal.Instant.compare(now, startsAt.subtract({ minutes: cutoffMinutes })) <= 0
}
