/** Books, once: the same attempt may be repeated by a double click, a reload or after a lost connection. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { bookAppointment } from '../../../../server/scheduling/contract.ts'
import { call } from '../../call.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { attemptFor } from './attempt.ts'
import type { Booking } from './book.tsx'
import { requestOf } from './draft.ts'

export function useBook({ draft, put, clear, offering, at, search, today, go }: Booking) {
  const language = useLanguage()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      const body = requestOf(draft, { offering, at, planId: search.planId, language, today })
      const attempt = attemptFor(body, draft.attempt)
      put({ attempt })
      return call(bookAppointment, { body }, { idempotencyKey: attempt.key })
    },
    onSuccess: ({ appointment, visitLink, confirmationGoesTo }) => {
      clear()
      put({
        booked: { offering, at, appointment, token: visitLink?.split('#').at(-1) ?? null, goesTo: confirmationGoesTo },
      })
      void queries.invalidateQueries()
      go('done', { replace: true })
    },
  })
}
