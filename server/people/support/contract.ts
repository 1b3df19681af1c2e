/** What a patient needs to come, to hear, to see and to be understood: said once, shown wherever they are expected. */
import { Type, type Static } from 'typebox'
import { endpoint, object } from '../../platform/endpoint.ts'

export const supportNeeds = [
  'wheelchair',
  'mobility',
  'service_animal',
  'sign_language',
  'captions',
  'large_print',
  'read_aloud',
  'quiet',
  'longer_time',
] as const

export type Support = Static<typeof Support>
export const Support = object({
  needs: Type.Array(Type.Enum([...supportNeeds]), { maxItems: supportNeeds.length, uniqueItems: true }),
  /** BCP 47 of the language that they need an interpreter of. */
  interpreter: Type.Union([Type.String({ pattern: '^[a-z]{2,3}$' }), Type.Null()]),
})

export const readMySupport = endpoint('GET /api/people/support', 'support.own', {
  summary: 'What the patient needs at every visit: access, hearing, sight, an interpreter, more time.',
  reply: Support,
})

export const saveMySupport = endpoint('PUT /api/people/support', 'support.own', {
  summary: 'Says anew what the patient needs at every visit.',
  body: Support,
  reply: Support,
})
