/** What people answers about acting for others over HTTP. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { server } from '../../platform/serve.ts'
import { visitorOf } from '../sign-in/visitor.ts'
import { acceptProxyInvitation, openProxyInvitation } from './accept-proxy.ts'
import { chooseActingFor, listActingFor } from './act-for.ts'
import { askToAct, decideProxyRequest, listProxyRequests } from './ask-to-act.ts'
import { blockProxy, unblockProxy } from './block-proxy.ts'
import * as contract from './contract.ts'
import { giveProxy, inviteProxy } from './invite-proxy.ts'
import { endProxy, endProxyOf, listProxies, listProxiesOf } from './list-proxies.ts'

export function proxies(http: FastifyInstance, context: Context) {
  const serve = server(http)

  serve(contract.listActingFor, ({ actor }) => listActingFor(context, actor))
  serve(contract.chooseActingFor, ({ actor, body }) => chooseActingFor(context, actor, body.patientId))

  serve(contract.listProxies, async ({ actor }) => ({ proxies: await listProxies(context, actor) }))
  serve(contract.inviteProxy, ({ actor, body }) => inviteProxy(context, actor, body))
  serve(contract.endProxy, async ({ actor, path }) => {
    await endProxy(context, actor, path.id)
    return { id: path.id }
  })
  serve(contract.openProxyInvitation, (call) => openProxyInvitation(context, visitorOf(context, call), call.body))
  serve(contract.acceptProxyInvitation, ({ actor, body }) => acceptProxyInvitation(context, actor, body))
  serve(contract.askToAct, (call) => askToAct(context, visitorOf(context, call), call.body))

  serve(contract.listProxyRequests, async ({ actor }) => ({ requests: await listProxyRequests(context, actor) }))
  serve(contract.decideProxyRequest, async ({ actor, path, body }) => {
    await decideProxyRequest(context, actor, path.id, body)
    return { id: path.id }
  })
  serve(contract.listProxiesOf, async ({ actor, path }) => ({ proxies: await listProxiesOf(context, actor, path.id) }))
  serve(contract.giveProxy, ({ actor, path, body }) => giveProxy(context, actor, path.id, body))
  serve(contract.endProxyOf, async ({ actor, path }) => {
    await endProxyOf(context, actor, { patientId: path.id, grantId: path.grantId })
    return { id: path.grantId }
  })
  serve(contract.blockProxyOf, async ({ actor, path, body }) => {
    await blockProxy(context, actor, { patientId: path.id, grantId: path.grantId }, body.why)
    return { id: path.grantId }
  })
  serve(contract.unblockProxyOf, async ({ actor, path, body }) => {
    await unblockProxy(context, actor, { patientId: path.id, grantId: path.grantId }, body.why)
    return { id: path.grantId }
  })
}
