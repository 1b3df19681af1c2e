/** What can be asked about referrals: make one, see which nobody booked, close one, how many led to a visit. */
import { Type, type Static } from 'typebox'
import { Day, endpoint, Id, Language, Moment, object } from '../../platform/endpoint.ts'
import { Clinician, Place } from '../../directory/contract.ts'
import { PatientSummary } from '../../people/contract.ts'
import { Offering } from '../care/contract.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Type.String()
const Code = Type.String({ pattern: '^[a-z0-9-]{1,40}$' })
const Priority = Type.Enum(['routine', 'urgent', 'asap', 'stat'])

/** What a referral can be for. */
export const listVisitTypes = endpoint('GET /api/scheduling/visit-types', 'public.read', {
  summary: 'The kinds of visits that are offered here.',
  query: object({ language: Type.Optional(Language) }),
  reply: object({ visitTypes: Type.Array(object({ code: Text, name: Text })) }),
})

export type ReferralRequest = Static<typeof ReferralRequest>
export const ReferralRequest = object({
  patientId: Id,
  /** Any one of these kinds of visits. */
  visitTypes: Type.Array(Code, { minItems: 1, maxItems: 10, uniqueItems: true }),
  /** One of these clinicians; without any: whoever offers such a visit. */
  clinicianIds: Type.Optional(Type.Array(Id, { maxItems: 50, uniqueItems: true })),
  /** NUCC taxonomy code: only clinicians who have it. */
  specialty: Type.Optional(Type.String({ pattern: '^[0-9A-Z]{10}$' })),
  /** Today when it is not said. */
  validFrom: Type.Optional(Day),
  validUntil: Day,
  priority: Type.Optional(Priority),
  /** Who refers, as they are called. */
  referrer: Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' }),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
  /** Sends the patient a link to book by themselves, where there is a phone or an email. */
  sendLink: Type.Optional(Type.Boolean()),
})

export const makeReferral = endpoint('POST /api/scheduling/referrals', 'referral.make', {
  summary: 'Refers a patient for a visit. Refused `no_such_visit` when nobody offers it.',
  idempotent: true,
  body: ReferralRequest,
  reply: object({ id: Id }),
})

export type Referral = Static<typeof Referral>
export const Referral = object({
  id: Id,
  patient: PatientSummary,
  visitTypes: Type.Array(Text),
  clinicians: Type.Array(Text),
  validFrom: Day,
  validUntil: Day,
  priority: Priority,
  referrer: Text,
  reason: orNull(Text),
  madeAt: Moment,
  linkSentAt: orNull(Moment),
  /** Since when somebody should call, because nobody booked for seven days. */
  overdueAt: orNull(Moment),
  state: Type.Enum(['waiting', 'expired', 'scheduled', 'seen', 'closed']),
  visitAt: orNull(Moment),
  closeReason: orNull(Text),
})

export const listReferrals = endpoint('GET /api/scheduling/referrals', 'referral.work', {
  summary: 'Referrals that nobody booked, what waits longest and is most urgent first; or all of one patient.',
  query: object({ patientId: Type.Optional(Id), language: Type.Optional(Language) }),
  reply: object({ referrals: Type.Array(Referral) }),
})

export const closeReferral = endpoint('POST /api/scheduling/referrals/:id/closing', 'referral.work', {
  summary:
    'Closes a referral that will not lead to a visit here, and says why. Its link ends. Refused `already_decided`.',
  path: object({ id: Id }),
  body: object({ reason: Type.Enum(['declined', 'elsewhere', 'not_reached', 'not_needed', 'other']) }),
  reply: object({ id: Id }),
})

export const readClosedLoop = endpoint('GET /api/scheduling/referrals/closed-loop', 'referral.work', {
  summary: 'By referrer: how many referrals of these days led to a visit, and how long that took.',
  query: object({ from: Type.Optional(Day), until: Type.Optional(Day) }),
  reply: object({
    from: Day,
    until: Day,
    referrers: Type.Array(
      object({
        referrer: Text,
        made: Type.Integer(),
        scheduled: Type.Integer(),
        seen: Type.Integer(),
        closed: Type.Integer(),
        waiting: Type.Integer(),
        /** From the referral to the booking, the middle one; null when none is booked. */
        daysToBook: orNull(Type.Number()),
      }),
    ),
  }),
})

export const sendReferralLink = endpoint('POST /api/scheduling/referrals/:id/link', 'referral.work', {
  summary: 'Sends the patient a new link to book the referral; the one before ends. Refused `nowhere_to_send`.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})

/** The link is the credential: it comes in the body, which no log keeps. */
const Token = Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 200 })

export const openReferralLink = endpoint('POST /api/scheduling/referral-link', 'referral.open', {
  summary:
    'What the link of a referral opens: for which visits and with whom. Refused `referral_used`, `referral_expired`, `referral_over`.',
  body: object({ token: Token, language: Type.Optional(Language) }),
  reply: object({
    patientFirstName: Text,
    referrer: Text,
    from: Day,
    until: Day,
    offered: Type.Array(object({ offering: Offering, clinician: Clinician, place: Place })),
  }),
})

export const listReferralOpenings = endpoint('POST /api/scheduling/referral-link/openings', 'referral.open', {
  summary: 'The times of one of these visits that the referral allows, 14 days at a time. Refused `not_of_referral`.',
  body: object({ token: Token, offeringId: Id, from: Type.Optional(Day) }),
  reply: object({
    zone: Text,
    days: Type.Array(object({ day: Day, openings: Type.Array(Moment) })),
    nextDay: orNull(Day),
  }),
})
