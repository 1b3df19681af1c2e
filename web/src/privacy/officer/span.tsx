/** From when, by whose word, and until when something was so. */
import { Trans } from '@lingui/react/macro'
import { useClinic } from '../../people/clinic.ts'
import { dateName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './officer.module.css'

interface SpanProps {
  since: string
  /** Null: not a person, or one who is gone. */
  by: string | null
  until?: string | null
  endedAt: string | null
  endedBy: string | null
}

export function Span({ since, by, until = null, endedAt, endedBy }: SpanProps) {
  const language = useLanguage()
  const { zone } = useClinic()
  const day = (at: string) => dateName(dayOf(at, zone), language)
  const from = day(since)
  // It holds to the last second before that midnight.
  const last = until && day(new Date(Date.parse(until) - 1).toISOString())
  const over = endedAt && day(endedAt)
  return (
    <span className={css.soft}>
      {by === null ? (
        <Trans>Since {from}</Trans>
      ) : (
        <Trans>
          Since {from}, by {by}
        </Trans>
      )}
      {last && !over && (
        <>
          {' · '}
          <Trans>until {last}</Trans>
        </>
      )}
      {over && (
        <>
          {' · '}
          {endedBy === null ? (
            <Trans>ended on {over}</Trans>
          ) : (
            <Trans>
              ended on {over} by {endedBy}
            </Trans>
          )}
        </>
      )}
    </span>
  )
}
