/** What partners answers over HTTP: each line a contract, the function that fulfils it, the view of its result. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import { server } from '../platform/serve.ts'
import * as contract from './contract.ts'
import { endVendor, enterVendor } from './register.ts'
import { showVendors } from './show-vendors.ts'
import { signVendor } from './sign-vendor.ts'

export function partners(http: FastifyInstance, context: Context) {
  const serve = server(http)
  const { db, now } = context

  serve(contract.listVendors, ({ actor }) => showVendors(context, actor))
  serve(contract.signVendor, async ({ actor, body }) => ({ id: await signVendor(context, actor, body) }))
  serve(contract.ownVendor, async ({ actor, body: { service, name } }) => ({
    id: await within(db, actor, (tx) => enterVendor(tx, actor, now(), { service, name: name.trim(), kind: 'own' })),
  }))
  serve(contract.endVendor, async ({ actor, path: { id } }) => {
    await within(db, actor, (tx) => endVendor(tx, actor, now(), id))
    return { id }
  })
}
