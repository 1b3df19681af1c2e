/** What privacy can be asked: by a patient about their own record, by the privacy officer about everybody's. */
import { Type } from 'typebox'
import { Day, endpoint, Id, Moment, object } from '../platform/endpoint.ts'

const Text = Type.String()
const Words = Type.String({ minLength: 1, maxLength: 4000, pattern: '\\S' })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** One person, one kind of deed, one day: what somebody did to one record, as often as it was. */
export const Deeds = object({
  day: Day,
  lastAt: Moment,
  /** Null: the product itself. */
  who: object({ id: Text, name: orNull(Text), role: Text }),
  patientId: orNull(Id),
  action: Text,
  what: Text,
  purpose: Text,
  outcome: Text,
  times: Type.Integer(),
})

export const readMyAccessReport = endpoint('GET /api/privacy/my-access-report', 'privacy.own', {
  summary: 'Who opened my record: who, in which role, when, what and why.',
  query: object({ before: Type.Optional(Day) }),
  reply: object({ deeds: Type.Array(Deeds), earlier: orNull(Day) }),
})

export const Amendment = object({
  id: Id,
  patientId: Id,
  about: Text,
  wanted: Text,
  askedAt: Moment,
  dueOn: Day,
  answer: orNull(Type.Enum(['accepted', 'denied'])),
  answerReason: orNull(Text),
  answeredAt: orNull(Moment),
  disagreement: orNull(Text),
})

export const askAmendment = endpoint('POST /api/privacy/my-amendments', 'privacy.own', {
  summary: 'Asks to correct the record; answered within 60 days.',
  idempotent: true,
  body: object({ about: Words, wanted: Words }),
  reply: Amendment,
})

export const listMyAmendments = endpoint('GET /api/privacy/my-amendments', 'privacy.own', {
  summary: 'What I asked to correct, and what was answered.',
  reply: object({ amendments: Type.Array(Amendment) }),
})

export const disagree = endpoint('POST /api/privacy/my-amendments/:id/disagreement', 'privacy.own', {
  summary: 'Adds my own statement to a denial; it stays with the record.',
  path: object({ id: Id }),
  body: object({ statement: Words }),
  reply: Amendment,
})

export const Disclosure = object({
  id: Id,
  patientId: Id,
  disclosedOn: Day,
  recipient: Text,
  address: orNull(Text),
  what: Text,
  why: Text,
})

export const listMyDisclosures = endpoint('GET /api/privacy/my-disclosures', 'privacy.own', {
  summary: 'To whom my record was given for another reason than my care, its payment or the clinic’s own work.',
  reply: object({ disclosures: Type.Array(Disclosure) }),
})

export const consentKinds = ['research', 'teaching', 'family_updates', 'facility_list', 'health_exchange'] as const
const Consent = object({
  kind: Type.Enum([...consentKinds]),
  decision: orNull(Type.Enum(['permit', 'deny'])),
  saidAt: orNull(Moment),
})

export const listMyConsents = endpoint('GET /api/privacy/my-consents', 'privacy.own', {
  summary: 'What I allow and what I do not; null where I have not said.',
  reply: object({ consents: Type.Array(Consent) }),
})

export const sayConsent = endpoint('POST /api/privacy/my-consents', 'privacy.own', {
  summary: 'Allows or forbids one thing, from now on.',
  body: object({ kind: Type.Enum([...consentKinds]), decision: Type.Enum(['permit', 'deny']) }),
  reply: object({ consents: Type.Array(Consent) }),
})

// The privacy officer

/** No more of a patient than tells one from another. */
const Named = object({ id: Id, name: Text, bornOn: orNull(Day) })

export const findPeople = endpoint('GET /api/privacy/people', 'privacy.work', {
  summary: 'Patients and colleagues by name or birth date, to say whom a question of privacy is about.',
  query: object({ q: Type.String({ minLength: 2, maxLength: 200 }) }),
  reply: object({
    patients: Type.Array(Named),
    colleagues: Type.Array(object({ id: Id, name: Text, roles: Type.Array(Text) })),
  }),
})

export const readAccessLog = endpoint('GET /api/privacy/access-log', 'privacy.watch', {
  summary: 'Who opened this record, or what this person or program opened; by day, newest first.',
  query: object({
    patientId: Type.Optional(Id),
    personId: Type.Optional(Id),
    before: Type.Optional(Day),
  }),
  reply: object({
    /** Whose log it is, by name. */
    of: object({ patient: orNull(Named), person: orNull(object({ id: Id, name: orNull(Text) })) }),
    deeds: Type.Array(object({ ...Deeds.properties, patient: orNull(Named) })),
    earlier: orNull(Day),
  }),
})

export const signs = [
  'self',
  'same_surname',
  'shared_contact',
  'colleague',
  'after_hours',
  'no_visit',
  'many_records',
] as const

