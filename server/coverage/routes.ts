/** What coverage answers over HTTP: each line a contract, the function that fulfils it, the view of its result. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.ts'
import { server } from '../platform/serve.ts'
import * as contract from './contract.ts'
import { listPlans, readNetworks } from './networks.ts'

export function coverage(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.listPlans, async ({ actor }) => ({ payers: await listPlans(context, actor) }))
  serve(contract.readNetworks, async ({ actor, path }) => ({ networks: await readNetworks(context, actor, path.id) }))
}
