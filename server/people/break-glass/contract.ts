/** What people can be asked about records that open only to those who care: the reason, the review, the team, the rules. */
import { Type, type Static } from 'typebox'
import { Day, endpoint, Id, Moment, object } from '../../platform/endpoint.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Type.String()
const Words = Type.String({ minLength: 5, maxLength: 1000, pattern: '\\S' })

export type GlassReason = Static<typeof GlassReason>
const GlassReason = Type.Enum(['emergency', 'covering', 'called_by_patient', 'other_care', 'other'])

export const breakGlass = endpoint('POST /api/people/patients/:id/break-glass', 'glass.break', {
  summary: 'Opens one record for an hour to somebody who does not care for the patient, for a reason. It is reviewed.',
  path: object({ id: Id }),
  body: object({ reason: GlassReason, words: Words }),
  reply: object({ id: Id, endsAt: Moment }),
})

export const listBrokenGlass = endpoint('GET /api/people/break-glass', 'glass.review', {
  summary: 'Records that were opened by breaking the glass: those to review first, the most urgent first.',
  reply: object({
    broken: Type.Array(
      object({
        id: Id,
        person: object({ id: Id, name: orNull(Text), role: Text }),
        /** The asker's own: somebody else reviews it. */
        mine: Type.Boolean(),
        patientId: Id,
        patient: object({ id: Id, name: Text, bornOn: orNull(Day) }),
        reason: GlassReason,
        words: Text,
        brokenAt: Moment,
        endsAt: Moment,
        reviewDueAt: Moment,
        /** This person did it more than three times in the week before. */
        often: Type.Boolean(),
        /** How many times this person had done it in the seven days until then, this one included. */
        inWeek: Type.Integer(),
        review: orNull(object({ outcome: Type.Enum(['fine', 'violation']), note: orNull(Text), at: Moment })),
      }),
    ),
  }),
})

export const reviewBrokenGlass = endpoint('POST /api/people/break-glass/:id/review', 'glass.review', {
  summary: 'Records what the privacy officer found out. Nobody reviews their own.',
  path: object({ id: Id }),
  body: object({ outcome: Type.Enum(['fine', 'violation']), note: Type.Optional(Type.String({ maxLength: 2000 })) }),
  reply: object({ id: Id }),
})

export type RecordFlag = Static<typeof FlagKind>
const FlagKind = Type.Enum(['vip', 'employee', 'family'])

const Past = { until: orNull(Moment), endedAt: orNull(Moment), endedBy: orNull(Text) }

export const showCareTeam = endpoint('GET /api/people/patients/:id/care-team', 'care-team.read', {
  summary:
    'Who was named to care for this patient, and how the record was marked: what holds first, then what is over.',
  path: object({ id: Id }),
  reply: object({
    patient: object({ id: Id, name: Text, bornOn: orNull(Day) }),
    team: Type.Array(
      object({
        id: Id,
        person: object({ id: Id, name: Text }),
        /** The asker's own: somebody else names and ends it. */
        mine: Type.Boolean(),
        since: Moment,
        by: orNull(Text),
        /** It holds now: not ended, its time not over, and they still work here. */
        holds: Type.Boolean(),
        ...Past,
      }),
    ),
    flags: Type.Array(
      object({
        id: Id,
        kind: FlagKind,
        since: Moment,
        by: orNull(Text),
        endedAt: orNull(Moment),
        endedBy: orNull(Text),
      }),
    ),
  }),
})

export const setCareTeam = endpoint('POST /api/people/patients/:id/care-team', 'care-team.manage', {
  summary:
    'Names a colleague who cares for this patient without a visit of their own, or ends that. Nobody names themselves.',
  path: object({ id: Id }),
  body: object({ personId: Id, held: Type.Boolean(), until: Type.Optional(Moment) }),
  reply: object({ id: Id }),
})

export const setRecordFlag = endpoint('POST /api/people/patients/:id/flags', 'record-flag.manage', {
  summary: 'Marks a record that curiosity goes to: every colleague but those who care needs a reason to open it.',
  path: object({ id: Id }),
  body: object({ kind: FlagKind, held: Type.Boolean() }),
  reply: object({ id: Id }),
})

const Rules = {
  confidentialFromYears: Type.Integer({ minimum: 0, maximum: 25 }),
  proxyEndsYears: Type.Integer({ minimum: 10, maximum: 25 }),
  teamDays: Type.Integer({ minimum: 1, maximum: 1000 }),
  glassShown: Type.Boolean(),
}

export const showAccessRules = endpoint('GET /api/people/access-rules', 'access-rules.manage', {
  summary: 'The organization’s own rules: ages of parents’ rights, the care team’s days, what patients are told.',
  reply: object(Rules),
})

export const changeAccessRules = endpoint('POST /api/people/access-rules', 'access-rules.manage', {
  summary: 'Changes the rules from the next request on; what is left out stays.',
  body: Type.Partial(object(Rules), { additionalProperties: false }),
  reply: object(Rules),
})
