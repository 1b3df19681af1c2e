/** What can be asked when a clinician is away: start it, see what it displaces, decide each new time, move them all. */
import { Type } from 'typebox'
import { Day, endpoint, Id, Language, Moment, object } from '../../platform/endpoint.ts'
import { Clinician } from '../../directory/contract.ts'
import { PatientSummary } from '../../people/contract.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Type.String()

export const startBulkMove = endpoint('POST /api/scheduling/bulk-moves', 'bulk-move.work', {
  summary:
    'Closes a clinician’s days, or ends their hours for good, and looks for a new time for every visit that this displaces. No visit is changed yet.',
  idempotent: true,
  body: object({
    clinicianId: Id,
    fromDay: Day,
    /** The last day of a leave; without it the clinician leaves for good. */
    untilDay: Type.Optional(Day),
  }),
  reply: object({ id: Id, visits: Type.Integer() }),
})

const Counts = object({
  waiting: Type.Integer(),
  proposed: Type.Integer(),
  confirmed: Type.Integer(),
  moved: Type.Integer(),
  to_call: Type.Integer(),
  settled: Type.Integer(),
})

const Move = {
  id: Id,
  kind: Type.Enum(['leave', 'leaving', 'hours']),
  clinician: Clinician,
  fromDay: Day,
  untilDay: orNull(Day),
  madeAt: Moment,
  counts: Counts,
}

export const listBulkMoves = endpoint('GET /api/scheduling/bulk-moves', 'bulk-move.work', {
  summary: 'Whose visits are being moved, those first in which something is still open.',
  reply: object({ moves: Type.Array(object(Move)) }),
})

const Time = object({ startsAt: Moment, clinician: Text, place: Text, zone: Text })

export const readBulkMove = endpoint('GET /api/scheduling/bulk-moves/:id', 'bulk-move.work', {
  summary: 'Every visit that is displaced, with the new time proposed for it and how far it has come.',
  path: object({ id: Id }),
  query: object({ language: Type.Optional(Language) }),
  reply: object({
    ...Move,
    visits: Type.Array(
      object({
        appointmentId: Id,
        patient: PatientSummary,
        visitType: Text,
        state: Type.Enum(['waiting', 'proposed', 'confirmed', 'moved', 'to_call', 'settled']),
        was: Time,
        /** The new time; null where there is none yet. */
        next: orNull(Time),
        /** Why the last new time came to nothing. */
        refused: orNull(Text),
        /** What the patient did since it was moved. */
        answer: orNull(Type.Enum(['kept', 'changed', 'cancelled'])),
      }),
    ),
  }),
})

const path = object({ id: Id, appointmentId: Id })

export const listMoveChoices = endpoint(
  'GET /api/scheduling/bulk-moves/:id/visits/:appointmentId/choices',
  'bulk-move.work',
  {
    summary: 'Other times for one displaced visit, with the same clinician or another at the place.',
    path,
    reply: object({ choices: Type.Array(object({ offeringId: Id, ...Time.properties })) }),
  },
)

export const decideMove = endpoint(
  'POST /api/scheduling/bulk-moves/:id/visits/:appointmentId/decision',
  'bulk-move.work',
  {
    summary: 'Another time for one displaced visit, a call instead of a message, or that it has been seen to.',
    path,
    body: object({
      decision: Type.Enum(['time', 'call', 'seen_to']),
      /** Of another time. */
      offeringId: Type.Optional(Id),
      startsAt: Type.Optional(Moment),
    }),
    reply: object({ appointmentId: Id }),
  },
)

export const confirmBulkMove = endpoint('POST /api/scheduling/bulk-moves/:id/confirmation', 'bulk-move.work', {
  summary:
    'Moves every visit to the time proposed for it and tells each patient once; those without one are to be called.',
  path: object({ id: Id }),
  reply: object({ confirmed: Type.Integer(), toCall: Type.Integer() }),
})

export const readClinicMove = endpoint('GET /api/scheduling/appointments/:id/clinic-move', 'appointment.read', {
  summary:
    'Whether the clinic had to move this visit, from when and whom, and whether the patient said that it is fine.',
  path: object({ id: Id }),
  reply: object({
    move: orNull(object({ was: Time, keptAt: orNull(Moment) })),
  }),
})

export const keepClinicMove = endpoint(
  'POST /api/scheduling/appointments/:id/clinic-move/acceptance',
  'appointment.change',
  {
    summary: 'The time to which the clinic moved this visit is fine. Said twice it is said once.',
    path: object({ id: Id }),
    reply: object({ keptAt: Moment }),
  },
)
