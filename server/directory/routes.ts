/** What directory answers over HTTP: each line a contract, the function that fulfils it, the view of its result. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.ts'
import { server } from '../platform/serve.ts'
import { listCommonReasons, readClinician, suggestReasons } from './contract.ts'
import * as profile from './profile.ts'
import { commonReasonsIn, suggestions } from './words/index.ts'

export function directory(http: FastifyInstance, context: Context) {
  const serve = server(http)
  serve(readClinician, ({ actor, path, query }) => profile.readClinician(context, actor, path.id, query.language ?? 'en'))
  serve(suggestReasons, async ({ query }) => ({ suggestions: suggestions(query.q, query.language) }))
  serve(listCommonReasons, async ({ query }) => ({ reasons: commonReasonsIn(query.language) }))
}
