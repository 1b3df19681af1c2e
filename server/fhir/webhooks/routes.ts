/** What webhooks answer over HTTP. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import * as contract from './contract.ts'
import { listDeliveries, listWebhooks, sendAgain } from './deliveries.ts'
import { replayWebhook } from './replay.ts'
import { createWebhook, endWebhook, rotateWebhook } from './subscribe.ts'

export function webhooks(http: FastifyInstance, context: Context) {
  const serve = server(http)
  serve(contract.listWebhooks, async ({ actor }) => ({ webhooks: await listWebhooks(context, actor) }))
  serve(contract.createWebhook, ({ actor, body }) => createWebhook(context, actor, body))
  serve(contract.rotateWebhook, ({ actor, path }) => rotateWebhook(context, actor, path.id))
  serve(contract.endWebhook, ({ actor, path }) => endWebhook(context, actor, path.id))
  serve(contract.listDeliveries, async ({ actor, path }) => ({
    deliveries: await listDeliveries(context, actor, path.id),
  }))
  serve(contract.sendAgain, ({ actor, path }) => sendAgain(context, actor, path.id))
  serve(contract.replayWebhook, ({ actor, path, body }) => replayWebhook(context, actor, path.id, body))
}
