/** The desk's bar: which day, which place, who is looked for, what waits. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { listMatchReviews } from '../../../../server/people/contract.ts'
import { listUnreached } from '../../../../server/conversations/contract.ts'
import { listCallBacks } from '../../../../server/scheduling/contract.ts'
import { listProxyRequests } from '../../../../server/people/proxies/contract.ts'
import { asking } from '../../call.ts'
import { useSession } from '../../people/session.ts'
import { Icon } from '../../ui/icon.tsx'
import { daysLater, longDay } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './desk.module.css'
import { useKeys } from '../../ui/keys.ts'
import type { Shown } from './panel.tsx'

interface BarProps {
  day: string
  today: string
  placeId: string | undefined
  places: readonly { id: string; name: string }[]
  onDay: (day: string | undefined) => void
  onPlace: (placeId: string | undefined) => void
  onShow: (shown: Shown) => void
}

export function Bar({ day, today, placeId, places, onDay, onPlace, onShow }: BarProps) {
  const { t } = useLingui()
  const language = useLanguage()
  return (
    <header className={css.bar}>
      <nav className={css.days} aria-label={t`Day`}>
        <button
          type="button"
          className={css.tool}
          aria-keyshortcuts="P"
          aria-label={t`Previous day`}
          onClick={() => onDay(daysLater(day, -1))}
        >
          <Icon name="back" size={18} />
        </button>
        <h1 className={css.heading} aria-live="polite">
          {longDay(`${day}T12:00:00Z`, 'UTC', language)}
        </h1>
        <button
          type="button"
          className={css.tool}
          aria-keyshortcuts="N"
          aria-label={t`Next day`}
          onClick={() => onDay(daysLater(day, 1))}
        >
          <span className={css.turned}>
            <Icon name="back" size={18} />
          </span>
        </button>
        <button
          type="button"
          className={css.tool}
          aria-keyshortcuts="T"
          disabled={day === today}
          onClick={() => onDay(undefined)}
        >
          <Trans>Today</Trans>
        </button>
        <input
          type="date"
          className={css.date}
          aria-label={t`Go to a date`}
          value={day}
          onChange={(event) => event.currentTarget.value && onDay(event.currentTarget.value)}
        />
      </nav>
      {(places.length > 1 || placeId) && (
        <select
          className={css.date}
          aria-label={t`Place`}
          value={placeId ?? ''}
          onChange={(event) => onPlace(event.currentTarget.value || undefined)}
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
      <button type="button" className={css.tool} aria-keyshortcuts="?" onClick={() => onShow({ kind: 'keys' })}>
        <Trans>Keys</Trans>
      </button>
    </header>
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
  const first = calls > 0 ? 'calls' : reviews > 0 ? 'matches' : requests > 0 ? 'requests' : 'unreached'
  useKeys({ w: () => onShow({ kind: first }) })
  return (
    <span className={css.waiting}>
      {calls > 0 && (
        <button type="button" className={css.tool} data-waits="" onClick={() => onShow({ kind: 'calls' })}>
          <Plural value={calls} one="# call to make" other="# calls to make" />
        </button>
      )}
      {reviews > 0 && (
        <button type="button" className={css.tool} data-waits="" onClick={() => onShow({ kind: 'matches' })}>
          <Plural value={reviews} one="# possible match" other="# possible matches" />
        </button>
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
