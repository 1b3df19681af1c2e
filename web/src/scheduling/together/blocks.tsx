/** Blocks of times to choose from, each one big button that says the first and the last of its times. */
import { Trans } from '@lingui/react/macro'
import { clock, dayName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import type { Block } from './draft.ts'
import css from './together.module.css'

interface BlocksProps {
  blocks: readonly Block[]
  /** IANA, of the place. */
  zone: string
  /** Minutes of each visit. */
  minutes: number
  busy: boolean
  onPick: (block: Block) => void
}

/** In the order given, under their days. */
export function Blocks({ blocks, zone, minutes, busy, onPick }: BlocksProps) {
  const language = useLanguage()
  const byDay = Map.groupBy(blocks, ({ visits }) => dayOf(visits[0]?.startsAt ?? '', zone))
  const end = (at: string) => new Date(Date.parse(at) + minutes * 60_000).toISOString()
  return [...byDay].map(([day, ofDay]) => (
    <section key={day} aria-label={dayName(day, language)}>
      <h2 className={css.day}>{dayName(day, language)}</h2>
      <ul className={css.blocks}>
        {ofDay.map((block) => {
          const times = block.visits.map(({ startsAt }) => startsAt)
          const [first = ''] = times
          const from = clock(first, zone, language)
          const until = clock(end(times.at(-1) ?? first), zone, language)
          return (
            <li key={first + (block.visits[1]?.offeringId ?? '')}>
              <button type="button" className={css.block} aria-disabled={busy} onClick={() => !busy && onPick(block)}>
                <Trans>
                  {from} to {until}
                </Trans>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  ))
}
