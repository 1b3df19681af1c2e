/** What is missing or cannot be right in the details of a booking, in the reader's language. */
import { useLingui } from '@lingui/react/macro'
import type { Offering } from '../../../../server/scheduling/contract.ts'
import { readBirthDate } from '../../ui/birth-date.ts'
import { readContact } from '../../ui/contact.ts'
import { useDateFaultWords } from '../../ui/date-of-birth.tsx'
import type { Problem } from '../../ui/problems.tsx'
import { refusalWords } from '../../ui/refusal-words.ts'
import type { BookingDraft } from './draft.ts'
import { misfit } from './fits.ts'

interface Asked {
  offering: Offering
  /** YYYY-MM-DD, of the visit and of now, at the place. */
  day: string
  today: string
}

/** All problems at once; `misfit` is the code when the visit is for somebody else. */
export function useCheck(): (draft: BookingDraft, asked: Asked) => { problems: Problem[]; misfit: string | undefined } {
  const { t, i18n } = useLingui()
  const dateWords = useDateFaultWords()
  return (draft, { offering, day, today }) => {
    const problems: Problem[] = []
    const born = readBirthDate(draft.born, today)
    if (!draft.givenName.trim()) problems.push({ field: 'givenName', text: t`Enter the first name` })
    if (!draft.familyName.trim()) problems.push({ field: 'familyName', text: t`Enter the last name` })
    if ('fault' in born) problems.push({ field: `born-${born.part}`, text: dateWords(born) })
    if (!draft.here) problems.push({ field: 'here', text: t`Say whether the patient has been here before` })
    if (draft.onlyLandline && readContact(draft.landline)?.kind !== 'phone')
      problems.push({ field: 'landline', text: t`Enter a phone number with its area code` })
    if (!draft.onlyLandline && !readContact(draft.contact))
      problems.push({ field: 'contact', text: t`Enter a mobile number with its area code, or an email address` })
    const not =
      'bornOn' in born && draft.here
        ? misfit(offering, { bornOn: born.bornOn, isNew: draft.here === 'new' }, day)
        : undefined
    const words = not && refusalWords[not]
    if (words) problems.push({ field: not.startsWith('too') ? 'born-year' : 'here', text: i18n._(words) })
    return { problems, misfit: not }
  }
}
