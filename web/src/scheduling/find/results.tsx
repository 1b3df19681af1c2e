/** Clinicians with open times that fit what was asked; the list follows the filters without a jump. */
import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { spokenNow } from '../../lang/languages.ts'
import type { Given } from '../../screen.ts'
import { Stack } from '../../ui/layout.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { useNeeds } from './access.tsx'
import { askingCare } from './care.ts'
import { Filters } from './filters.tsx'
import { NoResults } from './no-results.tsx'
import { ResultList } from './result-list.tsx'
import { SearchBar } from './search-bar.tsx'
import { withFields, type CareSearch, type Change } from './search.ts'
import { Understood, Urgent } from './urgent.tsx'
import css from './results.module.css'

/** Begins to ask and does not wait: the filters stay on the page, and keep the focus, while it is answered. */
export const loader = async ({ queries, search }: Given<CareSearch>) => {
  void queries.prefetchInfiniteQuery(askingCare(search, spokenNow()))
}

const route = getRouteApi('/patient/find')

export function Screen() {
  const { t } = useLingui()
  const search = route.useSearch()
  const navigate = useNavigate()
  const needed = useNeeds(search)
  const care = useInfiniteQuery(askingCare(needed, useLanguage()))
  const change: Change = (fields) =>
    void navigate({ to: '/find', search: withFields(search, fields), replace: true, resetScroll: false })
  const pages = care.data?.pages ?? []
  const [first] = pages
  // Whoever wants to die is not asked to take that word off.
  const isUrgent = first?.emergency || first?.crisis
  const results = pages.flatMap((page) => page.results)
  return (
    <Page title={t`Clinicians with open times`} width="wide">
      <Stack>
        {first && <Urgent emergency={first.emergency} crisis={first.crisis} />}
        <SearchBar key={`${search.q}|${search.near}`} search={search} change={change} />
        <div className={css.columns}>
          <Filters search={needed} change={change} />
          <section aria-label={t`Results`} aria-busy={care.isPlaceholderData} className={css.results}>
            {first && <Understood phrases={first.understood} />}
            {care.error && <Refusal error={care.error} onAgain={() => void care.refetch()} />}
            {!first && !care.error && <Loading cards={4} />}
            {first && results.length === 0 && !isUrgent && (
              <NoResults relax={first.relax} search={needed} change={change} />
            )}
            {results.length > 0 && <ResultList results={results} search={search} care={care} />}
          </section>
        </div>
      </Stack>
    </Page>
  )
}
