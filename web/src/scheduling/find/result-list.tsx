/** The results in the order they came, how many are shown, and more of them on request. */
import { Plural, Trans } from '@lingui/react/macro'
import { useEffect, useRef } from 'react'
import type { CareResult } from '../../../../server/scheduling/contract.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { ResultCard } from './result-card.tsx'
import type { CareSearch } from './search.ts'
import css from './results.module.css'

interface ResultListProps {
  results: readonly CareResult[]
  search: CareSearch
  care: { isPlaceholderData: boolean; hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}

/** After 'show more' the focus is on the first result that was not there before. */
export function ResultList({ results, search, care }: ResultListProps) {
  const list = useRef<HTMLUListElement>(null)
  const focusOn = useRef<number>(undefined)
  useEffect(() => {
    if (focusOn.current === undefined || results.length <= focusOn.current) return
    list.current?.querySelectorAll<HTMLElement>('h3 a')[focusOn.current]?.focus()
    focusOn.current = undefined
  }, [results.length])
  return (
    <>
      <ListHead count={results.length} more={care.hasNextPage} search={search} />
      <ul ref={list} className={css.list} data-stale={care.isPlaceholderData || undefined}>
        {results.map((result) => (
          <ResultCard key={result.offering.id} result={result} search={search} />
        ))}
      </ul>
      {care.hasNextPage && (
        <BusyButton
          variant="default"
          fullWidth
          busy={care.isFetchingNextPage}
          onClick={() => {
            focusOn.current = results.length
            care.fetchNextPage()
          }}
        >
          <Trans>Show more</Trans>
        </BusyButton>
      )}
    </>
  )
}

function ListHead({ count, more, search }: { count: number; more: boolean; search: CareSearch }) {
  const nearest = search.sort === 'distance' && search.near
  return (
    <div className={css.head}>
      <h2 className={css.count}>
        <output>
          {more ? <Trans>The first {count} results</Trans> : <Plural value={count} one="# result" other="# results" />}
        </output>
      </h2>
      <p className={css.order}>{nearest ? <Trans>Nearest first</Trans> : <Trans>Soonest open time first</Trans>}</p>
    </div>
  )
}