export const listLooks = endpoint('GET /api/privacy/looks', 'privacy.watch', {
  summary: 'Looks at records that may be curiosity, each with the signs that say so; the most signs first.',
  query: object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90 })) }),
  reply: object({
    looks: Type.Array(
      object({
        day: Day,
        person: object({ id: Id, name: orNull(Text), role: Text }),
        /** The asker's own: somebody else judges it. */
        mine: Type.Boolean(),
        patientId: Id,
        patient: Named,
        times: Type.Integer(),
        signs: Type.Array(Type.Enum([...signs])),
        review: orNull(object({ outcome: Text, note: orNull(Text) })),
      }),
    ),
  }),
})

export const reviewLook = endpoint('POST /api/privacy/looks/review', 'privacy.watch', {
  summary: 'Records what the privacy officer found out about a look.',
  body: object({
    personId: Id,
    patientId: Id,
    day: Day,
    outcome: Type.Enum(['fine', 'violation']),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
  reply: object({ reviewed: Type.Boolean() }),
})

export const listAmendments = endpoint('GET /api/privacy/amendments', 'privacy.work', {
  summary: 'Requests to correct a record that wait for an answer, the most urgent first; or the newest that have one.',
  query: object({ state: Type.Optional(Type.Enum(['waiting', 'answered'])) }),
  reply: object({ amendments: Type.Array(object({ ...Amendment.properties, patient: orNull(Named) })) }),
})

export const answerAmendment = endpoint('POST /api/privacy/amendments/:id/answer', 'privacy.work', {
  summary: 'Accepts or denies a correction; a denial says why.',
  path: object({ id: Id }),
  body: object({ answer: Type.Enum(['accepted', 'denied']), reason: Type.Optional(Words) }),
  reply: Amendment,
})

export const disclosureReasons = [
  'public_health',
  'oversight',
  'court',
  'police',
  'research',
  'coroner',
  'threat',
  'other_law',
] as const

export const recordDisclosure = endpoint('POST /api/privacy/disclosures', 'privacy.work', {
  summary: 'Records that a record was given to somebody outside, and why.',
  idempotent: true,
  body: object({
    patientId: Id,
    disclosedOn: Day,
    recipient: Type.String({ minLength: 1, maxLength: 300 }),
    address: Type.Optional(Type.String({ maxLength: 500 })),
    what: Words,
    why: Type.Enum([...disclosureReasons]),
  }),
  reply: Disclosure,
})

export const listDisclosures = endpoint('GET /api/privacy/patients/:id/disclosures', 'privacy.work', {
  summary: 'What was given to others about a patient in the last six years: the accounting they may ask for.',
  path: object({ id: Id }),
  reply: object({ patient: Named, disclosures: Type.Array(Disclosure) }),
})

const Hold = object({
  id: Id,
  patientId: orNull(Id),
  patient: orNull(Named),
  reason: Text,
  placedAt: Moment,
  endedAt: orNull(Moment),
})

export const listHolds = endpoint('GET /api/privacy/holds', 'privacy.work', {
  summary: 'Legal holds, those that last first.',
  reply: object({ holds: Type.Array(Hold) }),
})

export const placeHold = endpoint('POST /api/privacy/holds', 'privacy.work', {
  summary: 'Keeps one record, or every record, from being let go.',
  idempotent: true,
  body: object({ patientId: Type.Optional(Id), reason: Words }),
  reply: object({ id: Id }),
})

export const endHold = endpoint('POST /api/privacy/holds/:id/end', 'privacy.work', {
  summary: 'Ends a legal hold.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})

export const listRetention = endpoint('GET /api/privacy/retention', 'privacy.work', {
  summary: 'Records whose time to be kept is over, why each may or may not be let go, and who decided it so far.',
  reply: object({
    records: Type.Array(
      object({
        patientId: Id,
        patient: orNull(Named),
        keptUntil: Day,
        held: Type.Boolean(),
        proposal: orNull(
          object({
            id: Id,
            by: Text,
            at: Moment,
            /** The asker's own: somebody else approves it. */
            mine: Type.Boolean(),
            /** Who proposed it still has the role in which they did. */
            stands: Type.Boolean(),
            approved: orNull(object({ by: Text, at: Moment })),
          }),
        ),
      }),
    ),
  }),
})

export const proposeLettingGo = endpoint('POST /api/privacy/retention/proposals', 'retention.decide', {
  summary: 'Proposes to let go a record whose time is over. Somebody else approves; the operator carries it out.',
  body: object({ patientId: Id }),
  reply: object({ id: Id }),
})

export const approveLettingGo = endpoint('POST /api/privacy/retention/proposals/:id/approval', 'retention.decide', {
  summary: 'Approves what another person proposed.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})

export const withdrawLettingGo = endpoint('POST /api/privacy/retention/proposals/:id/withdrawal', 'retention.decide', {
  summary: 'Takes a proposal back, approved or not: the record stays.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})
