/** Plays bookings again, in the order in which they were made, as if a rule had been there: which it would have refused. Pure. */
import { decidingOn, type Rule } from './in-force.ts'
import { brokenBy, type Patient, type Taken, type Visit } from './judge.ts'

export interface Booked {
  appointmentId: string
  bookedAt: number
  visit: Visit
  patient: Patient
}

/**
 * Gives those that the rule refuses, where it is the one that decides. Who booked first stays: what a full day or a pair
 * refuses is the one that was booked later.
 */
export function refusedIn(bookings: readonly Booked[], rule: Rule, others: readonly Rule[]): Booked[] {
  const rules = [...others.filter(({ ruleId }) => ruleId !== rule.ruleId), rule]
  const known = new Map<string, Taken[]>()
  const refused: Booked[] = []
  for (const booked of bookings.toSorted(inTurn)) {
    const { visit, patient } = booked
    const decides = decidingOn(rules, visit, visit.when.date).filter((one) => one === rule)
    const week = Math.floor(visit.when.start / weekMinutes)
    const taken = [-1, 0, 1].flatMap((off) => known.get(`${visit.practitionerId} ${week + off}`) ?? [])
    if (brokenBy(decides, visit, { now: booked.bookedAt, taken }, patient)) {
      refused.push(booked)
      continue
    }
    const key = `${visit.practitionerId} ${week}`
    const own = {
      start: visit.when.start,
      end: visit.when.end,
      visitTypeId: visit.visitTypeId,
      isNew: patient.isNew || visit.forPatients === 'new',
    }
    known.set(key, [...(known.get(key) ?? []), own])
  }
  return refused
}

/** Ids are made in the order of time: they tell apart who booked in one minute. */
const inTurn = (a: Booked, b: Booked) => a.bookedAt - b.bookedAt || (a.appointmentId < b.appointmentId ? -1 : 1)

const weekMinutes = 7 * 1440
