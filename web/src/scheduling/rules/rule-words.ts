/** The rules in plain words: what each kind is, what one says, where it holds. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import {
  ruleKinds,
  type listRules,
  type RuleKind,
  type Settings,
  type Version,
} from '../../../../server/scheduling/rules/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { dateName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'

export type Rules = Reply<typeof listRules>
export type Line = Rules['rules'][number]
export type Scope = Line['scope']

export const kinds = ruleKinds

export const kindNames: Readonly<Record<RuleKind, MessageDescriptor>> = {
  holidays: msg`Closed days`,
  alternate_weeks: msg`Alternate weeks`,
  reserved_time: msg`Reserved time`,
  daily_cap: msg`Most visits in a day`,
  pair_buffer: msg`Distance between two kinds of visit`,
  new_patient_quota: msg`Places for new patients`,
  licence: msg`States of a licence`,
  ages: msg`Ages`,
  referral: msg`Referral or authorization`,
}

export const stateNames: Readonly<Record<Version['state'], MessageDescriptor>> = {
  draft: msg`Draft`,
  proposed: msg`Waits for approval`,
  approved: msg`Approved`,
  returned: msg`Sent back`,
  withdrawn: msg`Replaced before it was decided`,
}

/** Monday first, in the reader's language. */
export function useWeekdays(): string[] {
  const language = useLanguage()
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' })
  // 5 January 1970 was a Monday.
  return Array.from({ length: 7 }, (_, day) => format.format((4 + day) * 86_400_000))
}

export const wallOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** What a version says, in one line. */
export function useSaid({ visitTypes }: Pick<Rules, 'visitTypes'>) {
  const { t } = useLingui()
  const language = useLanguage()
  const weekdays = useWeekdays()
  const visit = (id: string) => visitTypes.find((one) => one.id === id)?.name ?? t`another visit`
  const list = (some: readonly string[]) => new Intl.ListFormat(language).format(some)
  const said = (settings: Settings): string => {
    if ('days' in settings) return list(settings.days.map(({ on, name }) => `${dateName(on, language)} (${name})`))
    if ('everyWeeks' in settings) {
      const [weeks, from] = [settings.everyWeeks, dateName(settings.anchorOn, language)]
      return t`Open every ${weeks} weeks, from the week of ${from}`
    }
    if ('releaseHours' in settings) {
      const [name, hours] = [visit(settings.forVisitTypeId), settings.releaseHours]
      const blocks = list(
        settings.blocks.map(
          (one) => `${weekdays[one.weekday - 1]} ${wallOf(one.fromMinute)}–${wallOf(one.untilMinute)}`,
        ),
      )
      return t`${blocks} for ${name}; open to all ${hours} hours before`
    }
    if ('firstVisitTypeId' in settings) {
      const [first, then, minutes] = [
        visit(settings.firstVisitTypeId),
        visit(settings.thenVisitTypeId),
        settings.minutes,
      ]
      return t`${minutes} minutes between ${first} and ${then}`
    }
    if ('per' in settings) {
      const { visits, per } = settings
      return per === 'day'
        ? t`${visits} new patients a day, of each clinician`
        : t`${visits} new patients a week, of each clinician`
    }
    if ('visits' in settings) {
      const { visits } = settings
      return t`At most ${visits} visits a day, of each clinician`
    }
    if ('states' in settings) {
      const states = list(settings.states)
      return t`Patients in ${states}`
    }
    if ('needs' in settings)
      return settings.needs === 'referral' ? t`Needs a referral` : t`Needs the insurer’s authorization`
    const { minYears, maxYears } = settings
    return t`From ${minYears} to ${maxYears} years`
  }
  return ({ standing, settings }: Pick<Version, 'standing' | 'settings'>): string => {
    if (standing === 'ended') return t`Ended: as if there were no such rule`
    if (standing === 'exempt') return t`The wider rule does not hold here`
    return settings ? said(settings) : ''
  }
}

/** Where it holds, from the widest part on. */
export function useScopeName({ places, clinicians, visitTypes }: Pick<Rules, 'places' | 'clinicians' | 'visitTypes'>) {
  const { t } = useLingui()
  const name = (some: Rules['places'], id: string | null) => some.find((one) => one.id === id)?.name
  return ({ placeId, clinicianId, visitTypeId }: Scope): string =>
    [name(places, placeId), name(visitTypes, visitTypeId), name(clinicians, clinicianId)].filter(Boolean).join(' · ') ||
    t`The whole clinic`
}
