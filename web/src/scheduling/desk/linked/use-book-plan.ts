/** Books a plan for one patient: all of it or nothing; sent twice, it is booked once. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { bookTogether, type GroupRequest } from '../../../../../server/scheduling/linked/contract.ts'
import type { PatientSummary } from '../../../../../server/people/contract.ts'
import { call } from '../../../call.ts'
import type { Opening } from './planned.tsx'

export type Gap = NonNullable<GroupRequest['visits'][number]['gap']>

export function useBookPlan(kind: 'series' | 'chain', patient: PatientSummary) {
  const queries = useQueryClient()
  // A key a plan: the same plan sent again is the same request.
  const sent = useRef({ plan: '', key: '' })
  return useMutation({
    mutationFn: (visits: readonly (Opening & { gap?: Gap | undefined })[]) => {
      const plan = visits.map(({ gap, offeringId, startsAt }, at) => ({
        offeringId,
        startsAt,
        patientId: patient.id,
        ...(at > 0 && gap && { gap }),
      }))
      const written = JSON.stringify(plan)
      if (sent.current.plan !== written) sent.current = { plan: written, key: crypto.randomUUID() }
      return call(
        bookTogether,
        { body: { kind, visits: plan, language: patient.language === 'es' ? 'es' : 'en' } },
        { idempotencyKey: sent.current.key },
      )
    },
    onSuccess: () => queries.invalidateQueries(),
  })
}
