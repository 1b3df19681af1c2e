/** What conversations answers over HTTP: each line a contract, the function that fulfils it, the view of its result. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.ts'
import { server } from '../platform/serve.ts'
import { listVisitMessages, readMailbox } from './contract.ts'
import * as read from './read-messages.ts'

export function conversations(http: FastifyInstance, context: Context) {
  const serve = server(http)
  serve(listVisitMessages, async ({ actor, path }) => ({
    messages: await read.readVisitMessages(context, actor, path.id),
  }))
  if (!context.config.production)
    serve(readMailbox, async ({ actor }) => ({ messages: await read.readMailbox(context, actor) }))
}
