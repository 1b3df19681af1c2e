/** Times to choose from: big buttons or links, each read out with its day and zone. */
import { Link, type LinkProps } from '@tanstack/react-router'
import { Hidden } from './hidden.tsx'
import { clock, dayName, dayOf, zoneName } from './time.ts'
import { useLanguage } from './use-language.ts'
import css from './time-grid.module.css'

interface TimeGridProps {
  /** ISO instants, in the order to show them. */
  times: readonly string[]
  /** IANA, of the place. */
  zone: string
  /** Says what the times are of: 'Times with Dr. Okafor on Tuesday'. */
  label: string
  picked?: string | undefined
  /** Buttons that call this ... */
  onPick?: (instant: string) => void
  /** ... or links that lead here, which open in another tab and survive without a click handler. */
  linkOf?: (instant: string) => LinkProps
  /** Says the short day before the time, for times of several days. */
  withDay?: boolean
}

/** A list of times on the place's wall clock. */
export function TimeGrid({ times, zone, label, picked, onPick, linkOf, withDay = false }: TimeGridProps) {
  const language = useLanguage()
  return (
    <ul className={css.grid} aria-label={label} data-days={withDay || undefined}>
      {times.map((instant) => {
        const time = clock(instant, zone, language)
        const day = dayName(dayOf(instant, zone), language, withDay)
        const its = zoneName(instant, zone, language)
        const shown = (
          <>
            {withDay && <span className={css.day}>{day}</span>}
            {withDay && <Hidden>, </Hidden>}
            <span>{time}</span>
            <Hidden>{withDay ? ` ${its}` : ` ${its}, ${day}`}</Hidden>
          </>
        )
        return (
          <li key={instant}>
            {linkOf ? (
              <Link {...linkOf(instant)} className={css.time}>
                {shown}
              </Link>
            ) : (
              <button
                type="button"
                className={css.time}
                aria-pressed={picked === instant}
                onClick={() => onPick?.(instant)}
              >
                {shown}
              </button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
