/** When a fact of a listing counts as checked: each field for 90 days from the day somebody verified it. */

/** The parts of a listing that are checked one by one. */
export const checkedFields = ['phone', 'address', 'accepts_new', 'languages', 'specialties', 'hours'] as const
export type CheckedField = (typeof checkedFields)[number]

/** What a visitor can say is wrong: a part of it, or that nobody is reached there at all. */
export const wrongFields = [...checkedFields, 'no_contact', 'not_here'] as const
export type WrongField = (typeof wrongFields)[number]

/** Directories must be checked that often (Public Health Service Act §2799A-5). */
const daysFresh = 90

/** What was verified before this is stale. */
export const staleBefore = (now: Temporal.Instant) => now.subtract({ hours: 24 * daysFresh })

const failedContacts: ReadonlySet<WrongField> = new Set(['no_contact', 'not_here'])

interface Word {
  field: WrongField
  reporter: string
  byStaff: boolean
}

/** Whether open reports take a listing out of the public search: two from different places, or one of a colleague. */
export function isGhost(words: readonly Word[]): boolean {
  const failed = words.filter(({ field }) => failedContacts.has(field))
  return failed.some(({ byStaff }) => byStaff) || new Set(failed.map(({ reporter }) => reporter)).size >= 2
}
