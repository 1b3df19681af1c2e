/** What is answered about the honest numbers: each line a contract and the function that fulfils it. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import * as contract from './contract.ts'
import { readBoard } from './read-board.ts'
import { readHonestNumbers } from './read-numbers.ts'

export function numbers(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.readHonestNumbers, ({ actor }) => readHonestNumbers(context, actor))
  serve(contract.readBoard, ({ actor, query }) => readBoard(context, actor, query.language ?? 'en'))
}
