/** Who knocks: from where, with which machine, with which session so far; and the cookie that carries a session. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { deviceOf } from './device.ts'

export interface Visitor {
  actor: Actor
  organizationId: string
  address: string
  device: string
  /** The session's token that came with the request, of whatever worth. */
  token: string | undefined
}

/** `__Host-`: only this host over https can have set it (RFC 6265bis §4.1.3.2). Plain http has no such thing. */
export const sessionCookie = ({ config }: Pick<Context, 'config'>) => (config.production ? '__Host-attend' : 'attend')

export function visitorOf(
  context: Pick<Context, 'config'>,
  { actor, request }: { actor: Actor; request: FastifyRequest },
): Visitor {
  return {
    actor,
    organizationId: actor.organizationId,
    address: request.ip,
    device: deviceOf(request.headers['user-agent']),
    token: request.cookies[sessionCookie(context)],
  }
}

/** Gives the browser its session, or takes it away. Lax: a link in a message may open a page signed in; no other site can post. */
export function giveCookie(context: Pick<Context, 'config'>, reply: FastifyReply, token: string | undefined) {
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: context.config.production } as const
  if (token === undefined) reply.clearCookie(sessionCookie(context), options)
  else reply.setCookie(sessionCookie(context), token, options)
}
