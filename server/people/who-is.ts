/** Makes the actor of a request from its credential: a program's token, a visit link, a session, or nothing. */
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { asAuthenticator } from '../platform/db.ts'
import { unauthenticated } from '../platform/errors.ts'
import { sha256 } from '../platform/ids.ts'
import { hostOrganizations } from './organization.ts'
import { asGiven } from './proxies/acting.ts'
import { actorOfSession } from './sign-in/sessions.ts'
import { sessionCookie } from './sign-in/visitor.ts'
import { readVisitToken } from './visit-link.ts'
import './tables.ts'

/** Finds the actor of a token that a later slice gave out, in an organization. */
export type TokenReader = (organizationId: string, token: string) => Promise<Actor | undefined>

export function whoIs(context: Context, appActor: TokenReader): (request: FastifyRequest) => Promise<Actor> {
  const organizationOf = hostOrganizations(context)
  const cookieName = sessionCookie(context)
  return async (request) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ')
    if (token && scheme?.toLowerCase() === 'bearer') {
      if (token.startsWith('attend_')) return client(context, token)
      const found = await appActor((await organizationOf(request.hostname)).id, token)
      if (!found) throw unauthenticated()
      return found
    }
    if (token && scheme?.toLowerCase() === 'visit')
      return guest(context, (await organizationOf(request.hostname)).id, token)
    // Basic is how an app proves itself to the OAuth server, which reads it; to everything else it is nobody.
    if (scheme && scheme.toLowerCase() !== 'basic') throw unauthenticated()
    if (scheme)
      return {
        role: 'anyone',
        organizationId: (await organizationOf(request.hostname)).id,
        id: 'anyone',
        patientIds: [],
      }
    const cookie = request.cookies[cookieName]
    const signedIn = cookie ? await actorOfSession(context, cookie, isAttended(request)) : undefined
    if (signedIn) return asGiven(context, signedIn)
    const { id } = await organizationOf(request.hostname)
    return { role: 'anyone', organizationId: id, id: 'anyone', patientIds: [] }
  }
}

/** A page says so when nobody has touched it for a while; a stream of news never says that somebody is there. */
const isAttended = ({ headers }: FastifyRequest) =>
  headers['x-attend-unattended'] === undefined && headers.accept !== 'text/event-stream'

async function client({ db }: Context, token: string): Promise<Actor> {
  const found = await asAuthenticator(db, (auth) =>
    auth
      .selectFrom('people.apiClient')
      .select(['id', 'organizationId'])
      .where('tokenHash', '=', sha256(token))
      .where('revokedAt', 'is', null)
      .executeTakeFirst(),
  )
  if (!found) throw unauthenticated()
  return { role: 'client', organizationId: found.organizationId, id: `client:${found.id}`, patientIds: [] }
}

async function guest(context: Context, organizationId: string, token: string): Promise<Actor> {
  const link = readVisitToken(context, organizationId, token)
  if (!link) throw unauthenticated()
  const { visitId, patientId, personId } = link
  const actor: Actor = { role: 'guest', organizationId, id: `visit:${visitId}`, patientIds: [patientId], visitId }
  if (personId === undefined) return actor
  // The link of a proxy opens nothing more once what was given to them is over.
  const given = await asGiven(context, { ...actor, id: `person:${personId}`, personId, actingFor: patientId })
  if (!given.proxy) throw unauthenticated()
  return given
}
