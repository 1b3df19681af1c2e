/** One day of the desk: its bar, its columns, and the panel beside them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { readDay } from '../../../../server/scheduling/contract.ts'
import { asking, clinicNow } from '../../call.ts'
import { Empty } from '../../ui/empty.tsx'
import { useHouse } from '../../ui/house.ts'
import { Loading } from '../../ui/loading.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dayOf, daysLater, longDay } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { Bar } from './bar.tsx'
import { Columns } from './columns.tsx'
import css from './desk.module.css'
import { useKeys } from '../../ui/keys.ts'
import { layOut } from './lay-out.ts'
import { keepOwnPlace, ownPlace } from './own-place.ts'
import { Panel, type Shown } from './panel.tsx'

const route = getRouteApi('/work/desk')

export function Day() {
  const { t } = useLingui()
  const language = useLanguage()
  const { zone } = useHouse()
  const { day: asked, placeId = ownPlace() } = route.useSearch()
  const navigate = route.useNavigate()
  const today = dayOf(new Date(clinicNow()).toISOString(), zone)
  const day = asked ?? today
  const [shown, show] = useState<Shown>({ kind: 'start' })
  const query = useQuery({
    ...asking(readDay, { path: { day }, query: { ...(placeId && { placeId }), language } }),
    placeholderData: keepPreviousData,
    // Should a live word be missed, the page finds out by itself.
    refetchInterval: 15_000,
  })
  useLive()
  const goTo = (next: string | undefined) =>
    void navigate({
      to: '/desk',
      search: { ...(next && next !== today && { day: next }), ...(placeId && { placeId }) },
    })
  useKeys({
    t: () => goTo(undefined),
    n: () => goTo(daysLater(day, 1)),
    p: () => goTo(daysLater(day, -1)),
    '/': () => document.getElementById('patient-lookup')?.focus(),
    '?': () => show({ kind: 'keys' }),
    Escape: () => show({ kind: 'start' }),
  })
  const heading = longDay(`${day}T12:00:00Z`, 'UTC', language)
  useEffect(() => {
    document.title = `${heading} · ${t`Front desk`}`
  }, [heading, t])
  return (
    <>
      <Bar
        day={day}
        today={today}
        placeId={placeId}
        places={query.data?.places ?? []}
        onDay={goTo}
        onPlace={(next) => {
          keepOwnPlace(next)
          void navigate({ to: '/desk', search: { ...(asked && { day: asked }), ...(next && { placeId: next }) } })
        }}
        onShow={show}
      />
      <div className={css.body}>
        <section className={css.day} aria-busy={query.isFetching} aria-label={heading}>
          <Refusal error={query.error} onAgain={() => void query.refetch()} />
          {query.isPending && <Loading cards={3} />}
          {query.data && query.data.columns.length === 0 && (
            <Empty icon="calendar" title={t`Nobody works on this day`}>
              <Trans>Go to another day with N and P.</Trans>
            </Empty>
          )}
          {query.data && query.data.columns.length > 0 && (
            <Columns page={layOut(query.data)} zone={query.data.zone} shown={shown} onShow={show} />
          )}
        </section>
        <Panel shown={shown} day={day} zone={zone} data={query.data} onShow={show} />
      </div>
    </>
  )
}

/** Asks again when the server says that something changed. */
function useLive() {
  const queries = useQueryClient()
  useEffect(() => {
    const source = new EventSource('/api/scheduling/live')
    const again = () =>
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/api/scheduling/'),
      })
    source.addEventListener('changed', again)
    return () => source.close()
  }, [queries])
}
