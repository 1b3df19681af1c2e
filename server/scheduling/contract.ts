/** What scheduling can be asked: find care (care/contract.ts), openings, holds, bookings, and the front desk's day. */
import { Type, type Static } from 'typebox'
import { Day, endpoint, Id, Language, Moment, object } from '../platform/endpoint.ts'
import { Clinician, Place } from '../directory/contract.ts'
import { ContactTarget, PatientSummary, PersonDetails, Support } from '../people/contract.ts'
import { Mode, Offering } from './care/contract.ts'
import { InterpreterWish, LanguageTag, TakenResource } from './resources/contract.ts'

export * from './care/contract.ts'
export * from './records/contract.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Type.String()

export const listOfferings = endpoint('GET /api/scheduling/clinicians/:id/offerings', 'public.read', {
  summary: 'What can be booked with a clinician, by place, with the next opening of each.',
  path: object({ id: Id }),
  query: object({ language: Type.Optional(Language) }),
  reply: object({
    offerings: Type.Array(object({ offering: Offering, placeId: Id, nextOpening: orNull(Moment) })),
  }),
})

export const listOpenings = endpoint('GET /api/scheduling/offerings/:id/openings', 'public.read', {
  summary: 'The openings of an offering, by local day of the place, from a date on.',
  path: object({ id: Id }),
  query: object({
    from: Type.Optional(Day),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 62 })),
    /** Only times when an interpreter of this language is free. */
    interpreter: Type.Optional(LanguageTag),
  }),
  reply: object({
    zone: Text,
    minutes: Type.Integer(),
    days: Type.Array(object({ day: Day, openings: Type.Array(Moment) })),
    /** The first day after these that has an opening. */
    nextDay: orNull(Day),
  }),
})

/** All a page needs to show what is being booked, before anything is held. */
export const readOffering = endpoint('GET /api/scheduling/offerings/:id', 'public.read', {
  summary: 'One offering with its clinician, place, how to prepare and the policy for changes.',
  path: object({ id: Id }),
  query: object({ language: Type.Optional(Language) }),
  reply: object({
    offering: Offering,
    clinician: Clinician,
    place: Place,
    prepare: Type.Array(Text),
    bring: Type.Array(Text),
    cancelCutoffMinutes: Type.Integer(),
  }),
})

const Opening = { offeringId: Id, startsAt: Moment }

export const holdOpening = endpoint('POST /api/scheduling/holds', 'appointment.book', {
  summary: 'Keeps an opening for five minutes while the form is filled. Refused `slot_taken` with the next openings.',
  idempotent: true,
  body: object({ ...Opening, interpreter: Type.Optional(InterpreterWish) }),
  reply: object({ id: Id, expiresAt: Moment, canExtend: Type.Boolean() }),
})

export const extendHold = endpoint('POST /api/scheduling/holds/:id/extension', 'appointment.book', {
  summary: 'Keeps a hold five minutes longer, once.',
  path: object({ id: Id }),
  reply: object({ id: Id, expiresAt: Moment, canExtend: Type.Boolean() }),
})

export const releaseHold = endpoint('POST /api/scheduling/holds/:id/release', 'appointment.book', {
  summary: 'Gives a held opening back.',
  path: object({ id: Id }),
  reply: object({ released: Type.Boolean() }),
})

/** How the confirmation reaches the patient: proved by a code, a landline that gets a call back, or told to staff or a program. */
const GuestContact = Type.Union([
  object({ proof: Type.String({ maxLength: 1000 }) }),
  object({ landline: Type.String({ minLength: 7, maxLength: 30 }) }),
  object({ told: ContactTarget }),
])

export type BookingRequest = Static<typeof BookingRequest>
export const BookingRequest = object({
  ...Opening,
  holdId: Type.Optional(Id),
  newPatient: Type.Optional(Type.Boolean()),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
  planId: Type.Optional(Id),
  interpreter: Type.Optional(InterpreterWish),
  /** What the patient needs at this and every later visit; added to what is known. */
  support: Type.Optional(Support),
  language: Language,
  /** A guest says who they are and proves a contact; staff and programs name a patient, or say who is new. */
  guest: Type.Optional(object({ person: PersonDetails, contact: GuestContact })),
  patientId: Type.Optional(Id),
  /** The link of a referral stands for the patient: it books one visit of those that it allows. */
  referral: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 200 })),
})

export type AppointmentView = Static<typeof AppointmentView>
export const AppointmentView = object({
  id: Id,
  version: Type.Integer(),
  status: Type.Enum(['booked', 'cancelled']),
  startsAt: Moment,
  endsAt: Moment,
  offering: Offering,
  clinician: Clinician,
  place: Place,
  directions: orNull(Text),
  prepare: Type.Array(Text),
  bring: Type.Array(Text),
  patientFirstName: Text,
  resources: Type.Array(TakenResource),
  interpreterLanguage: orNull(Text),
  /** What the patient needs, for those who expect them; when one visit is read. */
  support: Type.Optional(Support),
  /** Which of how many seats of a group visit; null for a visit of one's own. */
  group: orNull(object({ seat: Type.Integer(), seats: Type.Integer() })),
  cancelCutoffMinutes: Type.Integer(),
  /** What this actor may do with it now. */
  can: Type.Array(Type.Enum(['cancel', 'reschedule'])),
})

export const bookAppointment = endpoint('POST /api/scheduling/appointments', 'appointment.book', {
  summary: 'Books an opening, held before or not. Refusals say why and what to do instead.',
  idempotent: true,
  body: BookingRequest,
  reply: object({
    appointment: AppointmentView,
    /** Opens /visit#… and this appointment only. Null for staff and programs. */
    visitLink: orNull(Text),
    confirmationGoesTo: orNull(Type.Enum(['email', 'text', 'call'])),
  }),
})

