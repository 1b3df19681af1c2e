/** The time that is being booked, above every question: how long it is kept, and what to do when it is not. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Button } from '../../ui/button.tsx'
import { ClinicTime } from '../../ui/clinic-time.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { TimeGrid } from '../../ui/time-grid.tsx'
import { GroupWords } from '../find/group-words.tsx'
import type { Booking } from './book.tsx'
import { nextOpenings } from './next-openings.ts'
import css from './book.module.css'

/** `brief` where the page itself says what is booked. */
export function Chosen({
  offered: { offering, clinician, place },
  at,
  search,
  hold,
  brief = false,
}: Booking & { brief?: boolean }) {
  const { t } = useLingui()
  return (
    <section className={css.chosen} aria-label={t`Your time`}>
      {!brief && (
        <p className={css.summary}>
          <strong>
            <ClinicTime at={at} zone={place.zone} video={offering.mode === 'video'} />
          </strong>
          <span className={css.soft}>
            {offering.visitType.name}, {clinician.name}
            <GroupWords seats={offering.seats} />
            {offering.mode === 'video' ? (
              <>
                {', '}
                <Trans>by video</Trans>
              </>
            ) : (
              `, ${place.name}`
            )}
          </span>
        </p>
      )}
      <div className={css.keeping}>
        {hold.held && <Countdown until={hold.held.expiresAt} onEnd={hold.onEnd} onMark={hold.onMark} />}
        <Link to="/book" search={{ ...search, step: 'time' }} className={css.change}>
          <Trans>Change time</Trans>
        </Link>
      </div>
      {hold.ended && !hold.error && (
        <Notice tone="warn" says="now" title={<Trans>The time is no longer kept for you</Trans>}>
          <p>
            <Trans>Everything you typed is still here. It may still be free.</Trans>
          </p>
          <Button size="sm" onClick={hold.again}>
            <Trans>Keep it for me again</Trans>
          </Button>
        </Notice>
      )}
      <Taken error={hold.error} search={search} zone={place.zone} onAgain={hold.again} />
    </section>
  )
}

interface TakenProps {
  error: unknown
  search: Booking['search']
  zone: string
  onAgain: () => void
}

/** Somebody was faster: the next times, one tap each. Any other refusal is shown as it is. */
export function Taken({ error, search, zone, onAgain }: TakenProps) {
  const { t } = useLingui()
  const next = nextOpenings(error)
  if (!error) return null
  if (!next) return <Refusal error={error} onAgain={onAgain} />
  return (
    <Refusal error={error}>
      <p className={css.nextLabel}>
        {next.length ? (
          <Trans>These are the next ones. What you typed stays.</Trans>
        ) : (
          <Trans>What you typed stays.</Trans>
        )}
      </p>
      <TimeGrid
        times={next}
        zone={zone}
        label={t`Next open times`}
        linkOf={(at) => ({ to: '/book', search: { ...search, at, step: 'details' }, replace: true })}
        withDay
      />
      <p className={css.nextLabel}>
        <Link to="/book" search={{ ...search, step: 'time' }}>
          <Trans>All open times</Trans>
        </Link>
      </p>
    </Refusal>
  )
}
