/** What can be asked about two records that are one patient. */
import { Type, type Static } from 'typebox'
import { endpoint, Id, Moment, object } from '../../platform/endpoint.ts'

const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const mergeChoices = ['name', 'bornOn', 'gender', 'language'] as const

export type MergeRequest = Static<typeof MergeRequest>
const MergeRequest = object({
  survivorId: Id,
  absorbedId: Id,
  /** What the survivor shows of the absorbed record since; contacts are kept of both. */
  chosen: Type.Array(Type.Enum([...mergeChoices]), { maxItems: mergeChoices.length, uniqueItems: true }),
  reason: Reason,
})

export const mergeRecords = endpoint('POST /api/people/merges', 'patient.match', {
  summary:
    'Makes two records one patient, until it is undone. Refused `already_merged` when one of them is part of another.',
  body: MergeRequest,
  reply: object({ id: Id }),
})

export const undoMerge = endpoint('POST /api/people/merges/:id/undoing', 'patient.match', {
  summary: 'Gives both records back as they were, apart from what was changed on purpose since.',
  path: object({ id: Id }),
  body: object({ reason: Reason }),
  reply: object({ id: Id }),
})

const Named = object({ id: Id, name: Type.String(), bornOn: orNull(Type.String()) })

export type MergeView = Static<typeof MergeView>
const MergeView = object({
  id: Id,
  survivor: Named,
  absorbed: Named,
  reason: Type.String(),
  mergedAt: Moment,
  mergedBy: Type.String(),
  undone: orNull(object({ at: Moment, by: Type.String(), reason: Type.String() })),
  /** Who may act for one of the two sees that one only, until the desk lets them see both. */
  proxies: Type.Array(object({ grantId: Id, patientId: Id, name: Type.String(), seesBoth: Type.Boolean() })),
})

export const listMerges = endpoint('GET /api/people/merges', 'merge.read', {
  summary: 'Records that were merged, and merges that were undone: the newest, or all of one patient.',
  query: object({ patientId: Type.Optional(Id) }),
  reply: object({ merges: Type.Array(MergeView) }),
})

export const widenProxy = endpoint('PUT /api/people/merges/:id/proxies/:grantId', 'proxy.decide', {
  summary: 'Lets who may act for one of two merged records see both, or only that one again.',
  path: object({ id: Id, grantId: Id }),
  body: object({ seesBoth: Type.Boolean() }),
  reply: object({ seesBoth: Type.Boolean() }),
})
