/** '2 of 3 · Before the operation, Operation, After the operation': which of the visits that belong together one is. */
import { useLingui } from '@lingui/react/macro'

interface Part {
  kind: 'family' | 'series' | 'chain'
  /** From 1. */
  at: number
  of: number
  kinds: readonly string[]
}

/** The kinds are told where they differ: a series has one. */
export function usePlanWords() {
  const { t } = useLingui()
  return ({ at, of, kinds }: Part) => {
    const place = t`${at} of ${of}`
    return kinds.length > 1 ? `${place} · ${kinds.join(', ')}` : place
  }
}
