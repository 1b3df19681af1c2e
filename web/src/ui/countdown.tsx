/** A visible countdown that a screen reader hears only at two minutes, one minute, thirty seconds and the end. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useEffectEvent, useState } from 'react'
import { clinicNow } from '../call.ts'
import { markPassed, minutesAndSeconds, secondsLeft } from './countdown.ts'
import { Hidden } from './hidden.tsx'
import { Icon } from './icon.tsx'
import css from './countdown.module.css'

interface CountdownProps {
  /** ISO instant by the clinic's clock. */
  until: string
  /** Once, when nothing is left. */
  onEnd: () => void
  /** Of seconds left: to offer more time before it is too late. */
  onMark?: (secondsLeft: number) => void
}

/** Give it a new `until` to start it again. */
export function Countdown({ until, onEnd, onMark }: CountdownProps) {
  const { t } = useLingui()
  const [{ left, mark }, set] = useState(() => ({ left: secondsLeft(until, clinicNow()), mark: -1 }))
  const passed = useEffectEvent((at: number) => {
    onMark?.(at)
    if (at === 0) onEnd()
  })
  useEffect(() => {
    let before = secondsLeft(until, clinicNow()) + 1
    const look = () => {
      const now = secondsLeft(until, clinicNow())
      const at = markPassed(before, now)
      before = now
      set((was) => ({ left: now, mark: at ?? was.mark }))
      if (at !== undefined) passed(at)
      if (now === 0) clearInterval(timer)
    }
    const timer = setInterval(look, 500)
    return () => clearInterval(timer)
  }, [until])
  const low = left <= 60
  const said = mark < 0 ? '' : mark === 0 ? t`The time is no longer kept for you.` : spoken(mark)
  return (
    <p className={css.countdown} data-low={low || undefined}>
      <Icon name="clock" />
      <span>
        <Trans>
          Kept for you: <strong className={css.digits}>{minutesAndSeconds(left)}</strong>
        </Trans>
      </span>
      <Hidden as="output">{said}</Hidden>
    </p>
  )
}

const spoken = (seconds: number) =>
  seconds >= 60
    ? plural(Math.floor(seconds / 60), { one: '# minute left.', other: '# minutes left.' })
    : plural(seconds, { one: '# second left.', other: '# seconds left.' })
