/** Which parts of a listing somebody checked lately, and since when the oldest word stands. */
import { Trans, useLingui } from '@lingui/react/macro'
import { dateName, dayOf } from '../ui/time.ts'
import { useLanguage } from '../ui/use-language.ts'
import { Icon } from '../ui/icon.tsx'
import { fieldWords, type Verified } from './field-words.ts'
import css from './verified-line.module.css'

interface VerifiedLineProps {
  verified: readonly Verified[]
  zone: string
}

/** Says nothing of what nobody checked in the last 90 days. */
export function VerifiedLine({ verified, zone }: VerifiedLineProps) {
  const { i18n } = useLingui()
  const language = useLanguage()
  const byDay = Map.groupBy(verified, ({ at }) => dayOf(at, zone))
  const words = new Intl.ListFormat(language, { type: 'conjunction' })
  return (
    <>
      {[...byDay]
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([day, fields]) => {
          const parts = words.format(fields.map(({ field }) => i18n._(fieldWords[field])))
          const when = dateName(day, language)
          return (
            <p key={day} className={css.line}>
              <Icon name="check" size={20} />
              <span>
                <Trans>
                  Checked on {when}: {parts}
                </Trans>
              </span>
            </p>
          )
        })}
    </>
  )
}
