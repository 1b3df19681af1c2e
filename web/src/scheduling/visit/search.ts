/** What the address of a visit says beside its secret: what is being done with it. */
import { given, isDay, isMoment, oneOf, text, type Raw } from '../../address.ts'

export interface VisitSearch {
  do?: 'move' | 'cancel'
  /** Of a move: the first day shown. */
  from?: string
  /** Of a move: the time chosen. */
  at?: string
}

/** Reads the address; what does not fit is left out. */
export function visitSearch(raw: Raw): VisitSearch {
  return given({
    do: oneOf(raw, 'do', ['move', 'cancel']),
    from: text(raw, 'from', isDay),
    at: text(raw, 'at', isMoment),
  })
}
