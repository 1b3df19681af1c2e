/** What the OAuth server did, in the trail: each token it gave, each request it refused. */
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'

const told: Record<string, string> = {
  token: 'AccessToken',
  introspection: 'AccessToken',
  revocation: 'AccessToken',
  authorization: 'AppGrant',
  resume: 'AppGrant',
}
const actions: Record<string, 'create' | 'read' | 'delete'> = { introspection: 'read', revocation: 'delete' }

/** Writes before the answer leaves: a token that is not in the trail is not given. */
export function writeTrail({ db }: Context, organizationId: string, provider: Provider) {
  const refused = new WeakSet<object>()
  const refuse = (ctx: KoaContextWithOIDC) => void refused.add(ctx)
  provider.on('grant.error', refuse)
  provider.on('authorization.error', refuse)
  provider.on('introspection.error', refuse)
  provider.on('revocation.error', refuse)
  provider.use(async (ctx, next) => {
    await next()
    const { oidc } = ctx as KoaContextWithOIDC
    const resourceType = told[oidc?.route ?? '']
    const outcome = refused.has(ctx) ? 'refused' : 'success'
    // Reading what is asked for changes nothing yet.
    if (!resourceType || (outcome === 'success' && oidc.route === 'authorization')) return
    const { Client: client, AccessToken: token } = oidc.entities
    const actor: Actor = {
      role: 'client',
      organizationId,
      id: client ? `app:${client.clientId}` : 'anyone',
      patientIds: [],
    }
    const patient = token?.extra?.['patient']
    await withinSignIn(db, organizationId, (tx) =>
      audit(tx, actor, {
        action: actions[oidc.route] ?? 'create',
        resourceType,
        resourceId: client?.clientId,
        ...(typeof patient === 'string' && { patientId: patient }),
        purpose: 'OPS',
        outcome,
      }),
    )
  })
}
