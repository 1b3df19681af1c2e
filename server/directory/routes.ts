/** What directory answers over HTTP: each line a contract, the function that fulfils it, the view of its result. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.ts'
import { server } from '../platform/serve.ts'

export function directory(http: FastifyInstance, context: Context) {
  void server(http)
  void context
}
