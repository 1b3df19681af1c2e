/** For whoever watches the server: is it up, and can it serve. Says nothing else. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Context } from './context.ts'

export function health(http: FastifyInstance, context: Context) {
  const config = { permission: 'public.read' } as const
  http.get('/healthz', { config, logLevel: 'warn' }, async () => ({ status: 'up' }))
  http.get('/readyz', { config, logLevel: 'warn' }, async (_request, reply) => {
    try {
      await sql`select 1`.execute(context.db.public)
      return { status: 'ready' }
    } catch {
      return reply.code(503).send({ status: 'the database does not answer' })
    }
  })
}
