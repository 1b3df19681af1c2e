/** How many results each value of a filter would leave, said with the value. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { countFacets, type Facet } from '../../../../server/scheduling/contract.ts'
import { asking } from '../../call.ts'
import type { CareSearch } from './search.ts'

interface Option {
  value: string
  label: string
}

/** Counting stops there. */
const most = 100

/** Asked only while the filters are seen; without an answer the values stand alone. */
export function useCounted(search: CareSearch, isSeen: boolean) {
  const { data } = useQuery({
    ...asking(countFacets, { query: search }),
    enabled: isSeen,
    placeholderData: keepPreviousData,
  })
  return (filter: Facet['filter'], options: readonly Option[]): Option[] =>
    options.map((option) => {
      const count = data?.facets.find((one) => one.filter === filter && one.value === option.value)?.count
      if (count === undefined) return option
      return { ...option, label: `${option.label} (${count >= most ? `${most}+` : count})` }
    })
}
