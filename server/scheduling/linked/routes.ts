/** What is answered about visits that belong together: each line a contract and the function that fulfils it. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import { bookTogether } from './book-together.ts'
import { holdTogether, releaseTogether } from './hold-together.ts'
import * as contract from './contract.ts'
import { holderOf } from '../booking/hold.ts'
import { cancelTogether } from './cancel-together.ts'
import { findBlocks } from './find-blocks.ts'
import { planChain, planSeries } from './find-plans.ts'
import { listWhoOffers } from './list-who-offers.ts'
import { readLinked } from './members.ts'
import { moveTogether, proposeMove } from './move-together.ts'

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

  serve(contract.listWhoOffers, async ({ actor, path, query }) => ({
    offered: await listWhoOffers(context, actor, path.code, query.language ?? 'en'),
  }))
  serve(contract.planSeries, ({ actor, body }) => planSeries(context, actor, body))
  serve(contract.planChain, ({ actor, body }) => planChain(context, actor, body))
  serve(contract.readLinked, async ({ actor, path, query }) => ({
    group: await readLinked(context, actor, path.id, query.language ?? 'en'),
  }))
  serve(contract.proposeMove, async ({ actor, path, body }) => ({
    visits: await proposeMove(context, actor, { ...body, groupId: path.id }),
  }))
  serve(contract.moveTogether, async ({ actor, path, body, requestKey }) => ({
    appointments: await moveTogether(context, actor, { ...body, groupId: path.id }, requestKey),
  }))
  serve(contract.cancelTogether, async ({ actor, path, body, requestKey }) => ({
    appointments: await cancelTogether(context, actor, { ...body, groupId: path.id }, requestKey),
  }))
}
