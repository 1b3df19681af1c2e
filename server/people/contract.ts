/** What people can be asked about organizations, codes and patients; sign-in, accounts and staff have their own. */
import { Type, type Static } from 'typebox'
import { Day, endpoint, Id, Language, Moment, object } from '../platform/endpoint.ts'

export * from './merge/contract.ts'
export * from './sign-in/contract.ts'
export * from './account/contract.ts'
export * from './staff/contract.ts'
export * from './support/contract.ts'

const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })
/** +15551234567, (555) 123-4567 ...: read and normalized by the server. */
const Phone = Type.String({ minLength: 7, maxLength: 30 })
const Email = Type.String({ minLength: 3, maxLength: 254, format: 'email' })

export const readClinic = endpoint('GET /api/people/clinic', 'public.read', {
  summary: 'The clinic that this address belongs to: its name, phone and time zone.',
  reply: object({
    name: Type.String(),
    phone: Type.String(),
    zone: Type.String(),
    demo: Type.Boolean(),
    /** A copy to practise on: nothing in it is real, and its clock moves. */
    practice: Type.Boolean(),
    cancelCutoffMinutes: Type.Integer(),
  }),
})

export type ContactTarget = Static<typeof ContactTarget>
export const ContactTarget = Type.Union([
  object({ kind: Type.Literal('phone'), value: Phone }),
  object({ kind: Type.Literal('email'), value: Email }),
])

export const sendContactCode = endpoint('POST /api/people/contact-codes', 'contact.prove', {
  summary: 'Sends a six-digit code to a phone or email, good for ten minutes. The reply is the same for all.',
  body: object({ to: ContactTarget, language: Language }),
  reply: object({ id: Id, expiresAt: Moment }),
})

export const proveContact = endpoint('POST /api/people/contact-codes/:id/proof', 'contact.prove', {
  summary: 'Trades the code for a proof that the contact is in this person’s hands, good for thirty minutes.',
  path: object({ id: Id }),
  body: object({ code: Type.String({ pattern: '^[0-9]{6}$' }) }),
  reply: object({ proof: Type.String() }),
})

/** Who the visit is for, as a guest or the front desk types it. */
export type PersonDetails = Static<typeof PersonDetails>
export const PersonDetails = object({
  givenName: Name,
  familyName: Name,
  bornOn: Day,
  gender: Type.Optional(Type.Enum(['male', 'female', 'other', 'unknown'])),
  language: Language,
})

export type PatientSummary = Static<typeof PatientSummary>
export const PatientSummary = object({
  id: Id,
  name: Type.String(),
  bornOn: Type.Union([Day, Type.Null()]),
  gender: Type.Union([Type.String(), Type.Null()]),
  language: Type.Union([Type.String(), Type.Null()]),
  phone: Type.Union([Type.String(), Type.Null()]),
  email: Type.Union([Type.String(), Type.Null()]),
})

export const findPatients = endpoint('GET /api/people/patients', 'patient.find', {
  summary: 'Patients whose name words, birth date or phone begin so: "gon mar", "1980-02-01", "555 12".',
  query: object({
    q: Type.String({ minLength: 2, maxLength: 100 }),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
  }),
  reply: object({ patients: Type.Array(PatientSummary) }),
})

export const addPatient = endpoint('POST /api/people/patients', 'patient.add', {
  summary: 'Adds a patient that the front desk or a program has met. Says which existing patients look the same.',
  idempotent: true,
  body: object({ person: PersonDetails, phone: Type.Optional(Phone), email: Type.Optional(Email) }),
  reply: object({ patient: PatientSummary, lookAlikes: Type.Array(PatientSummary) }),
})

/** Bits for (above 0) or against one person, of the fields that both records have; weights in identity/weights.ts. */
export type Likelihood = Static<typeof Likelihood>
const Likelihood = object({
  total: Type.Number(),
  verdict: Type.Enum(['same', 'look', 'different']),
  contributions: Type.Array(
    object({
      field: Type.Enum(['familyName', 'givenName', 'birthDate', 'gender', 'phone', 'email', 'postcode']),
      level: Type.Enum(['same', 'nickname', 'near', 'swapped', 'slip', 'different']),
      points: Type.Number(),
    }),
  ),
})

export const listMatchReviews = endpoint('GET /api/people/match-reviews', 'patient.match', {
  summary: 'Guests who may be patients we know: for a person to decide, with why.',
  reply: object({
    reviews: Type.Array(
      object({
        id: Id,
        guest: PatientSummary,
        candidates: Type.Array(object({ ...PatientSummary.properties, likelihood: Likelihood })),
        createdAt: Moment,
      }),
    ),
  }),
})

export const decideMatch = endpoint('POST /api/people/match-reviews/:id/decision', 'patient.match', {
  summary:
    'Records that the guest is none of the candidates, or asks again in a day. Who is the same is merged (POST /api/people/merges).',
  path: object({ id: Id }),
  body: object({ decision: Type.Enum(['different', 'later']) }),
  reply: object({ id: Id }),
})

// Joining an account to a record

export const invitePatient = endpoint('POST /api/people/patients/:id/invitation', 'patient.invite', {
  summary:
    'A link for this patient to open an account with, good for seven days, once. A contact on record proves them.',
  path: object({ id: Id }),
  body: object({ kind: Type.Enum(['phone', 'email']) }),
  reply: object({ id: Id, url: Type.String(), sentTo: Type.String(), expiresAt: Moment }),
})

const InvitationToken = Type.String({ minLength: 20, maxLength: 300 })

export const openInvitation = endpoint('POST /api/people/account/invitation', 'account.join', {
  summary: 'Sends a code to the contact on record that the invitation names; says where to, mostly hidden.',
  body: object({ token: InvitationToken, language: Language }),
  reply: object({ codeId: Id, sentTo: Type.String(), expiresAt: Moment }),
})

export const acceptInvitation = endpoint('POST /api/people/account/invitation/acceptance', 'account.join', {
  summary: 'Joins the account to the record with the code that was sent; uses the invitation up.',
  body: object({ token: InvitationToken, codeId: Id, code: Type.String({ pattern: '^[0-9]{6}$' }) }),
  reply: object({ joined: Type.Boolean() }),
})

export const joinRecord = endpoint('POST /api/people/account/record', 'account.join', {
  summary: 'Joins the account to a record by a proved contact, name and birth date. The same reply for all.',
  body: object({ person: PersonDetails, proof: Type.String({ minLength: 10, maxLength: 1000 }) }),
  reply: object({ joined: Type.Boolean() }),
})
