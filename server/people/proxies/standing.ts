/** Whether a grant to act for somebody stands at a moment, and what of the record it leaves out. Pure: no clock, no database. */
import type { Basis } from './tables.ts'

/** What the organization decided about age. */
export interface AgeRules {
  confidentialFromYears: number
  proxyEndsYears: number
}

export interface GrantTimes {
  basis: Basis
  fromAt: Temporal.Instant
  untilAt: Temporal.Instant | null
  endedAt: Temporal.Instant | null
  blockedAt: Temporal.Instant | null
}

/** Of the patient: born when, where the clinic's days begin, whether they have died. */
export interface Age {
  bornOn: Temporal.PlainDate | null
  zone: string
  hasDied: boolean
  rules: AgeRules
}

export interface Standing {
  stands: boolean
  /** What is confidential to a teenager stays so from this person. */
  withoutConfidential: boolean
  /** When it ends by itself; null when it does not. */
  endsAt: Temporal.Instant | null
}

/**
 * The local midnight that begins a birthday. Whoever was born on 29 February has it on 1 March of years without one. Where
 * clocks skip midnight, the first moment of that day.
 */
export function birthdayAt(bornOn: Temporal.PlainDate, years: number, zone: string): Temporal.Instant {
  const same = bornOn.add({ years })
  const day = same.day === bornOn.day ? same : same.add({ days: 1 })
  return day.toZonedDateTime(zone).toInstant()
}

const byBirth: ReadonlySet<Basis> = new Set(['parent', 'guardian'])

/**
 * What parents and guardians of a child were given ends at the birthday that the organization set; a guardian of an adult
 * was given it after that. Without a birth date nothing can be said to be a child's: nothing of theirs stands.
 */
export function standingOf(grant: GrantTimes, age: Age, now: Temporal.Instant): Standing {
  const { basis, fromAt, untilAt, endedAt, blockedAt } = grant
  const { bornOn, zone, hasDied, rules } = age
  const ofChild = byBirth.has(basis)
  const grown = bornOn && birthdayAt(bornOn, rules.proxyEndsYears, zone)
  const isOfAdult = basis === 'guardian' && grown !== null && !isBefore(fromAt, grown)
  const byAge = ofChild && !isOfAdult ? grown : null
  const endsAt = earliest(untilAt, byAge)
  const isUnknown = ofChild && bornOn === null
  const isOn = !isBefore(now, fromAt) && (endsAt === null || isBefore(now, endsAt))
  return {
    stands: isOn && endedAt === null && blockedAt === null && !hasDied && !isUnknown,
    withoutConfidential:
      ofChild && !isOfAdult && !(bornOn && isBefore(now, birthdayAt(bornOn, rules.confidentialFromYears, zone))),
    endsAt,
  }
}

/** Whether somebody is a child yet, by the organization's rule: parents may be given something. */
export const isChild = ({ bornOn, zone, rules }: Age, now: Temporal.Instant) =>
  bornOn !== null && isBefore(now, birthdayAt(bornOn, rules.proxyEndsYears, zone))

const isBefore = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) < 0

function earliest(one: Temporal.Instant | null, other: Temporal.Instant | null): Temporal.Instant | null {
  if (!one || !other) return one ?? other
  return isBefore(one, other) ? one : other
}
