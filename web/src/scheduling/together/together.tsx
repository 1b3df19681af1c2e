/** Books a family in one step: who comes, one block of times for all of them, all or none. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { readOffering } from '../../../../server/scheduling/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking } from '../../call.ts'
import { spokenNow } from '../../lang/languages.ts'
import { useActing } from '../../people/family/acting.ts'
import { useSession } from '../../people/session.ts'
import type { Given } from '../../screen.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { useDraft } from '../../ui/draft.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { openRecords, type OpenRecord } from '../book/open-records.ts'
import { Check } from './check.tsx'
import { Done } from './done.tsx'
import { comingOf, emptyTogether, stepShown, type TogetherDraft } from './draft.ts'
import type { Step, TogetherSearch } from './search.ts'
import { useTogetherHold, type TogetherHold } from './use-together-hold.ts'
import { When } from './when.tsx'
import { Who } from './who.tsx'

/** What every step is given. */
export interface Together {
  offered: Reply<typeof readOffering>
  search: TogetherSearch & { offering: string }
  /** For whom they may book. */
  family: readonly OpenRecord[]
  /** Those who come. */
  coming: readonly OpenRecord[]
  draft: TogetherDraft
  put: (part: Partial<TogetherDraft>) => void
  clear: () => void
  hold: TogetherHold
  go: (step: Step, options?: { replace?: boolean }) => void
}

export const loader = async ({ queries, search: { offering } }: Given<TogetherSearch>) => {
  if (offering)
    await queries.ensureQueryData(asking(readOffering, { path: { id: offering }, query: { language: spokenNow() } }))
}

const route = getRouteApi('/patient/book-together')
const steps = { who: Who, time: When, check: Check, done: Done }

export function Screen() {
  const { offering } = route.useSearch()
  const session = useSession()
  const acting = useActing()
  if (session === undefined) return <Loading page />
  if (session?.role !== 'patient') return <Instead to="sign-in" />
  if (!acting) return <Loading page />
  const family = openRecords(acting)?.all.filter(({ mayBook }) => mayBook) ?? []
  if (!offering) return <Instead to="find" />
  if (family.length < 2) return <Instead to="family" />
  return <Steps key={offering} offering={offering} family={family} />
}

function Steps({ offering, family }: { offering: string; family: readonly OpenRecord[] }) {
  const search = { ...route.useSearch(), offering }
  const navigate = useNavigate()
  const { data: offered } = useSuspenseQuery(
    asking(readOffering, { path: { id: offering }, query: { language: useLanguage() } }),
  )
  const { draft, put, clear } = useDraft(`together:${offering}`, emptyTogether)
  const coming = comingOf(draft, family)
  const go: Together['go'] = (step, options) =>
    void navigate({ to: '/book-together', search: { ...search, step }, ...options })
  const hold = useTogetherHold({ draft, put, onKept: () => go('check') })
  const At = steps[stepShown(search.step, draft, coming.length)]
  return <At {...{ offered, search, family, coming, draft, put, clear, hold, go }} />
}

/** Why this page cannot begin yet, and the way on. */
function Instead({ to }: { to: 'sign-in' | 'find' | 'family' }) {
  const { t } = useLingui()
  return (
    <Page title={t`Book for several of you`}>
      {to === 'sign-in' && (
        <Empty icon="info" title={t`Sign in first`}>
          <p>
            <Trans>Then we know for whom you may book, and you type nothing about them again.</Trans>
          </p>
          <ButtonLink to="/sign-in" search={{ to: location.pathname + location.search }}>
            <Trans>Sign in</Trans>
          </ButtonLink>
        </Empty>
      )}
      {to === 'family' && (
        <Empty icon="info" title={t`You may book for one person only`}>
          <p>
            <Trans>
              Ask to act for your child, or be invited by an adult. Then you can book for all of you at once.
            </Trans>
          </p>
          <ButtonLink to="/me/family">
            <Trans>Act for each other</Trans>
          </ButtonLink>
        </Empty>
      )}
      {to === 'find' && (
        <Empty icon="calendar" title={t`Choose a clinician first`}>
          <ButtonLink to="/">
            <Trans>Find care</Trans>
          </ButtonLink>
        </Empty>
      )}
    </Page>
  )
}
