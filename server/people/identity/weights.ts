/** What it says of two records when a field agrees, nearly agrees or differs: every number with where it is from. */

/** m: how often one person's two records stand so. u: how often two people's do. Weight: log2(m / u). */
export interface Row {
  readonly m: number
  readonly u: number
  readonly from: string
}

export type Level = 'same' | 'nickname' | 'near' | 'swapped' | 'slip' | 'different'

/**
 * The table of the match, by field and level; the levels of a field cover every pair once. 'Arithmetic' follows from the
 * field itself. 'Estimate' is our own, to be replaced by counts of what front desks decided.
 */
export const levels = {
  familyName: {
    same: { m: 0.9, u: 0.002, from: 'Estimate: a common last name is one in a hundred, most are far rarer.' },
    near: { m: 0.07, u: 0.006, from: 'Estimate: slips, sounds, and one last name of two.' },
    different: { m: 0.03, u: 0.992, from: 'Estimate: married since, or taken down wrong.' },
  },
  givenName: {
    same: { m: 0.85, u: 0.01, from: 'Estimate: first names repeat more than last names.' },
    nickname: { m: 0.06, u: 0.004, from: 'Estimate: the everyday form of the same name.' },
    near: { m: 0.05, u: 0.01, from: 'Estimate: slips, sounds, and one first name of two.' },
    different: { m: 0.04, u: 0.976, from: 'Estimate: a name in use that is not the one on paper.' },
  },
  birthDate: {
    same: { m: 0.95, u: 0.00004, from: 'Arithmetic for u: one day of about 70 years.' },
    swapped: { m: 0.01, u: 0.00002, from: 'Arithmetic for u: half of all days have a day that could be a month.' },
    slip: { m: 0.025, u: 0.0012, from: 'Arithmetic for u: about thirty days are one digit away.' },
    different: { m: 0.015, u: 0.99874, from: 'Arithmetic: what remains.' },
  },
  gender: {
    same: { m: 0.98, u: 0.5, from: 'Arithmetic for u: about one in two.' },
    different: { m: 0.02, u: 0.5, from: 'Arithmetic: what remains.' },
  },
  phone: {
    same: { m: 0.6, u: 0.0005, from: 'Estimate: families share one.' },
    different: { m: 0.4, u: 0.9995, from: 'Arithmetic: what remains.' },
  },
  email: {
    same: { m: 0.6, u: 0.0003, from: 'Estimate: families share one, less often than a phone.' },
    different: { m: 0.4, u: 0.9997, from: 'Arithmetic: what remains.' },
  },
  postcode: {
    same: { m: 0.75, u: 0.02, from: 'Estimate: a clinic has patients of about fifty postcodes.' },
    different: { m: 0.25, u: 0.98, from: 'Arithmetic: what remains.' },
  },
} as const satisfies Record<string, Partial<Record<Level, Row>>>

export type Field = keyof typeof levels

/**
 * From `look` on a person should look; from `same` on it is very likely one person. Twins who share a home stay below
 * `same`: last name, birth date, gender and home less the first name are 30.6. A parent and a child of one last name,
 * gender and home stay below `look`: 10.0.
 */
export const thresholds = { look: 11, same: 34 } as const

/** Bits for (above 0) or against one person. */
export function weightOf({ m, u }: Row): number {
  return Math.log2(m / u)
}
