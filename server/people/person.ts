/** Who somebody says they are, as it can be kept: a name with letters in it and a birth date that a living person can have. */
import { invalid } from '../platform/errors.ts'
import type { PersonDetails } from './contract.ts'
import { plainWordsOf, tidyName } from './patient-words.ts'

export type Person = Omit<PersonDetails, 'bornOn'> & { bornOn: Temporal.PlainDate }

const oldestYear = 1880

/** Pure but for its refusals: `name` and `birth_date`. One day ahead of UTC covers a baby born today in any zone. */
export function readPerson(typed: PersonDetails, now: Temporal.Instant): Person {
  const person = { ...typed, givenName: tidyName(typed.givenName), familyName: tidyName(typed.familyName) }
  if ([person.givenName, person.familyName].some((name) => plainWordsOf(name).length === 0))
    throw invalid('name', 'Write the name in letters.')
  const bornOn = Temporal.PlainDate.from(typed.bornOn)
  const tomorrow = now.toZonedDateTimeISO('UTC').toPlainDate().add({ days: 1 })
  if (bornOn.year < oldestYear || Temporal.PlainDate.compare(bornOn, tomorrow) > 0)
    throw invalid('birth_date', 'Check the date of birth.')
  return { ...person, bornOn }
}
