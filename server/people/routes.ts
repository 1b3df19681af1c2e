/** What people answers over HTTP: each line a contract, the function that fulfils it, the view of its result. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.ts'
import { server } from '../platform/serve.ts'
import { readClinic } from './contract.ts'
import { readOrganization } from './organization.ts'

export function people(http: FastifyInstance, context: Context) {
  const serve = server(http)
  serve(readClinic, async ({ actor }) => {
    const { name, phone, zone, demo, cancelCutoffMinutes } = await readOrganization(context.db.public, actor.organizationId)
    return { name, phone, zone, demo, cancelCutoffMinutes }
  })
}
