/** Places that have what somebody needs: as a filter, and what is known of a place. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { AccessFact } from '../../../../server/directory/contract.ts'
import { readMySupport } from '../../../../server/people/contract.ts'
import { asking } from '../../call.ts'
import { accessWords, features, featuresIn, type Feature } from '../../directory/access-words.ts'
import { useSession } from '../../people/session.ts'
import { CheckField, Fieldset } from '../../ui/fieldset.tsx'
import { Icon } from '../../ui/icon.tsx'
import { dateName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './access.module.css'
import type { CareSearch, Change } from './search.ts'

/** What a patient said of themselves, as what a place must have. */
const neededFor: Readonly<Record<string, readonly Feature[]>> = {
  wheelchair: ['step_free', 'accessible_restroom'],
  mobility: ['step_free'],
  captions: ['hearing_loop'],
  quiet: ['quiet_room'],
}

/**
 * The search with what the patient needs, unless they chose here. It stays out of the address: that one needs it is
 * nobody's to read there.
 */
export function useNeeds(search: CareSearch): CareSearch {
  const isPatient = useSession()?.role === 'patient'
  const { data } = useQuery({ ...asking(readMySupport), enabled: isPatient && search.access === undefined })
  if (search.access !== undefined || !isPatient) return search
  const needed = new Set((data?.needs ?? []).flatMap((need) => neededFor[need] ?? []))
  return needed.size === 0 ? search : { ...search, access: features.filter((one) => needed.has(one)).join(',') }
}

export function AccessField({ search, change }: { search: CareSearch; change: Change }) {
  const { t, i18n } = useLingui()
  const asked = featuresIn(search.access)
  const set = (feature: Feature, on: boolean) => {
    const wanted = features.filter((one) => (one === feature ? on : asked.includes(one)))
    // Said aloud, so that what one needs at every visit is not added again.
    change({ access: wanted.join(',') || 'any' })
  }
  return (
    <Fieldset name="access" label={t`The place has`}>
      <div className={css.choices}>
        {features.map((feature) => (
          <CheckField
            key={feature}
            name={`access-${feature}`}
            label={i18n._(accessWords[feature])}
            checked={asked.includes(feature)}
            onChange={(on) => set(feature, on)}
          />
        ))}
      </div>
    </Fieldset>
  )
}

/** What somebody found at a place, and what they found missing; nothing of what nobody looked at. */
export function AccessFacts({ facts }: { facts: readonly AccessFact[] }) {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  if (facts.length === 0) return null
  return (
    <ul className={css.facts} aria-label={t`Accessibility`}>
      {facts.map(({ feature, present, source, verifiedOn }) => {
        const what = i18n._(accessWords[feature])
        const day = dateName(verifiedOn, language)
        return (
          <li key={feature}>
            <Icon name={present ? 'check' : 'info'} size={20} />
            <span>
              <strong>{present ? what : <Trans>Not here: {what}</Trans>}</strong>
              <span className={css.source}>
                {source === 'seen' ? <Trans>Seen by us on {day}</Trans> : <Trans>Says the place, {day}</Trans>}
              </span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
