/** What the rules of scheduling can be asked: what holds where, what a change would do, and who says yes to it. */
import { Type, type Static } from 'typebox'
import { Day, endpoint, Id, Moment, object } from '../../platform/endpoint.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Type.String()
const Words = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' })
const Count = Type.Integer({ minimum: 1, maximum: 500 })
const Minute = Type.Integer({ minimum: 0, maximum: 1440 })
const State = Type.String({ pattern: '^[A-Z]{2}$' })

export const ruleKinds = [
  'holidays',
  'alternate_weeks',
  'reserved_time',
  'daily_cap',
  'pair_buffer',
  'new_patient_quota',
  'licence',
  'ages',
  'referral',
] as const
export type RuleKind = (typeof ruleKinds)[number]
const Kind = Type.Enum([...ruleKinds])

/** By kind, what a rule says. */
const settingsOf = {
  /** Days on which nobody works. */
  holidays: object({
    days: Type.Array(object({ on: Day, name: Type.String({ minLength: 1, maxLength: 80 }) }), {
      minItems: 1,
      maxItems: 100,
    }),
  }),
  /** Open in the week of `anchorOn` and each so many weeks from it; closed in the weeks between. */
  alternate_weeks: object({ anchorOn: Day, everyWeeks: Type.Integer({ minimum: 2, maximum: 12 }) }),
  /** Hours kept for one kind of visit, and so long before they begin opened to all. */
  reserved_time: object({
    forVisitTypeId: Id,
    blocks: Type.Array(
      object({ weekday: Type.Integer({ minimum: 1, maximum: 7 }), fromMinute: Minute, untilMinute: Minute }),
      { minItems: 1, maxItems: 50 },
    ),
    releaseHours: Type.Integer({ minimum: 0, maximum: 24 * 365 }),
  }),
  /** Visits of a clinician in a day; with a visit type in its scope, of those visits. */
  daily_cap: object({ visits: Count }),
  /** Minutes between a visit of the one kind and one of the other that follows it. */
  pair_buffer: object({
    firstVisitTypeId: Id,
    thenVisitTypeId: Id,
    minutes: Type.Integer({ minimum: 1, maximum: 1440 }),
  }),
  /** New patients of a clinician in a day or a week. */
  new_patient_quota: object({ visits: Count, per: Type.Enum(['day', 'week']) }),
  /** Where a clinician may practise: the patient's state by video, the place's otherwise. */
  licence: object({ states: Type.Array(State, { minItems: 1, maxItems: 60, uniqueItems: true }) }),
  ages: object({
    minYears: Type.Integer({ minimum: 0, maximum: 130 }),
    maxYears: Type.Integer({ minimum: 0, maximum: 130 }),
  }),
  referral: object({ needs: Type.Enum(['referral', 'authorization']) }),
} as const
const AnySettings = Type.Union([
  settingsOf.holidays,
  settingsOf.alternate_weeks,
  settingsOf.reserved_time,
  settingsOf.daily_cap,
  settingsOf.pair_buffer,
  settingsOf.new_patient_quota,
  settingsOf.licence,
  settingsOf.ages,
  settingsOf.referral,
])
export type SettingsOf = { [K in RuleKind]: Static<(typeof settingsOf)[K]> }
export type Settings = SettingsOf[RuleKind]

const standings = ['holds', 'exempt', 'ended'] as const
export type Standing = (typeof standings)[number]
const versionStates = ['draft', 'proposed', 'approved', 'returned', 'withdrawn'] as const
export type VersionState = (typeof versionStates)[number]

/** Where a rule holds; null is everywhere, for everybody. */
const Scope = object({ placeId: orNull(Id), clinicianId: orNull(Id), visitTypeId: orNull(Id) })

const says = {
  standing: Type.Enum([...standings]),
  /** Of an exempt rule: which of several side by side it lifts. */
  settings: orNull(AnySettings),
  /** Of the visits it decides about, both included. */
  fromDay: Day,
  untilDay: orNull(Day),
}

export type Version = Static<typeof Version>
const Version = object({
  version: Type.Integer(),
  state: Type.Enum([...versionStates]),
  ...says,
  why: Text,
  madeAt: Moment,
  madeBy: Text,
  proposedBy: orNull(Text),
  proposedAt: orNull(Moment),
  decidedBy: orNull(Text),
  decidedAt: orNull(Moment),
  decisionWords: orNull(Text),
  restores: orNull(Type.Integer()),
  /** Whether it is what holds today. */
  holdsNow: Type.Boolean(),
})

export type RuleLine = Static<typeof RuleLine>
export const RuleLine = object({
  id: Id,
  kind: Kind,
  scope: Scope,
  /** The newest version: say it when you change the rule. */
  version: Type.Integer(),
  newest: Version,
  /** What holds today; null when nothing does. */
  now: orNull(Version),
  /** Visits booked before that it refuses, and nobody has decided about. */
  open: Type.Integer(),
})

const Named = object({ id: Id, name: Text })
export const listRules = endpoint('GET /api/scheduling/rules', 'rule.read', {
  summary: 'Every rule with what holds today and what waits for approval, and the names of what rules can be about.',
  reply: object({
    rules: Type.Array(RuleLine),
    places: Type.Array(Named),
    clinicians: Type.Array(Named),
    visitTypes: Type.Array(Named),
  }),
})

