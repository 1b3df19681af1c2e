/** What is answered about overbooking: each line a contract and the function that fulfils it. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import * as contract from './contract.ts'
import { listOverbooked } from './list-overbooked.ts'
import { overbook } from './overbook.ts'

export function overbooking(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.overbook, async ({ actor, body, requestKey }) => ({
    appointment: await overbook(context, actor, body, requestKey),
  }))
  serve(contract.listOverbooked, ({ actor, query }) => listOverbooked(context, actor, { language: 'en', ...query }))
}
