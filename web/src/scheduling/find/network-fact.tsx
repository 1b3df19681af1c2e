/** 'In network' is somebody's word on a date: never shown without whose and when. */
import { Trans } from '@lingui/react/macro'
import type { NetworkFact } from '../../../../server/coverage/contract.ts'
import { Icon } from '../../ui/icon.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { shortDate } from './said.ts'
import css from './network-fact.module.css'

/** A word of the practice alone, or one older than 90 days, does not look confirmed. */
export function NetworkLine({ fact }: { fact: NetworkFact }) {
  const language = useLanguage()
  const day = shortDate(fact.knownOn, language)
  const percent = new Intl.NumberFormat(language, { style: 'percent' }).format(fact.confidence)
  const sure = fact.source !== 'practice' && !fact.faded
  return (
    <span className={css.line} data-sure={sure || undefined}>
      <Icon name={sure ? 'check' : 'info'} size={20} />
      <span>
        <strong>
          {sure ? <Trans>In network: {fact.network}</Trans> : <Trans>Maybe in network: {fact.network}</Trans>}
        </strong>
        <span className={css.source}>
          <Source source={fact.source} day={day} />
          {'. '}
          <Trans>About {percent} sure</Trans>
          {fact.faded && (
            <>
              {'. '}
              <Trans>Older than 90 days: call your plan to check</Trans>
            </>
          )}
        </span>
      </span>
    </span>
  )
}

function Source({ source, day }: { source: NetworkFact['source']; day: string }) {
  if (source === 'payer_directory') return <Trans>Listed in the insurer’s own directory, checked {day}</Trans>
  if (source === 'eligibility_check') return <Trans>Checked with the insurer, {day}</Trans>
  return <Trans>Says the practice, {day}; not confirmed by the insurer</Trans>
}
