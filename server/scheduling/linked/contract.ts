/** What can be asked about visits that belong together: where they fit, keeping them, booking all or none. */
import { Type, type Static } from 'typebox'
import { Day, endpoint, Id, Language, Moment, object } from '../../platform/endpoint.ts'
import { Clinician, Place as AtPlace } from '../../directory/contract.ts'
import { Offering } from '../care/contract.ts'
import { AppointmentView, cancelReasons } from '../contract.ts'

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

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Kind = Type.Enum(['family', 'series', 'chain'])
/** How far a visit lies after the one before it: local days, or minutes between them; however late without `max`. */
const Gap = object({
  unit: Type.Enum(['minute', 'day']),
  min: Type.Integer({ minimum: 0, maximum: 100_000 }),
  max: Type.Optional(orNull(Type.Integer({ minimum: 0, maximum: 100_000 }))),
})
const Offerings = Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true })

/** Who offers a kind of visit, so that a step of a plan can name them. */
export const listWhoOffers = endpoint('GET /api/scheduling/visit-types/:code/offerings', 'public.read', {
  summary: 'Who offers a kind of visit, and where.',
  path: object({ code: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }) }),
  query: object({ language: Type.Optional(Language) }),
  reply: object({ offered: Type.Array(object({ offering: Offering, clinician: Clinician, place: AtPlace })) }),
})

export type SeriesRequest = Static<typeof SeriesRequest>
export const SeriesRequest = object({
  /** The same visit with one clinician or several, the one liked best first. */
  offeringIds: Offerings,
  firstDay: Day,
  every: Type.Integer({ minimum: 1, maximum: 60 }),
  unit: Type.Enum(['day', 'week']),
  count: Type.Optional(Type.Integer({ minimum: 2, maximum: 26 })),
  until: Type.Optional(Day),
  /** ISO 8601: Monday is 1. */
  weekdays: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { uniqueItems: true })),
  part: Type.Optional(Type.Enum(['morning', 'afternoon', 'evening'])),
  /** On the clock of the place, summer and winter; the plan finds the best one when it is not said. */
  time: Type.Optional(Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })),
  /** How far from its day a visit may lie. */
  slackDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 14 })),
  sameClinician: Type.Optional(Type.Boolean()),
})

export const planSeries = endpoint('POST /api/scheduling/series-plans', 'appointment.book', {
  summary: 'Where a series fits: at one time for all visits, and what comes nearest where it cannot be. Books nothing.',
  body: SeriesRequest,
  reply: object({
    time: orNull(Type.String()),
    gap: Gap,
    visits: Type.Array(
      object({
        day: Day,
        opening: orNull(object(Opening)),
        instead: orNull(
          object({ ...Opening, broken: Type.Array(Type.Enum(['day', 'weekday', 'part', 'time', 'clinician'])) }),
        ),
      }),
    ),
  }),
})

export type ChainWish = Static<typeof ChainWish>
export const ChainWish = object({
  steps: Type.Array(object({ offeringIds: Offerings, gap: Type.Optional(Gap) }), { minItems: 2, maxItems: 6 }),
  from: Type.Optional(Day),
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90 })),
})

export const planChain = endpoint('POST /api/scheduling/chain-plans', 'appointment.book', {
  summary: 'Where a chain of visits fits, the first plans; without one, the step that cannot follow. Books nothing.',
  body: ChainWish,
  reply: object({
    plans: Type.Array(object({ visits: Type.Array(object(Opening)) })),
    broken: orNull(
      object({
        step: Type.Integer(),
        nearest: orNull(object({ before: object(Opening), opening: object(Opening) })),
      }),
    ),
  }),
})

export type GroupRequest = Static<typeof GroupRequest>
export const GroupRequest = object({
  kind: Kind,
  visits: Type.Array(
    object({
      ...Opening,
      patientId: Id,
      newPatient: Type.Optional(Type.Boolean()),
      reason: Type.Optional(Type.String({ maxLength: 500 })),
      /** To the visit before it: kept now, and when one of them moves. */
      gap: Type.Optional(Gap),
    }),
    { minItems: 2, maxItems: 26 },
  ),
  language: Language,
  /** What `holdTogether` gave. */
  holdId: Type.Optional(Id),
})

export const bookTogether = endpoint('POST /api/scheduling/visit-groups', 'appointment.book', {
  summary:
    'Books several visits, all or none: for patients that staff name, or for oneself and those one may book for. Refused `block_taken` with what is free next, `plan_taken` with which are gone, `gap_broken`.',
  idempotent: true,
  body: GroupRequest,
  reply: object({ id: Id, kind: Kind, appointments: Type.Array(AppointmentView) }),
})

export const readLinked = endpoint('GET /api/scheduling/appointments/:id/linked', 'appointment.read', {
  summary: 'The visits that one belongs together with, in their order; null for a visit by itself.',
  path: object({ id: Id }),
  query: object({ language: Type.Optional(Language) }),
  reply: object({
    group: orNull(object({ id: Id, kind: Kind, visits: Type.Array(AppointmentView) })),
  }),
})

export type Place = Static<typeof Place>
const Place = object({ appointmentId: Id, version: Type.Integer(), ...Opening })

export const proposeMove = endpoint('POST /api/scheduling/visit-groups/:id/move-proposal', 'appointment.change', {
  summary:
    'When one of a series or chain goes to another opening: where the others would go, the fewest of them. Moves nothing. Refused `gap_broken` when they cannot follow.',
  path: object({ id: Id }),
  body: object({ appointmentId: Id, ...Opening }),
  reply: object({ visits: Type.Array(object({ ...Place.properties, was: Opening.startsAt, moves: Type.Boolean() })) }),
})

export const moveTogether = endpoint('POST /api/scheduling/visit-groups/:id/move', 'appointment.change', {
  summary:
    'Moves linked visits in one step, all or none: says the place of each that still stands, as it was seen. Refused `plan_taken`, `changed_meanwhile`, `gap_broken`.',
  idempotent: true,
  path: object({ id: Id }),
  body: object({ visits: Type.Array(Place, { minItems: 1, maxItems: 26 }) }),
  reply: object({ appointments: Type.Array(AppointmentView) }),
})

export const cancelTogether = endpoint('POST /api/scheduling/visit-groups/:id/cancellation', 'appointment.change', {
  summary: 'Cancels several linked visits in one step, all or none; those not named stay. Refused `changed_meanwhile`.',
  idempotent: true,
  path: object({ id: Id }),
  body: object({
    visits: Type.Array(object({ appointmentId: Id, version: Type.Integer() }), { minItems: 1, maxItems: 26 }),
    reason: Type.Enum([...cancelReasons]),
  }),
  reply: object({ appointments: Type.Array(AppointmentView) }),
})
