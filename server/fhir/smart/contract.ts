/** What can be asked about apps: what one wants, whether it gets it, which have it, and starting one from a chart. */
import { Type, type Static } from 'typebox'
import { endpoint, Id, Moment, object } from '../../platform/endpoint.ts'

const InBothLanguages = object({ en: Type.String(), es: Type.String() })
export type Wish = Static<typeof Wish>
export const Wish = object({ scope: Type.String(), words: InBothLanguages })
const Uid = Type.String({ pattern: '^[A-Za-z0-9_-]{20,64}$' })

export const readInteraction = endpoint('GET /api/fhir/smart/interactions/:uid', 'app.connect', {
  summary: 'An app asks for access: what it is, what it wants in plain words, and for which patient.',
  path: object({ uid: Uid }),
  reply: object({
    app: object({ id: Id, name: Type.String(), site: Type.String() }),
    wishes: Type.Array(Wish),
    /** Whom it may be for: one to choose when there are several; none when it is not about one patient. */
    patients: Type.Array(object({ id: Id, name: Type.String() })),
    expiresAt: Moment,
  }),
})

export const decideInteraction = endpoint('POST /api/fhir/smart/interactions/:uid', 'app.connect', {
  summary: 'Lets the app in with all or some of what it wants, or does not. Gives the address to go on to.',
  path: object({ uid: Uid }),
  body: object({
    approve: Type.Boolean(),
    scopes: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 })),
    patientId: Type.Optional(Id),
  }),
  reply: object({ redirectTo: Type.String() }),
})

export const listConnectedApps = endpoint('GET /api/fhir/smart/apps', 'app.connect', {
  summary: 'The apps that you let in, and what each may do.',
  reply: object({
    apps: Type.Array(object({ id: Id, name: Type.String(), since: Moment, may: Type.Array(Wish) })),
  }),
})

export const disconnectApp = endpoint('POST /api/fhir/smart/apps/:id/revocation', 'app.connect', {
  summary: 'Ends an app’s access at once.',
  path: object({ id: Id }),
  reply: object({ ended: Type.Boolean() }),
})

export const listLaunchableApps = endpoint('GET /api/fhir/smart/launches', 'app.launch', {
  summary: 'The apps that can be started from a patient’s record.',
  reply: object({ apps: Type.Array(object({ id: Id, name: Type.String() })) }),
})

export const launchApp = endpoint('POST /api/fhir/smart/launches', 'app.launch', {
  summary: 'Starts an app for a patient: gives its address with a launch that is good once, for five minutes.',
  body: object({ appId: Id, patientId: Id }),
  reply: object({ url: Type.String(), expiresAt: Moment }),
})
