/** The desk's bar: which view, which day, which place, by what, and what waits. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { listMatchReviews } from '../../../../server/people/contract.ts'
import { listUnreached } from '../../../../server/conversations/contract.ts'
import { listCallBacks } from '../../../../server/scheduling/contract.ts'
import { listProxyRequests } from '../../../../server/people/proxies/contract.ts'
import { asking } from '../../call.ts'
import { useSession } from '../../people/session.ts'
import { exportVisits } from '../../../../server/scheduling/exports/contract.ts'
import { Icon } from '../../ui/icon.tsx'
import { daysLater, weekdayOf } from '../../ui/time.ts'
import { ExportLink } from './export-link.tsx'
import css from './desk.module.css'
import range from './range.module.css'
import { useKeys } from '../../ui/keys.ts'
import type { Shown } from './panel.tsx'
import type { Desk } from './use-desk.ts'

interface BarProps {
  desk: Desk
  heading: string
  places: readonly { id: string; name: string }[]
  onShow: (shown: Shown) => void
}

export function Bar({ desk, heading, places, onShow }: BarProps) {
  const { t } = useLingui()
  const { view, placeId } = desk
  const back = { day: t`Previous day`, week: t`Previous week`, month: t`Previous month` }[view]
  const forth = { day: t`Next day`, week: t`Next week`, month: t`Next month` }[view]
  return (
    <header className={css.bar}>
      <Views desk={desk} />
      <nav className={css.days} aria-label={t`Day`}>
        <button
          type="button"
          className={css.tool}
          aria-keyshortcuts="P"
          aria-label={back}
          onClick={() => desk.step(-1)}
        >
          <Icon name="back" size={18} />
        </button>
        <h1 className={css.heading} aria-live="polite">
          {heading}
        </h1>
        <button
          type="button"
          className={css.tool}
          aria-keyshortcuts="N"
          aria-label={forth}
          onClick={() => desk.step(1)}
        >
          <span className={css.turned}>
            <Icon name="back" size={18} />
          </span>
        </button>
        <button
          type="button"
          className={css.tool}
          aria-keyshortcuts="T"
          disabled={desk.day === desk.today}
          onClick={() => desk.go({ day: undefined })}
        >
          <Trans>Today</Trans>
        </button>
        <input
          type="date"
          className={css.date}
          aria-label={t`Go to a date`}
          value={desk.day}
          onChange={(event) => event.currentTarget.value && desk.go({ day: event.currentTarget.value })}
        />
      </nav>
      {(places.length > 1 || placeId) && (
        <select
          className={css.date}
          aria-label={t`Place`}
          value={placeId ?? ''}
          onChange={(event) => desk.choosePlace(event.currentTarget.value || undefined)}
        >
          <option value="">{t`All places`}</option>
          {places.map((place) => (
            <option key={place.id} value={place.id}>
              {place.name}
            </option>
          ))}
        </select>
      )}
      <Waiting onShow={onShow} />
      {desk.view !== 'month' && (
        <>
          <button type="button" className={css.tool} onClick={() => window.print()}>
            <Trans>Print</Trans>
          </button>
          <ExportLink list={exportVisits} query={{ ...shownDays(desk), placeId }} className={css.tool} />
        </>
      )}
      <button type="button" className={css.tool} aria-keyshortcuts="?" onClick={() => onShow({ kind: 'keys' })}>
        <Trans>Keys</Trans>
      </button>
    </header>
  )
}

/** The day, or its week from Monday on. */
function shownDays({ view, day }: Desk) {
  if (view === 'day') return { from: day, until: day }
  const from = daysLater(day, 1 - weekdayOf(day))
  return { from, until: daysLater(from, 6) }
}

/** Day, week or month; a week and a month by clinician, room or place. */
function Views({ desk }: { desk: Desk }) {
  const { t } = useLingui()
  const views = [
    ['day', 'D', t`Day`],
    ['week', 'W', t`Week`],
    ['month', 'M', t`Month`],
  ] as const
  return (
    <fieldset className={range.views} aria-label={t`View`}>
      {views.map(([view, key, name]) => (
        <button
          key={view}
          type="button"
          className={css.tool}
          aria-keyshortcuts={key}
          aria-pressed={desk.view === view}
          onClick={() => desk.show(view)}
        >
          {name}
        </button>
      ))}
      {desk.view !== 'day' && (
        <select
          className={css.date}
          aria-label={t`Rows`}
          value={desk.by}
          onChange={({ currentTarget: { value } }) =>
            desk.go({ by: value === 'room' || value === 'place' ? value : undefined, of: undefined })
          }
        >
          <option value="clinician">{t`By clinician`}</option>
          <option value="room">{t`By room`}</option>
          <option value="place">{t`By place`}</option>
        </select>
      )}
    </fieldset>
  )
}

/** What waits for a person at the desk. */
function Waiting({ onShow }: Pick<BarProps, 'onShow'>) {
  const calls = useQuery({ ...asking(listCallBacks), refetchInterval: 60_000 }).data?.callBacks.length ?? 0
  const reviews = useQuery({ ...asking(listMatchReviews), refetchInterval: 60_000 }).data?.reviews.length ?? 0
  const unreached = useQuery({ ...asking(listUnreached), refetchInterval: 60_000 }).data?.visits.length ?? 0
  const role = useSession()?.role
  const asked = useQuery({ ...asking(listProxyRequests), refetchInterval: 60_000, enabled: role === 'front_desk' })
  const requests = asked.data?.requests.length ?? 0
  const first = calls > 0 ? 'calls' : requests > 0 ? 'requests' : 'unreached'
  useKeys({ q: () => onShow({ kind: first }) })
  return (
    <span className={css.waiting}>
      {calls > 0 && (
        <button type="button" className={css.tool} data-waits="" onClick={() => onShow({ kind: 'calls' })}>
          <Plural value={calls} one="# call to make" other="# calls to make" />
        </button>
      )}
      {reviews > 0 && (
        <Link to="/same-person" className={css.tool} data-waits="">
          <Plural value={reviews} one="# possible match" other="# possible matches" />
        </Link>
      )}
      {requests > 0 && (
        <button type="button" className={css.tool} data-waits="" onClick={() => onShow({ kind: 'requests' })}>
          <Plural value={requests} one="# asks to act for a child" other="# ask to act for a child" />
        </button>
      )}
      {unreached > 0 && (
        <button type="button" className={css.tool} data-waits="" onClick={() => onShow({ kind: 'unreached' })}>
          <Plural value={unreached} one="# patient not reached" other="# patients not reached" />
        </button>
      )}
    </span>
  )
}
