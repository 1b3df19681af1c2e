/** The question of the results page, page by page: the same for the loader and the list. */
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { findCare } from '../../../../server/scheduling/contract.ts'
import type { Language } from '../../../../server/platform/endpoint.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { call } from '../../call.ts'
import type { CareSearch } from './search.ts'

const pageSize = 10

/** The last answer stays while the next one is on its way, so that nothing jumps when a filter changes. */
export function askingCare(search: CareSearch, language: Language) {
  const query = { ...search, language, limit: pageSize }
  return infiniteQueryOptions({
    queryKey: [findCare.url, query],
    queryFn: ({ pageParam, signal }) =>
      call(findCare, { query: pageParam ? { ...query, after: pageParam } : query }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last: Reply<typeof findCare>) => last.after,
    placeholderData: keepPreviousData,
  })
}
