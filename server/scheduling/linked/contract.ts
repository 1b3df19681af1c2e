/** What can be asked about visits that belong together: where they fit, keeping them, booking all or none. */
import { Type, type Static } from 'typebox'
import { Day, endpoint, Id, Language, Moment, object } from '../../platform/endpoint.ts'
import { AppointmentView } from '../contract.ts'

const Opening = { offeringId: Id, startsAt: Moment }
const most = 10

export const findFamilyOpenings = endpoint('GET /api/scheduling/family-openings', 'public.read', {
  summary: 'Where several visits fit: right after each other with one clinician, or at one time with several.',
  query: object({
    offeringId: Id,
    count: Type.Integer({ minimum: 2, maximum: most }),
    side: Type.Optional(Type.Enum(['adjacent', 'parallel'])),
    from: Type.Optional(Day),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 62 })),
  }),
  reply: object({
    zone: Type.String(),
    minutes: Type.Integer(),
    blocks: Type.Array(object({ visits: Type.Array(object(Opening)) })),
  }),
})

export const holdTogether = endpoint('POST /api/scheduling/group-holds', 'appointment.book', {
  summary: 'Keeps several openings for five minutes, all or none. Refused `block_taken` with what is free next.',
  idempotent: true,
  body: object({ visits: Type.Array(object(Opening), { minItems: 2, maxItems: most }) }),
  reply: object({ id: Id, expiresAt: Moment }),
})

export const releaseTogether = endpoint('POST /api/scheduling/group-holds/:id/release', 'appointment.book', {
  summary: 'Gives all openings of a hold for several back.',
  path: object({ id: Id }),
  reply: object({ released: Type.Boolean() }),
})

export type GroupRequest = Static<typeof GroupRequest>
export const GroupRequest = object({
  kind: Type.Enum(['family']),
  visits: Type.Array(
    object({
      ...Opening,
      patientId: Id,
      newPatient: Type.Optional(Type.Boolean()),
      reason: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    { minItems: 2, maxItems: most },
  ),
  language: Language,
  /** What `holdTogether` gave. */
  holdId: Type.Optional(Id),
})

export const bookTogether = endpoint('POST /api/scheduling/visit-groups', 'appointment.book', {
  summary:
    'Books several visits, all or none: for patients that staff name, or for oneself and those one may book for. Refused `block_taken` with what is free next.',
  idempotent: true,
  body: GroupRequest,
  reply: object({ id: Id, kind: Type.Enum(['family']), appointments: Type.Array(AppointmentView) }),
})
