/** Makes the actor of a request from its credential: a program's token, a visit link, a session, or nothing. */
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { asAuthenticator } from '../platform/db.ts'
import { unauthenticated } from '../platform/errors.ts'
import { sha256 } from '../platform/ids.ts'
import { hostOrganizations } from './organization.ts'
import { readVisitToken } from './visit-link.ts'
import './tables.ts'

export const sessionCookie = 'attend_session'
/** A session nobody used for this long is over. */
const idleMinutes = 15

export function whoIs(context: Context): (request: FastifyRequest) => Promise<Actor> {
  const organizationOf = hostOrganizations(context)
  return async (request) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ')
    if (token && scheme?.toLowerCase() === 'bearer') return client(context, token)
    if (token && scheme?.toLowerCase() === 'visit')
      return guest(context, (await organizationOf(request.hostname)).id, token)
    if (scheme) throw unauthenticated()
    const cookie = request.cookies[sessionCookie]
    const staff = cookie ? await signedIn(context, cookie) : undefined
    if (staff) return staff
    const { id } = await organizationOf(request.hostname)
    return { role: 'anyone', organizationId: id, id: 'anyone', patientIds: [] }
  }
}

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

function guest(context: Context, organizationId: string, token: string): Actor {
  const link = readVisitToken(context, organizationId, token)
  if (!link) throw unauthenticated()
  const { visitId, patientId } = link
  return { role: 'guest', organizationId, id: `visit:${visitId}`, patientIds: [patientId], visitId }
}

async function signedIn({ db, now, config }: Context, token: string): Promise<Actor | undefined> {
  const since = now().subtract({ minutes: idleMinutes })
  const found = await asAuthenticator(db, (auth) =>
    auth
      .updateTable('people.session')
      .set({ seenAt: now() })
      .where('tokenHash', '=', sha256(token))
      .where('endedAt', 'is', null)
      .where('seenAt', '>', since)
      // A demo's session that came along with its database opens nothing in production.
      .where((session) => (config.production ? session('demo', '=', false) : session.lit(true)))
      .returning(['organizationId', 'personId', 'role'])
      .executeTakeFirst(),
  )
  if (!found) return undefined
  return { role: found.role, organizationId: found.organizationId, id: `person:${found.personId}`, patientIds: [] }
}
