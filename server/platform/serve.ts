/** Binds an endpoint of a contract to the one function that answers it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from './actor.ts'
import type { Asked, Endpoint, Reply } from './endpoint.ts'
import { invalid } from './errors.ts'
import type { RequestKey } from './once.ts'

export type Call<E extends Endpoint> = Asked<E> & {
  actor: Actor
  /** Of an idempotent endpoint that was asked with an Idempotency-Key. */
  requestKey?: RequestKey
  request: FastifyRequest
  reply: FastifyReply
}

/** Every endpoint that was bound, for the API's own description and for the tests that walk all of them. */
export const endpointsOf = (http: FastifyInstance): readonly Endpoint[] => http.endpoints

export function server(http: FastifyInstance) {
  return function serve<E extends Endpoint>(endpoint: E, answer: (call: Call<E>) => Promise<Reply<E>>) {
    http.endpoints.push(endpoint)
    http.route({
      method: endpoint.method,
      url: endpoint.url,
      config: { permission: endpoint.permission },
      schema: {
        params: endpoint.path,
        querystring: endpoint.query,
        ...(endpoint.method !== 'GET' && { body: endpoint.body }),
        response: { '2xx': endpoint.reply },
      },
      // A POST that says nothing says an empty object.
      preValidation: async (request) => {
        if (endpoint.method !== 'GET') request.body ??= {}
      },
      handler: (request, reply) => answer(callOf(endpoint, request, reply)),
    })
  }
}

function callOf<E extends Endpoint>(endpoint: E, request: FastifyRequest, reply: FastifyReply): Call<E> {
  const { params, query, body } = request as {
    params: Asked<E>['path']
    query: Asked<E>['query']
    body: Asked<E>['body']
  }
  const requestKey = endpoint.idempotent ? requestKeyOf(request, { path: params, body }) : undefined
  return { path: params, query, body, actor: request.actor, ...(requestKey && { requestKey }), request, reply }
}

/** The Idempotency-Key of a request, if it has one, and what was asked with it; refuses one that is malformed. */
export function requestKeyOf(request: FastifyRequest, asked: unknown): RequestKey | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(key))
    throw invalid('idempotency_key', 'An Idempotency-Key has 8 to 200 visible characters.')
  return { key: `${request.routeOptions.url} ${key}`.slice(0, 200), request: asked }
}

declare module 'fastify' {
  interface FastifyInstance {
    endpoints: Endpoint[]
  }
  interface FastifyRequest {
    actor: Actor
  }
}
