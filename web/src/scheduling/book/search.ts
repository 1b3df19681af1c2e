/** What the address of a booking says: what is being booked and which step is shown. Nothing about the person. */
import { given, isDay, isId, isMoment, oneOf, text, yesOrNo, type Raw } from '../../address.ts'

export const bookingSteps = ['time', 'details', 'code', 'confirm', 'done'] as const

export interface BookingSearch {
  offering?: string
  /** The chosen opening: an ISO instant. */
  at?: string
  step?: (typeof bookingSteps)[number]
  /** The first day shown when choosing a time: YYYY-MM-DD. */
  from?: string
  planId?: string
  newPatient?: boolean
}

/** Reads the address; what does not fit is left out. */
export function bookingSearch(raw: Raw): BookingSearch {
  return given({
    offering: text(raw, 'offering', isId),
    at: text(raw, 'at', isMoment),
    step: oneOf(raw, 'step', bookingSteps),
    from: text(raw, 'from', isDay),
    planId: text(raw, 'planId', isId),
    newPatient: yesOrNo(raw, 'newPatient'),
  })
}
