/** Keeps one block of times for a family: taken whole, given back when another is chosen. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { findFamilyOpenings, holdTogether, releaseTogether } from '../../../../server/scheduling/linked/contract.ts'
import { call, clinicNow } from '../../call.ts'
import { newKey } from '../book/attempt.ts'
import type { Block, TogetherDraft } from './draft.ts'

export interface TogetherHold {
  /** The live hold of the chosen block. */
  held: TogetherDraft['held']
  /** It ran out; what was chosen is still there. */
  ended: boolean
  error: unknown
  isTaking: boolean
  take: (block: Block) => void
  onEnd: () => void
}

interface Wanted {
  draft: TogetherDraft
  put: (part: Partial<TogetherDraft>) => void
  onKept: () => void
}

export function useTogetherHold({ draft: { held }, put, onKept }: Wanted): TogetherHold {
  const queries = useQueryClient()
  const [overId, end] = useState(held && Date.parse(held.expiresAt) <= clinicNow() ? held.id : undefined)
  const ended = held !== undefined && overId === held.id
  const taking = useMutation({
    mutationFn: async (block: Block) => {
      // Others may want it. Whether this arrives is of no consequence to this family: it ends by itself.
      if (held && !ended) await call(releaseTogether, { path: { id: held.id } }).catch(() => undefined)
      return call(holdTogether, { body: { visits: block.visits } }, { idempotencyKey: newKey() })
    },
    onSuccess: (kept, block) => {
      put({ block, held: kept })
      onKept()
    },
    onError: () => queries.invalidateQueries({ queryKey: [findFamilyOpenings.url] }),
  })
  return {
    held: ended ? undefined : held,
    ended,
    error: taking.error,
    isTaking: taking.isPending,
    take: (block) => taking.mutate(block),
    onEnd: () => end(held?.id),
  }
}
