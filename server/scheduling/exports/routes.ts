/** The files that the desk's lists are exported as. */
import type { FastifyInstance } from 'fastify'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import type { Endpoint, Language } from '../../platform/endpoint.ts'
import * as contract from './contract.ts'
import { callsFile, overbookedFile, referralsFile, visitsFile, waitsFile } from './lists.ts'

interface Spoken {
  language?: Language
}
/** The query is what the endpoint's schema let in. */
type Write<Q> = (context: Context, actor: Actor, language: Language, query: Q) => Promise<string>

export function exports(http: FastifyInstance, context: Context) {
  serveFile(http, context, contract.exportVisits, visitsFile)
  serveFile(http, context, contract.exportCalls, callsFile)
  serveFile(http, context, contract.exportReferrals, referralsFile)
  serveFile(http, context, contract.exportOverbooked, overbookedFile)
  serveFile(http, context, contract.exportWaits, waitsFile)
}

/** Each row is in the trail as on the page; that they left as a file is in it before they do. */
function serveFile<Q>(http: FastifyInstance, context: Context, line: Endpoint, write: Write<Q>) {
  const name = line.url.slice(line.url.lastIndexOf('/') + 1)
  http.endpoints.push(line)
  http.get<{ Querystring: Q & Spoken }>(
    line.url,
    { config: { permission: line.permission }, schema: { querystring: line.query } },
    async (request, reply) => {
      const { actor } = request
      const query = request.query as Q & Spoken
      await within(context.db, actor, (tx) =>
        audit(tx, actor, { action: 'execute', resourceType: 'Export', resourceId: name, purpose: 'OPS' }),
      )
      const file = await write(context, actor, query.language ?? 'en', query)
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(file)
    },
  )
}
