/** What people can be asked about acting for others: for whom, who for me, a parent's request, the clinic's decision. */
import { Type, type Static } from 'typebox'
import { proxyScopes } from '../../platform/actor.ts'
import { endpoint, Id, Language, Moment, object } from '../../platform/endpoint.ts'
import { ContactTarget, PatientSummary, PersonDetails } from '../contract.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Type.String()
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })
const Words = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })
const Token = Type.String({ minLength: 20, maxLength: 300 })
const Basis = Type.Enum(['parent', 'guardian', 'attorney', 'chosen'])
const OfChild = Type.Enum(['parent', 'guardian'])
const Scopes = Type.Array(Type.Enum([...proxyScopes]), { minItems: 1, maxItems: proxyScopes.length, uniqueItems: true })

// For whom one acts

export const listActingFor = endpoint('GET /api/people/acting-for', 'proxy.act', {
  summary: 'For whom I may act, and for whom I act on this device now; null is my own record.',
  reply: object({
    now: orNull(Id),
    /** My own record; null before my account is joined to one. */
    self: orNull(object({ patientId: Id, name: Text })),
    /** Whether what I act by still stands; false closes every record until I choose again. */
    open: Type.Boolean(),
    people: Type.Array(
      object({ patientId: Id, name: Text, grantId: Id, basis: Basis, scopes: Scopes, endsAt: orNull(Moment) }),
    ),
  }),
})

export const chooseActingFor = endpoint('POST /api/people/acting-for', 'proxy.act', {
  summary: 'Acts for this patient from now on, on this device; null goes back to my own record.',
  body: object({ patientId: orNull(Id) }),
  reply: object({ now: orNull(Id) }),
})

// Who may act for me

/** invited: waits for the person to accept. ended: by somebody, by its date or by age. */
export const Grant = object({
  id: Id,
  name: Text,
  basis: Basis,
  scopes: Scopes,
  state: Type.Enum(['invited', 'standing', 'ended', 'blocked']),
  from: Moment,
  endsAt: orNull(Moment),
})
export type GrantView = Static<typeof Grant>

export const listProxies = endpoint('GET /api/people/proxies', 'proxy.own', {
  summary: 'Who may act for me, what they may do, until when.',
  reply: object({ proxies: Type.Array(Grant) }),
})

const Invited = object({ id: Id, url: Text, sentTo: Text, expiresAt: Moment })

export const inviteProxy = endpoint('POST /api/people/proxies', 'proxy.own', {
  summary:
    'Invites an adult whom I trust to act for me: a link, good once for seven days, and a code to their contact.',
  body: object({ name: Name, contact: ContactTarget, scopes: Scopes, until: Type.Optional(Moment) }),
  reply: Invited,
})

export const endProxy = endpoint('POST /api/people/proxies/:id/end', 'proxy.own', {
  summary: 'Ends what somebody may do for me, or what I may do for somebody: from the next request on.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})

export const openProxyInvitation = endpoint('POST /api/people/proxy-invitation', 'proxy.ask', {
  summary: 'Sends a code to the contact that the invitation names; says where to, mostly hidden.',
  body: object({ token: Token, language: Language }),
  reply: object({ codeId: Id, sentTo: Text, expiresAt: Moment }),
})

export const acceptProxyInvitation = endpoint('POST /api/people/proxy-invitation/acceptance', 'proxy.ask', {
  summary: 'Accepts to act for somebody, with the code that was sent; uses the invitation up.',
  body: object({ token: Token, codeId: Id, code: Type.String({ pattern: '^[0-9]{6}$' }) }),
  reply: object({ accepted: Type.Boolean() }),
})

export const askToAct = endpoint('POST /api/people/proxy-requests', 'proxy.ask', {
  summary: 'A parent or guardian asks to act for a child. The clinic verifies it; the reply is the same for all.',
  body: object({ name: Name, basis: OfChild, child: PersonDetails }),
  reply: object({ asked: Type.Boolean() }),
})

// The front desk

export const listProxyRequests = endpoint('GET /api/people/proxy-requests', 'proxy.decide', {
  summary: 'Parents who ask to act for a child, oldest first, each with the patients that the child may be.',
  reply: object({
    requests: Type.Array(
      object({
        id: Id,
        askerName: Text,
        basis: OfChild,
        child: object({ givenName: Text, familyName: Text, bornOn: Text }),
        candidates: Type.Array(object({ patient: PatientSummary, blocked: Type.Boolean() })),
        askedAt: Moment,
      }),
    ),
  }),
})

export const decideProxyRequest = endpoint('POST /api/people/proxy-requests/:id/decision', 'proxy.decide', {
  summary: 'Gives a parent what they asked for, for this patient, on this evidence; or refuses it.',
  path: object({ id: Id }),
  body: object({
    decision: Type.Enum(['given', 'refused']),
    patientId: Type.Optional(Id),
    evidence: Type.Optional(Words),
    scopes: Type.Optional(Scopes),
    until: Type.Optional(Moment),
  }),
  reply: object({ id: Id }),
})

export const listProxiesOf = endpoint('GET /api/people/patients/:id/proxies', 'proxy.decide', {
  summary: 'Who may act for this patient, who might once, and who is kept from it.',
  path: object({ id: Id }),
  reply: object({
    proxies: Type.Array(
      object({ ...Grant.properties, evidence: orNull(Text), blockedWhy: orNull(Text), canBeBlocked: Type.Boolean() }),
    ),
  }),
})

export const giveProxy = endpoint('POST /api/people/patients/:id/proxies', 'proxy.decide', {
  summary: 'Lets somebody act for this patient on evidence that I saw: a link for them, and a code to their contact.',
  path: object({ id: Id }),
  body: object({
    name: Name,
    contact: ContactTarget,
    basis: Basis,
    scopes: Scopes,
    evidence: Words,
    until: Type.Optional(Moment),
  }),
  reply: Invited,
})

export const endProxyOf = endpoint('POST /api/people/patients/:id/proxies/:grantId/end', 'proxy.decide', {
  summary: 'Ends what somebody may do for this patient: from the next request on.',
  path: object({ id: Id, grantId: Id }),
  reply: object({ id: Id }),
})

export const blockProxyOf = endpoint('POST /api/people/patients/:id/proxies/:grantId/block', 'proxy.decide', {
  summary: 'Keeps a person from this patient, as a court ordered: nothing stands, nothing is given, nothing is told.',
  path: object({ id: Id, grantId: Id }),
  body: object({ why: Words }),
  reply: object({ id: Id }),
})

export const unblockProxyOf = endpoint('POST /api/people/patients/:id/proxies/:grantId/unblock', 'proxy.decide', {
  summary: 'Lifts a block. What was ended stays ended until it is given anew.',
  path: object({ id: Id, grantId: Id }),
  body: object({ why: Words }),
  reply: object({ id: Id }),
})
