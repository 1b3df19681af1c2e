/** Books a visit, one question a page; Back, a reload or a lost connection costs nothing that was typed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, lazyRouteComponent, useNavigate } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { readOffering } from '../../../../server/scheduling/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking, clinicNow } from '../../call.ts'
import { useActing } from '../../people/family/acting.ts'
import { spokenNow } from '../../lang/languages.ts'
import type { Given } from '../../screen.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { useDraft } from '../../ui/draft.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { ChooseTime } from './choose-time.tsx'
import { Details } from './details.tsx'
import { ForWhom } from './for-whom.tsx'
import { openRecords, type OpenRecords } from './open-records.ts'
import { emptyBooking, stepShown, type BookingDraft } from './draft.ts'
import type { BookingSearch } from './search.ts'
import { useHold, type Hold } from './use-hold.ts'

/** What every step is given. */
export interface Booking {
  offered: Reply<typeof readOffering>
  offering: string
  /** The chosen time; '' while none is. */
  at: string
  search: BookingSearch
  draft: BookingDraft
  put: (part: Partial<BookingDraft>) => void
  clear: () => void
  hold: Hold
  /** Whose records are open to whoever is signed in; undefined for guests. */
  records: OpenRecords | undefined
  /** YYYY-MM-DD at the place. */
  today: string
  go: (step: NonNullable<BookingSearch['step']>, options?: { replace?: boolean }) => void
}

export const loader = async ({ queries, search: { offering } }: Given<BookingSearch>) => {
  if (offering)
    await queries.ensureQueryData(asking(readOffering, { path: { id: offering }, query: { language: spokenNow() } }))
}

const route = getRouteApi('/patient/book')
const later = () => import('./later.ts')
const steps = {
  time: ChooseTime,
  details: Details,
  code: lazyRouteComponent(later, 'Code'),
  confirm: lazyRouteComponent(later, 'Review'),
  done: lazyRouteComponent(later, 'Done'),
}

export function Screen() {
  const { t } = useLingui()
  const { offering } = route.useSearch()
  if (offering) return <BookingSteps offering={offering} />
  return (
    <Page title={t`Book a visit`}>
      <Empty icon="calendar" title={t`Choose a clinician first`}>
        <ButtonLink to="/">
          <Trans>Find care</Trans>
        </ButtonLink>
      </Empty>
    </Page>
  )
}

function BookingSteps({ offering }: { offering: string }) {
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data: offered } = useSuspenseQuery(
    asking(readOffering, { path: { id: offering }, query: { language: useLanguage() } }),
  )
  const { draft: kept, put, clear } = useDraft('booking', emptyBooking)
  const records = openRecords(useActing())
  const draft = draftFor(kept, records)
  const today = dayOf(new Date(clinicNow()).toISOString(), offered.place.zone)
  const step = stepShown(search, draft, today)
  const hold = useHold({ offering, at: step === 'done' ? undefined : search.at, draft, put })
  // Before they are needed: the connection may be gone by then.
  useEffect(() => void steps.code.preload?.(), [])
  const Step = step === 'details' && records && !draft.somebodyElse ? ForWhom : steps[step]
  return (
    <Suspense fallback={<Loading page />}>
      <Step
        {...{ offered, offering, at: search.at ?? '', search, draft, put, clear, hold, today, records }}
        go={(next, options) => void navigate({ to: '/book', search: { ...search, step: next }, ...options })}
      />
    </Suspense>
  )
}

/** Whoever another tab began to act for is not whom this draft is for: it is asked again. */
function draftFor(kept: BookingDraft, records: OpenRecords | undefined): BookingDraft {
  const { patientId, ...draft } = kept
  const isOpen = patientId !== undefined && records?.now?.patientId === patientId && records.now.mayBook
  return isOpen && !kept.somebodyElse ? kept : draft
}
