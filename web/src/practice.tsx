/** On every page of a practice copy: that nothing is real, what time it is there, and how to move its clock. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, type FormEvent } from 'react'
import { movePracticeClock } from '../../server/people/practice/contract.ts'
import { call, clinicNow } from './call.ts'
import css from './practice.module.css'
import { useHouse } from './ui/house.ts'
import { Refusal } from './ui/refusal.tsx'
import { clock, longDay, within, zoneName } from './ui/time.ts'
import { useLanguage } from './ui/use-language.ts'

const hour = 60
const day = 24 * hour

/** Loaded where it is shown: no other copy has it. */
export function PracticeBanner() {
  const { t } = useLingui()
  const { zone } = useHouse()
  const language = useLanguage()
  const now = useNow()
  const queries = useQueryClient()
  const moving = useMutation({
    mutationFn: (body: { minutes: number } | { wall: string }) => call(movePracticeClock, { body }),
    onSettled: () => queries.invalidateQueries(),
  })
  const on = `${within(longDay(now, zone, language), language)}, ${clock(now, zone, language)} ${zoneName(now, zone, language)}`
  const set = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wall = new FormData(event.currentTarget).get('wall')
    if (typeof wall === 'string' && wall) moving.mutate({ wall })
  }
  return (
    <aside className={css.banner} aria-label={t`Practice copy`}>
      <p>
        <Trans>
          <strong>Practice copy: nothing here is real.</strong> It is {on}.
        </Trans>
      </p>
      <details className={css.clock}>
        <summary>
          <Trans>Move the clock</Trans>
        </summary>
        <div className={css.ways}>
          <button type="button" onClick={() => moving.mutate({ minutes: hour })}>
            <Trans>1 hour on</Trans>
          </button>
          <button type="button" onClick={() => moving.mutate({ minutes: day })}>
            <Trans>1 day on</Trans>
          </button>
          <button type="button" onClick={() => moving.mutate({ minutes: 7 * day })}>
            <Trans>1 week on</Trans>
          </button>
          <form onSubmit={set}>
            <input type="datetime-local" name="wall" required aria-label={t`Day and time at the clinic`} />
            <button type="submit">
              <Trans>Set</Trans>
            </button>
          </form>
        </div>
      </details>
      <Refusal error={moving.error} />
    </aside>
  )
}

/** The clinic's time, anew every few seconds: each reply may have told another one. */
function useNow(): string {
  const [now, tell] = useState(clinicNow)
  useEffect(() => {
    const ticking = setInterval(() => tell(clinicNow()), 2_000)
    return () => clearInterval(ticking)
  }, [])
  return new Date(now).toISOString()
}
