/** How full a day is: in words, and as a bar for the eye. */
import { Plural, Trans } from '@lingui/react/macro'
import css from './range.module.css'

interface Filled {
  visits: number
  bookedMinutes: number
  openMinutes: number
}

export function Fill({ fill: { visits, bookedMinutes, openMinutes } }: { fill: Filled }) {
  const share = openMinutes > 0 ? Math.round((100 * bookedMinutes) / openMinutes) : undefined
  return (
    <span className={css.fill} data-closed={share === undefined && visits === 0 ? '' : undefined}>
      <span>
        {share === undefined && visits === 0 ? (
          <Trans>Closed</Trans>
        ) : (
          <Plural value={visits} one="# visit" other="# visits" />
        )}
        {share !== undefined && <Trans>, {share}% full</Trans>}
      </span>
      {share !== undefined && (
        <span className={css.bar} aria-hidden="true">
          <span
            className={css.booked}
            data-full={share >= 95 ? '' : undefined}
            style={{ inlineSize: `${Math.min(100, share)}%` }}
          />
        </span>
      )}
    </span>
  )
}
