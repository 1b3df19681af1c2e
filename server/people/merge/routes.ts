/** What people answers about merged records over HTTP. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import * as contract from './contract.ts'
import { listMerges, widenProxy } from './list-merges.ts'
import { mergeRecords, undoMerge } from './merge-records.ts'

export function merges(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.mergeRecords, async ({ actor, body }) => ({ id: await mergeRecords(context, actor, body) }))
  serve(contract.undoMerge, async ({ actor, path, body }) => {
    await undoMerge(context, actor, path.id, body.reason)
    return { id: path.id }
  })
  serve(contract.listMerges, async ({ actor, query }) => ({
    merges: await listMerges(context, actor, query.patientId),
  }))
  serve(contract.widenProxy, async ({ actor, path, body }) => {
    await widenProxy(context, actor, path, body.seesBoth)
    return { seesBoth: body.seesBoth }
  })
}
