/** What directory answers over HTTP: each line a contract, the function that fulfils it, the view of its result. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.ts'
import { server } from '../platform/serve.ts'
import * as contract from './contract.ts'
import { checkAccess } from './place-access.ts'
import { readClinician } from './profile.ts'
import { readAccuracy } from './upkeep/accuracy.ts'
import { checkListing, listListingsToCheck } from './upkeep/check-listing.ts'
import { reportListing } from './upkeep/report-listing.ts'
import { commonReasonsIn, suggestions } from './words/index.ts'

export function directory(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.readClinician, ({ actor, path, query }) =>
    readClinician(context, actor, path.id, query.language ?? 'en'),
  )
  serve(contract.suggestReasons, async ({ query }) => ({ suggestions: suggestions(query.q, query.language) }))
  serve(contract.listCommonReasons, async ({ query }) => ({ reasons: commonReasonsIn(query.language) }))
  serve(contract.reportListing, async ({ actor, path, body, request }) => {
    await reportListing(context, actor, { roleId: path.id, field: body.field, address: request.ip })
    return { thanks: true as const }
  })
  serve(contract.listListingsToCheck, async ({ actor }) => ({ listings: await listListingsToCheck(context, actor) }))
  serve(contract.checkListing, async ({ actor, path, body }) => ({
    verified: await checkListing(context, actor, path.id, body),
  }))
  serve(contract.checkPlaceAccess, async ({ actor, path, body }) => ({
    access: await checkAccess(context, actor, path.id, body),
  }))
  serve(contract.readAccuracy, async ({ actor }) => ({ places: await readAccuracy(context, actor) }))
}
