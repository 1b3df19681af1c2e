/** Whether a visit is for this patient, said while the form is filled and not at its end. The server decides; this only spares a detour. */
import type { Offering } from '../../../../server/scheduling/contract.ts'

/** The refusal's code, or undefined when it fits. `bornOn` and `day` (of the visit) are YYYY-MM-DD. */
export function misfit(
  offering: Offering,
  patient: { bornOn: string; isNew: boolean },
  day: string,
): string | undefined {
  const age = ageOn(patient.bornOn, day)
  if (age < offering.minAgeYears) return 'too_young'
  if (age > offering.maxAgeYears) return 'too_old'
  if (patient.isNew && offering.forPatients === 'established') return 'established_only'
  if (!patient.isNew && offering.forPatients === 'new') return 'new_only'
  return undefined
}

/** Whole years lived on a day; born on 29 February, a birthday is on 1 March of other years. */
export function ageOn(bornOn: string, day: string): number {
  return Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4)) - (day.slice(5) < bornOn.slice(5) ? 1 : 0)
}
