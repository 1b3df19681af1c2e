/** How sure a network fact is: by whose word, and less with every month that nobody asked again. Pure. */

/**
 * On the day it was said. A payer's directory is worth no more than 0.8: reviews by CMS in 2016 to 2018 found about half of the
 * listed places wrong in something. The other two, and the half-life, are our estimates.
 */
const atFirst = { eligibility_check: 0.95, payer_directory: 0.8, practice: 0.6 } as const
/** After so many days half of it is left. */
const halfLifeDays = 270

/** From 0 to 1, in hundredths. */
export function confidenceOf(source: keyof typeof atFirst, daysOld: number): number {
  return Math.round(atFirst[source] * 0.5 ** (Math.max(0, daysOld) / halfLifeDays) * 100) / 100
}
