/** What can be asked of one patient's record: who they are, what they need, their visits. */
import { Type } from 'typebox'
import { endpoint, Id, Language, Moment, object } from '../../platform/endpoint.ts'
import { Clinician, Place } from '../../directory/contract.ts'
import { PatientSummary, Support } from '../../people/contract.ts'
import { Offering } from '../care/contract.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const openRecord = endpoint('GET /api/scheduling/patients/:id', 'record.open', {
  summary: 'One patient with their visits, newest first. Refused `break_glass_needed` to who does not care for them.',
  path: object({ id: Id }),
  query: object({ language: Type.Optional(Language) }),
  reply: object({
    patient: PatientSummary,
    support: Support,
    /** Open until then, for a reason that somebody reviews; null for who cares for the patient. */
    glassUntil: orNull(Moment),
    visits: Type.Array(
      object({
        id: Id,
        status: Type.Enum(['booked', 'cancelled']),
        startsAt: Moment,
        offering: Offering,
        clinician: Clinician,
        place: Place,
        reason: orNull(Type.String()),
      }),
    ),
  }),
})

export const saveSupport = endpoint('PUT /api/scheduling/patients/:id/support', 'support.keep', {
  summary: 'Keeps what a patient says they need at every visit. Refused `break_glass_needed` as their record is.',
  path: object({ id: Id }),
  body: Support,
  reply: Support,
})

export const setWorksWith = endpoint('POST /api/scheduling/works-with', 'care-team.manage', {
  summary:
    'Whose visits make a colleague part of the care team: a clinician’s own, a nurse’s those of whom they assist.',
  body: object({ personId: Id, clinicianId: Id, held: Type.Boolean() }),
  reply: object({ held: Type.Boolean() }),
})
