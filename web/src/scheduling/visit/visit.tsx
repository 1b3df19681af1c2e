/** One visit, for whoever holds its link: read it, move it, cancel it, without an account. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, lazyRouteComponent, Link, useLocation, useNavigate } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { readMyVisit, type AppointmentView } from '../../../../server/scheduling/contract.ts'
import { asking, Refused } from '../../call.ts'
import { noSupport, useSupportWords } from '../../people/support/words.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { phoneLink, sayPhone, useHouse } from '../../ui/house.ts'
import { Row, Stack } from '../../ui/layout.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { ChangePolicy, VisitFacts } from './facts.tsx'
import { AddToCalendar, VisitGuide } from './guide.tsx'
import type { VisitSearch } from './search.ts'
import css from './visit.module.css'

/** What the pages of a visit are given. */
export interface Visiting {
  visit: AppointmentView
  token: string
  search: VisitSearch
  /** Shows another page of the visit, with its secret still in the fragment. */
  go: (search: VisitSearch, options?: { replace?: boolean; resetScroll?: boolean }) => void
  /** Shows the visit as it is after a change. */
  changed: (visit: AppointmentView, deed: 'moved' | 'cancelled') => void
  /** Asks for it anew. */
  refresh: () => void
}

const route = getRouteApi('/patient/visit')
const Move = lazyRouteComponent(() => import('./move.tsx'), 'Move')
const LinkedPart = lazyRouteComponent(() => import('./linked.tsx'), 'LinkedPart')
const ClinicMove = lazyRouteComponent(() => import('./clinic-move.tsx'), 'ClinicMove')
const Cancel = lazyRouteComponent(() => import('./cancel.tsx'), 'Cancel')
const closed = ['unauthenticated', 'forbidden', 'not_found']

export function Screen() {
  const { t } = useLingui()
  const token = useLocation({ select: ({ hash }) => hash })
  const search = route.useSearch()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [deed, say] = useState<'moved' | 'cancelled'>()
  const asked = asking(readMyVisit, { query: { language: useLanguage() } }, token)
  const { data: visit, error, refetch } = useQuery({ ...asked, enabled: token !== '' })
  if (!token || (error instanceof Refused && closed.includes(error.code))) return <LinkIsOver />
  if (error && !visit)
    return (
      <Page title={t`Your visit`}>
        <Refusal error={error} onAgain={() => void refetch()} />
      </Page>
    )
  if (!visit) return <Loading page />
  const go: Visiting['go'] = (to, options) => void navigate({ to: '/visit', search: to, hash: token, ...options })
  const visiting: Visiting = {
    visit,
    token,
    search,
    go,
    changed(after, what) {
      queries.setQueryData(asked.queryKey, after)
      void queries.invalidateQueries()
      say(what)
      go({}, { replace: true })
    },
    refresh: () => void refetch(),
  }
  return (
    <Suspense fallback={<Loading page />}>
      <PageOfVisit {...visiting} deed={deed} />
    </Suspense>
  )
}

function PageOfVisit({ deed, ...visiting }: Visiting & { deed: 'moved' | 'cancelled' | undefined }) {
  const { visit, search } = visiting
  useEffect(() => void Promise.all([Move.preload?.(), Cancel.preload?.()]), [])
  if (search.do === 'move' && visit.can.includes('reschedule')) return <Move {...visiting} />
  if (search.do === 'cancel' && visit.can.includes('cancel')) return <Cancel {...visiting} />
  return <OneVisit {...visiting} deed={deed} />
}

function OneVisit({ deed, ...visiting }: Visiting & { deed: 'moved' | 'cancelled' | undefined }) {
  const { t } = useLingui()
  const { visit } = visiting
  const off = visit.status === 'cancelled'
  const words = useSupportWords()(visit.support ?? noSupport)
  const needs = words.length > 0 ? [{ name: t`We are ready for`, value: words.join(' · ') }] : []
  return (
    <Page title={off ? t`This visit is cancelled` : t`Your visit, ${visit.patientFirstName}`}>
      <Stack>
        <output>
          {deed === 'moved' && !off && (
            <Notice tone="good" title={<Trans>Your visit was moved</Trans>}>
              <p>
                <Trans>
                  This is the new time. The old one is free for somebody else. We send you a message about it.
                </Trans>
              </p>
            </Notice>
          )}
          {deed === 'cancelled' && off && (
            <Notice tone="good">
              <p>
                <Trans>Thank you for telling us: somebody else can have this time now.</Trans>
              </p>
            </Notice>
          )}
        </output>
        {!off && (
          <Suspense>
            <ClinicMove visit={visit} token={visiting.token} />
          </Suspense>
        )}
        <Card>
          <VisitFacts visit={visit} full={!off} more={needs} />
          {off ? <BookAgain visit={visit} /> : <Deeds {...visiting} />}
        </Card>
        {!off && <VisitGuide visit={visit} />}
        <Suspense>
          <LinkedPart visit={visit} token={visiting.token} />
        </Suspense>
      </Stack>
    </Page>
  )
}

function BookAgain({ visit }: { visit: AppointmentView }) {
  return (
    <Row apart>
      <ButtonLink to="/book" search={{ offering: visit.offering.id, step: 'time' }}>
        <Trans>Book again with {visit.clinician.name}</Trans>
      </ButtonLink>
      <ButtonLink to="/" variant="default">
        <Trans>Find another clinician</Trans>
      </ButtonLink>
    </Row>
  )
}

/** What may still be done with it, or why nothing online and whom to call. */
function Deeds({ visit, go }: Visiting) {
  const { phone } = useHouse()
  return (
    <>
      <Row apart>
        {visit.can.includes('reschedule') && (
          <Button onClick={() => go({ do: 'move' })}>
            <Trans>Move to another time</Trans>
          </Button>
        )}
        {visit.can.includes('cancel') && (
          <Button variant="default" onClick={() => go({ do: 'cancel' })}>
            <Trans>Cancel the visit</Trans>
          </Button>
        )}
        <AddToCalendar visit={visit} />
      </Row>
      <p className={css.policy}>
        {visit.can.length > 0 ? (
          <ChangePolicy startsAt={visit.startsAt} zone={visit.place.zone} cutoffMinutes={visit.cancelCutoffMinutes} />
        ) : (
          <>
            <Trans>It is too late to change this visit online.</Trans>{' '}
            {phone && (
              <Trans>
                Call <a href={phoneLink(phone)}>{sayPhone(phone)}</a> and we will help.
              </Trans>
            )}
          </>
        )}
      </p>
    </>
  )
}

/** No link, a mangled one, or one whose day is over. */
function LinkIsOver() {
  const { t } = useLingui()
  const { phone } = useHouse()
  return (
    <Page
      title={t`This link does not open a visit`}
      lead={t`It may be old, or a part of it is missing. Links work until a day after the visit.`}
    >
      <Stack>
        <Notice title={<Trans>What you can do</Trans>}>
          <p>
            <Trans>Open the link from your newest message again, and copy all of it.</Trans>
          </p>
          {phone && (
            <p>
              <Trans>
                Or call <a href={phoneLink(phone)}>{sayPhone(phone)}</a>: we can read, move or cancel your visit for
                you.
              </Trans>
            </p>
          )}
        </Notice>
        <p>
          <Link to="/">
            <Trans>Book a new visit</Trans>
          </Link>
        </p>
      </Stack>
    </Page>
  )
}
