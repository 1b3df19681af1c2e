/** What the address of booking together says: which visit, and the step. Nothing about the people. */
import { given, isDay, isId, oneOf, text, type Raw } from '../../address.ts'

export const togetherSteps = ['who', 'time', 'check', 'done'] as const
export type Step = (typeof togetherSteps)[number]

export interface TogetherSearch {
  offering?: string
  step?: Step
  /** The first day shown: YYYY-MM-DD. */
  from?: string
}

/** Reads the address; what does not fit is left out. */
export function togetherSearch(raw: Raw): TogetherSearch {
  return given({
    offering: text(raw, 'offering', isId),
    step: oneOf(raw, 'step', togetherSteps),
    from: text(raw, 'from', isDay),
  })
}
