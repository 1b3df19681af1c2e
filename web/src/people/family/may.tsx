/** What somebody may do for another and until when, as both of them read it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useHouse } from '../../ui/house.ts'
import { dateName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { scopeWords, type Scope } from './scope-words.ts'
import css from '../me/me.module.css'

export function Scopes({ scopes }: { scopes: readonly Scope[] }) {
  const { i18n } = useLingui()
  const list = new Intl.ListFormat(useLanguage(), { type: 'conjunction' })
  const said = list.format(scopes.map((scope) => i18n._(scopeWords[scope])))
  return (
    <span className={css.soft}>
      <Trans>Allowed: {said}.</Trans>
    </span>
  )
}

/** `at` is an ISO instant; null goes on until somebody ends it. */
export function Until({ at }: { at: string | null }) {
  const { zone } = useHouse()
  const language = useLanguage()
  if (at === null)
    return (
      <span className={css.soft}>
        <Trans>Until somebody ends it.</Trans>
      </span>
    )
  const day = dateName(dayOf(at, zone), language)
  return (
    <span className={css.soft}>
      <Trans>Until {day}.</Trans>
    </span>
  )
}
