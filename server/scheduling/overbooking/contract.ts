/** What can be asked of overbooking: a visit at a taken time, for a reason, and the report of all of them. */
import { Type, type Static } from 'typebox'
import { Day, endpoint, Id, Language, Moment, object } from '../../platform/endpoint.ts'
import { AppointmentView, BookingRequest } from '../contract.ts'

const Text = Type.String()

/** Why somebody decided it: today's need, the clinician's word, a short matter, a mistake of the clinic's, another. */
export const OverbookingReason = Type.Enum(['urgent', 'clinician_asked', 'short', 'our_mistake', 'other'])
export type OverbookingReason = Static<typeof OverbookingReason>

export type OverbookingRequest = Static<typeof OverbookingRequest>
const OverbookingRequest = object({
  ...Type.Omit(BookingRequest, ['holdId', 'referral', 'planId']).properties,
  overbooking: object({
    reason: OverbookingReason,
    why: Type.String({ minLength: 3, maxLength: 300, pattern: '\\S' }),
  }),
})

export const overbook = endpoint('POST /api/scheduling/overbookings', 'appointment.overbook', {
  summary:
    'Books a visit beside others of the clinician’s. Refused `time_is_free` where none is needed, `overbooked_enough` beside two others, and for whatever else stands in the way.',
  idempotent: true,
  body: OverbookingRequest,
  reply: object({ appointment: AppointmentView }),
})

export type Overbooked = Static<typeof Overbooked>
export const Overbooked = object({
  appointmentId: Id,
  clinician: Text,
  place: Text,
  zone: Text,
  visitType: Text,
  startsAt: Moment,
  status: Type.Enum(['booked', 'cancelled']),
  reason: OverbookingReason,
  why: Text,
  decidedBy: Text,
  decidedAt: Moment,
  /** Still beside another visit: until one of them is moved or cancelled. */
  beside: Type.Boolean(),
})

export const listOverbooked = endpoint('GET /api/scheduling/overbookings', 'overbooking.read', {
  summary: 'The overbooked visits of some days, the latest first, with who decided each and why.',
  query: object({ from: Day, until: Day, language: Type.Optional(Language) }),
  reply: object({
    overbooked: Type.Array(Overbooked),
    /** Visits of the same days, for the share. */
    visits: Type.Integer(),
  }),
})
