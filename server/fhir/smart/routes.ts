/** What the SMART part answers: the OAuth server as it is, and our own questions about apps. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type Provider from 'oidc-provider'
import type { Context } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { server } from '../../platform/serve.ts'
import * as contract from './contract.ts'
import { connectedApps, disconnectApp } from './grants.ts'
import { decide, readInteraction } from './interaction.ts'
import { launchableApps, launchApp } from './launch.ts'
import { interactionCookie, oauthPath, openProvider } from './provider.ts'

export async function smart(http: FastifyInstance, context: Context, base: string) {
  const providerOf = providers(context, base)
  await oauth(http, context, providerOf)
  const serve = server(http)
  serve(contract.readInteraction, async ({ actor, path, request }) => {
    ofThisBrowser(request, path.uid)
    return readInteraction(context, await providerOf(actor.organizationId), actor, path.uid)
  })
  serve(contract.decideInteraction, async ({ actor, path, body, request }) => {
    ofThisBrowser(request, path.uid)
    return decide(context, await providerOf(actor.organizationId), actor, { path, body })
  })
  serve(contract.listConnectedApps, ({ actor }) => connectedApps(context, actor))
  serve(contract.disconnectApp, ({ actor, path }) => disconnectApp(context, actor, path.id))
  serve(contract.listLaunchableApps, ({ actor }) => launchableApps(context, actor))
  serve(contract.launchApp, ({ actor, body }) => launchApp(context, actor, base, body))
}

/** An attacker may start a request for access and send its address to somebody: only the browser that began it goes on. */
function ofThisBrowser({ cookies }: FastifyRequest, uid: string) {
  if (cookies[interactionCookie] !== uid) throw notFound('request for access')
}

type ProviderOf = (organizationId: string) => Promise<Provider>

/** One provider an organization, made when it is first asked for. */
function providers(context: Context, base: string): ProviderOf {
  const known = new Map<string, Promise<Provider>>()
  return (organizationId) => {
    const found = known.get(organizationId)
    if (found) return found
    const made = openProvider(context, organizationId, base)
    known.set(organizationId, made)
    made.catch(() => known.delete(organizationId))
    return made
  }
}

/** The provider reads and answers the bare request; whatever the proxy before us says, it is reached at our public address. */
async function oauth(http: FastifyInstance, context: Context, providerOf: ProviderOf) {
  const { host, protocol } = new URL(context.config.publicUrl)
  await http.register(
    async (door) => {
      door.removeAllContentTypeParsers()
      door.addContentTypeParser('*', (_request, _body, done) => done(null))
      const answer = async (request: FastifyRequest, reply: FastifyReply) => {
        const provider = await providerOf(request.actor.organizationId)
        const { raw } = request
        raw.headers.host = host
        raw.headers['x-forwarded-proto'] = protocol.slice(0, -1)
        delete raw.headers['x-forwarded-host']
        const url = withConsent(raw.url ?? '')
        Object.assign(raw, { originalUrl: url, url: url.slice(oauthPath.length) || '/' })
        reply.hijack()
        await provider.callback()(raw, reply.raw)
      }
      door.route({
        method: ['GET', 'POST', 'OPTIONS'],
        url: '/*',
        config: { permission: 'fhir.describe', crossSite: true },
        handler: answer,
      })
    },
    { prefix: oauthPath },
  )
}

/** Every request for access is asked about anew: nobody's earlier yes, and no session of the provider's, answers it. */
function withConsent(url: string): string {
  const [path, query] = url.split('?', 2)
  if (path !== `${oauthPath}/authorize` || query === undefined) return url
  const asked = new URLSearchParams(query)
  if (!asked.getAll('prompt').includes('none')) asked.set('prompt', 'login consent')
  return `${path}?${asked.toString()}`
}
