/** What can be asked about insurance: which plans there are, and in which networks a clinician is said to be. */
import { Type, type Static } from 'typebox'
import { Day, endpoint, Id, object } from '../platform/endpoint.ts'

export const listPlans = endpoint('GET /api/coverage/plans', 'public.read', {
  summary: 'Payers and their plans, by name.',
  reply: object({
    payers: Type.Array(
      object({ id: Id, name: Type.String(), plans: Type.Array(object({ id: Id, name: Type.String() })) }),
    ),
  }),
})

/** 'In network' is somebody's word on a date: shown with both. `faded` once older than 90 days. */
export type NetworkFact = Static<typeof NetworkFact>
export const NetworkFact = object({
  networkId: Id,
  network: Type.String(),
  source: Type.Enum(['payer_directory', 'practice', 'eligibility_check']),
  knownOn: Day,
  faded: Type.Boolean(),
  /** From 0 to 1: by whose word, and less with every month that nobody asked again. */
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
})

export const readNetworks = endpoint('GET /api/coverage/clinicians/:id/networks', 'public.read', {
  summary: 'The networks that a clinician is said to be in, each with its source and date.',
  path: object({ id: Id }),
  reply: object({ networks: Type.Array(NetworkFact) }),
})
