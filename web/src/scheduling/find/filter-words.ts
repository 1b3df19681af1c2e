/** A filter in a few words, as it is shown on its chip: 'Within 10 miles', 'Speaks Spanish'. */
import { useLingui } from '@lingui/react/macro'
import { accessWords, featuresIn } from '../../directory/access-words.ts'
import { dayName, within } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { usePlanName } from './plans.tsx'
import { genderWords, languageName, modeWords, partWords } from './said.ts'
import type { CareSearch } from './search.ts'

/** The filters that are shown as chips. */
export const chips = [
  'planId',
  'withinMiles',
  'from',
  'part',
  'speaks',
  'gender',
  'newPatient',
  'ageYears',
  'mode',
  'access',
] as const

/** Gives the words of one field of this search. */
export function useFilterWords(search: CareSearch): (field: keyof CareSearch) => string {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  const plan = usePlanName(search.planId)
  return (field) => {
    const { q = '', near = '', withinMiles = 0, from, part, speaks, gender, ageYears = 0, mode } = search
    switch (field) {
      case 'q':
        return `“${q}”`
      case 'planId':
        return plan ?? t`Insurance plan`
      case 'near':
        return t`Near ${near}`
      case 'withinMiles':
        return t`Within ${withinMiles} miles`
      case 'from':
        return from ? t`From ${within(dayName(from, language, true), language)}` : ''
      case 'part':
        return part ? i18n._(partWords[part]) : ''
      case 'speaks':
        return speaks ? t`Speaks ${languageName(speaks, language)}` : ''
      case 'gender':
        return gender ? i18n._(genderWords[gender]) : ''
      case 'newPatient':
        return search.newPatient ? t`New patient` : t`Been here before`
      case 'ageYears':
        return t`Age ${ageYears}`
      case 'mode':
        return mode ? i18n._(modeWords[mode]) : ''
      case 'access':
        return featuresIn(search.access)
          .map((feature) => i18n._(accessWords[feature]))
          .join(' · ')
      case 'sort':
        return search.sort === 'distance' ? t`Nearest first` : t`Soonest first`
    }
  }
}
