/** Changes a visit once, however often it is asked: one key for one wish. */
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { AppointmentView } from '../../../../server/scheduling/contract.ts'
import { attemptFor, type Attempt } from '../book/attempt.ts'

/** `ask` sends the body with its key. */
export function useChange<Body>(
  ask: (body: Body, idempotencyKey: string) => Promise<AppointmentView>,
  done: (visit: AppointmentView) => void,
) {
  const attempt = useRef<Attempt>(undefined)
  return useMutation({
    mutationFn: (body: Body) => {
      attempt.current = attemptFor(body, attempt.current)
      return ask(body, attempt.current.key)
    },
    onSuccess: done,
  })
}
