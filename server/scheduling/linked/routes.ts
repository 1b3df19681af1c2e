/** What is answered about visits that belong together: each line a contract and the function that fulfils it. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import { bookTogether } from './book-together.ts'
import { holdTogether, releaseTogether } from './hold-together.ts'
import * as contract from './contract.ts'
import { holderOf } from '../booking/hold.ts'
import { findBlocks } from './find-blocks.ts'

export function linked(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.findFamilyOpenings, ({ actor, query }) =>
    findBlocks(context, actor, { ...query, side: query.side ?? 'adjacent' }),
  )
  serve(contract.holdTogether, ({ actor, body, requestKey, request }) =>
    holdTogether(context, holderOf(context, actor, request.ip), body.visits, requestKey),
  )
  serve(contract.releaseTogether, async ({ actor, path, request }) => {
    await releaseTogether(context, holderOf(context, actor, request.ip), path.id)
    return { released: true }
  })
  serve(contract.bookTogether, ({ actor, body, requestKey }) => bookTogether(context, actor, body, requestKey))
}
