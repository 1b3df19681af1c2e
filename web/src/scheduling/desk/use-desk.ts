/** Where somebody is at the desk, and how they get elsewhere: all of it is in the address. */
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { given } from '../../address.ts'
import { clinicNow } from '../../call.ts'
import { useHouse } from '../../ui/house.ts'
import { dayOf } from '../../ui/time.ts'
import { keepOwnPlace, ownPlace } from './own-place.ts'
import type { DeskSearch } from './search.ts'
import { stepped } from './steps.ts'

const route = getRouteApi('/work/desk')

export type View = 'day' | 'week' | 'month'
export type Desk = ReturnType<typeof useDesk>

export function useDesk() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { zone } = useHouse()
  const today = dayOf(new Date(clinicNow()).toISOString(), zone)
  const { day = today, placeId = ownPlace() } = search
  const view: View = search.view ?? 'day'
  /** What is not said stays as it is. */
  const go = (next: { [Field in keyof DeskSearch]: DeskSearch[Field] | undefined }) => {
    const { day: nextDay, ...rest } = { ...search, placeId, ...next }
    void navigate({ to: '/desk', search: given({ ...rest, day: nextDay === today ? undefined : nextDay }) })
  }
  return {
    search,
    zone,
    today,
    day,
    placeId,
    view,
    by: search.by ?? ('clinician' as const),
    go,
    step: (by: 1 | -1) => go({ day: stepped(day, view, by) }),
    show: (next: View) => go({ view: next === 'day' ? undefined : next }),
    choosePlace(next: string | undefined) {
      keepOwnPlace(next)
      go({ placeId: next, of: undefined })
    },
  }
}

/** Asks again when the server says that something changed. */
export function useLive() {
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