export const readAppointment = endpoint('GET /api/scheduling/appointments/:id', 'appointment.read', {
  summary: 'One appointment, for whoever may see it.',
  path: object({ id: Id }),
  query: object({ language: Type.Optional(Language) }),
  reply: AppointmentView,
})

/** The appointment that a visit link opens; the link is the credential (Authorization: Visit …). */
export const readMyVisit = endpoint('GET /api/scheduling/visit', 'visit.open', {
  summary: 'The appointment that this visit link opens.',
  query: object({ language: Type.Optional(Language) }),
  reply: AppointmentView,
})

/** A visit in a list. `link` opens it as the link in a message does: to read, move or cancel it. */
export const VisitLine = object({
  id: Id,
  status: Type.Enum(['booked', 'cancelled']),
  startsAt: Moment,
  offering: Offering,
  clinician: Clinician,
  place: Place,
  patientFirstName: Text,
  link: Text,
  /** Which of how many it is of a plan that stands, and the kinds of visit of that. */
  linked: orNull(
    object({
      kind: Type.Enum(['family', 'series', 'chain']),
      at: Type.Integer(),
      of: Type.Integer(),
      kinds: Type.Array(Text),
    }),
  ),
})

export const listMyVisits = endpoint('GET /api/scheduling/my-visits', 'visit.list', {
  summary: 'Visits of the signed-in patient: those to come, the soonest first, and the last that were.',
  query: object({ language: Type.Optional(Language) }),
  reply: object({ coming: Type.Array(VisitLine), past: Type.Array(VisitLine) }),
})

export const rescheduleAppointment = endpoint('POST /api/scheduling/appointments/:id/move', 'appointment.change', {
  summary: 'Moves an appointment to another opening of the same kind; the old time is free at once.',
  idempotent: true,
  path: object({ id: Id }),
  body: object({ ...Opening, holdId: Type.Optional(Id), version: Type.Optional(Type.Integer()) }),
  reply: AppointmentView,
})

export const cancelReasons = [
  'feeling_better',
  'time_does_not_fit',
  'went_elsewhere',
  'cost',
  'clinic',
  'other',
] as const
export const cancelAppointment = endpoint('POST /api/scheduling/appointments/:id/cancellation', 'appointment.change', {
  summary: 'Cancels an appointment and frees its time at once.',
  idempotent: true,
  path: object({ id: Id }),
  body: object({
    reason: Type.Enum([...cancelReasons]),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    version: Type.Optional(Type.Integer()),
  }),
  reply: AppointmentView,
})

// The front desk

export const DeskEntry = object({
  id: Id,
  kind: Type.Enum(['appointment', 'block', 'hold']),
  version: Type.Integer(),
  startsAt: Moment,
  endsAt: Moment,
  status: Text,
  placeId: orNull(Id),
  offeringId: orNull(Id),
  visitType: orNull(Text),
  mode: orNull(Mode),
  patient: orNull(PatientSummary),
  reason: orNull(Text),
  /** What the patient needs; null for who said nothing. */
  support: orNull(Support),
  /** Rooms, devices and interpreters beside the clinician. */
  resources: Type.Array(Text),
  /** Of a group visit: the session that its entries share, and the seat of this one. */
  session: orNull(object({ id: Id, seat: Type.Integer(), seats: Type.Integer() })),
  /** Stands beside another visit of its clinician, because somebody decided so. */
  overbooked: Type.Boolean(),
  bookedThrough: orNull(Text),
})

export const readDay = endpoint('GET /api/scheduling/days/:day', 'day.read', {
  summary: 'The day by clinician: open hours, bookings, holds and blocks.',
  path: object({ day: Day }),
  query: object({ placeId: Type.Optional(Id), language: Type.Optional(Language) }),
  reply: object({
    day: Day,
    zone: Text,
    places: Type.Array(Place),
    columns: Type.Array(
      object({
        clinician: Clinician,
        openHours: Type.Array(object({ startsAt: Moment, endsAt: Moment, placeId: Id })),
        entries: Type.Array(DeskEntry),
        offerings: Type.Array(object({ offering: Offering, placeId: Id })),
      }),
    ),
  }),
})

export const blockTime = endpoint('POST /api/scheduling/blocks', 'schedule.block', {
  summary: 'Blocks part of a day of a clinician. Refused `visits_in_the_way`, with which, unless they are moved first.',
  idempotent: true,
  body: object({
    clinicianId: Id,
    day: Day,
    fromMinute: Type.Integer({ minimum: 0, maximum: 1439 }),
    untilMinute: Type.Integer({ minimum: 1, maximum: 1440 }),
    reason: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  reply: object({ id: Id }),
})

export const unblockTime = endpoint('POST /api/scheduling/blocks/:id/removal', 'schedule.block', {
  summary: 'Removes a block.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})

export const listCallBacks = endpoint('GET /api/scheduling/call-backs', 'call-back.work', {
  summary: 'Patients who booked with a landline and wait for a call.',
  reply: object({
    callBacks: Type.Array(object({ id: Id, appointmentId: Id, patient: PatientSummary, dueAt: Moment })),
  }),
})

export const settleCallBack = endpoint('POST /api/scheduling/call-backs/:id/outcome', 'call-back.work', {
  summary: 'Records how the call went.',
  path: object({ id: Id }),
  body: object({ outcome: Type.Enum(['confirmed', 'not_reached', 'wrong_number']) }),
  reply: object({ id: Id }),
})
