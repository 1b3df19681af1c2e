/** What conversations answers over HTTP: each line a contract, the function that fulfils it, the view of its result. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.ts'
import { server } from '../platform/serve.ts'
import * as contract from './contract.ts'
import { listUnreached } from './list-unreached.ts'
import * as read from './read-messages.ts'

export function conversations(http: FastifyInstance, context: Context) {
  const serve = server(http)
  serve(contract.listVisitMessages, async ({ actor, path }) => ({
    messages: await read.readVisitMessages(context, actor, path.id),
  }))
  serve(contract.listUnreached, async ({ actor }) => ({ visits: await listUnreached(context, actor) }))
  if (!context.config.production)
    serve(contract.readMailbox, async ({ actor }) => ({ messages: await read.readMailbox(context, actor) }))
}
