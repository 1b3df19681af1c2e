/** What is answered about the desk's week and month: each line a contract and the function that fulfils it. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import * as contract from './contract.ts'
import { readMonth } from './month.ts'
import { readWeek } from './week.ts'

export function desk(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.readWeek, ({ actor, path, query }) =>
    readWeek(context, actor, { by: 'clinician', language: 'en', ...query, day: path.day }),
  )
  serve(contract.readMonth, ({ actor, path, query }) =>
    readMonth(context, actor, { by: 'clinician', ...query, day: path.day }),
  )
}