export const readRule = endpoint('GET /api/scheduling/rules/:id', 'rule.read', {
  summary: 'One rule with all of its versions, and the visits booked before that it refuses.',
  path: object({ id: Id }),
  reply: object({
    rule: RuleLine,
    versions: Type.Array(Version),
    exceptions: Type.Array(
      object({ appointmentId: Id, startsAt: Moment, clinician: Text, visitType: Text, keptBy: orNull(Text) }),
    ),
  }),
})

/** Each setting with the rule it comes from: the most specific, and those that it wins over. */
export const whatHolds = endpoint('GET /api/scheduling/rules-in-force', 'rule.read', {
  summary: 'What holds on a day for a clinician, a place and a visit type, and which rule each setting comes from.',
  query: object({
    clinicianId: Type.Optional(Id),
    placeId: Type.Optional(Id),
    visitTypeId: Type.Optional(Id),
    day: Day,
  }),
  reply: object({
    settings: Type.Array(
      object({
        kind: Kind,
        ruleId: Id,
        version: Type.Integer(),
        from: Scope,
        standing: Type.Enum(['holds', 'exempt']),
        settings: orNull(AnySettings),
        over: Type.Array(object({ ruleId: Id, from: Scope })),
      }),
    ),
  }),
})

export const whyNot = endpoint('GET /api/scheduling/why-not', 'day.read', {
  summary: 'Why a time cannot be booked, for anybody or for one patient: one sentence, by the rules that refuse.',
  query: object({ offeringId: Id, startsAt: Moment, patientId: Type.Optional(Id) }),
  reply: object({
    code: Text,
    sentence: Text,
    /** Of the rule of scheduling that refuses, with its sentence in Spanish; the others are known by their code. */
    ruleId: Type.Optional(Id),
    es: Type.Optional(Text),
  }),
})

/** A rule as somebody wants it, for a preview or to keep. */
const wish = { kind: Kind, scope: Scope, ...says }

export const previewRule = endpoint('POST /api/scheduling/rule-previews', 'rule.propose', {
  summary:
    'What a rule would have refused in past weeks, what it does to coming openings, and which visits it would break.',
  body: object({ ...wish, weeks: Type.Optional(Type.Integer({ minimum: 1, maximum: 26 })) }),
  reply: object({
    /** Why it cannot be proposed as it is; null when it can. */
    unfit: orNull(object({ code: Text, sentence: Text, es: Type.Optional(Text) })),
    past: object({ weeks: Type.Integer(), visits: Type.Integer(), refused: Type.Integer() }),
    openings: object({
      fromDay: Day,
      days: Type.Integer(),
      clinicians: Type.Array(object({ id: Id, name: Text, before: Type.Integer(), after: Type.Integer() })),
      /** In its scope there are more clinicians than were looked at. */
      more: Type.Integer(),
    }),
    broken: Type.Array(object({ appointmentId: Id, startsAt: Moment, clinician: Text, visitType: Text })),
  }),
})

export const draftRule = endpoint('POST /api/scheduling/rules', 'rule.propose', {
  summary:
    'Writes a new rule as a draft. Refused `rule_exists` where there is one of this kind and scope: change that.',
  idempotent: true,
  body: object({ ...wish, why: Words }),
  reply: object({ id: Id, version: Type.Integer() }),
})

export const changeRule = endpoint('POST /api/scheduling/rules/:id/versions', 'rule.propose', {
  summary: 'Writes a further version as a draft. Refused `rule_changed`, with what changed, when somebody was faster.',
  path: object({ id: Id }),
  body: object({ version: Type.Integer(), ...says, why: Words }),
  reply: object({ id: Id, version: Type.Integer() }),
})

export const proposeRule = endpoint('POST /api/scheduling/rules/:id/proposal', 'rule.propose', {
  summary: 'Asks a colleague to approve the newest version. Refused with why when it leaves no opening or contradicts.',
  path: object({ id: Id }),
  body: object({ version: Type.Integer() }),
  reply: object({ id: Id, version: Type.Integer() }),
})

export const decideRule = endpoint('POST /api/scheduling/rules/:id/decision', 'rule.approve', {
  summary: 'Approves what another proposed, or returns it with words. Openings follow at once; no visit is cancelled.',
  path: object({ id: Id }),
  body: object({ version: Type.Integer(), approve: Type.Boolean(), words: Type.Optional(Words) }),
  reply: object({ id: Id, version: Type.Integer(), broken: Type.Integer() }),
})

export const returnRule = endpoint('POST /api/scheduling/rules/:id/return', 'rule.approve', {
  summary: 'Back to the approved version before, at once: it was approved by two already.',
  path: object({ id: Id }),
  body: object({ version: Type.Integer() }),
  reply: object({ id: Id, version: Type.Integer(), broken: Type.Integer() }),
})

export const keepException = endpoint('POST /api/scheduling/rules/:id/exceptions', 'rule.propose', {
  summary: 'Keeps a visit that was booked before a rule which refuses it; the other way is to move it.',
  path: object({ id: Id }),
  body: object({ appointmentId: Id }),
  reply: object({ appointmentId: Id }),
})

export const recordAuthorization = endpoint('POST /api/scheduling/authorizations', 'authorization.record', {
  summary: 'Records that an insurer authorized a kind of visit for a patient. Referrals have an address of their own.',
  idempotent: true,
  body: object({
    patientId: Id,
    visitTypeId: Id,
    fromDay: Day,
    untilDay: orNull(Day),
  }),
  reply: object({ id: Id }),
})

/** Of a kind; the API checks settings by it. */
export const schemaOf = (kind: RuleKind) => settingsOf[kind]
