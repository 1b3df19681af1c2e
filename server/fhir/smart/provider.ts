/** The OAuth 2.1 server of an organization: `oidc-provider` with our tables, our sign-in and SMART's own additions. */
import { timingSafeEqual } from 'node:crypto'
import type Provider from 'oidc-provider'
import type { Configuration, errors as Errors, KoaContextWithOIDC } from 'oidc-provider'
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import { sha256 } from '../../platform/ids.ts'
import { findApp } from './apps.ts'
import { standingGrant } from './grants.ts'
import { liveLaunch } from './launch.ts'
import { rowsOf } from './rows.ts'
import { everyScope, isWithin, readScope } from './scopes.ts'
import { signingKey } from './signing-key.ts'
import { writeTrail } from './trail.ts'

/** Where the OAuth server is, under the public address; also its issuer (OpenID Connect Discovery). */
export const oauthPath = '/oauth'
export const interactionPath = (uid: string) => `/api/fhir/smart/interactions/${uid}`
/** Binds a request for access to the browser that made it: the answer of another person's browser is no answer. */
export const interactionCookie = 'attend_connect'

/** Seconds. SMART Backend Services: at most five minutes for a program; an hour for a person's app. */
const lifetimes = {
  AccessToken: 3600,
  AuthorizationCode: 60,
  ClientCredentials: 300,
  IdToken: 300,
  Interaction: 900,
  RefreshToken: 90 * 86_400,
  Grant: 366 * 86_400,
  Session: 900,
}

/** Makes the provider of one organization; `base` is the address of its FHIR door. */
export async function openProvider(context: Context, organizationId: string, base: string): Promise<Provider> {
  const key = await signingKey(context, organizationId)
  // Loaded when the first app comes: most commands and most starts never need it.
  const { default: OAuth, errors } = await import('oidc-provider')
  const provider = new OAuth(`${context.config.publicUrl}${oauthPath}`, {
    ...fixed,
    adapter: rowsOf(context, organizationId, errors),
    jwks: { keys: [key] },
    cookies: { ...fixed.cookies, keys: context.keys.all('fhir smart cookies').map((key) => key.toString('base64url')) },
    extraParams: {
      // SMART App Launch 2.2 §2.0.8.1: the app says which FHIR server it means, so that no other gets its token.
      aud: (_ctx, value) => {
        if (value?.replace(/\/$/, '') !== base) throw new errors.InvalidRequest('aud must be the FHIR server')
      },
      launch: async (ctx, value, client) => {
        if (value === undefined || ctx.oidc.route === 'resume') return
        const launch = await liveLaunch(context, organizationId, value)
        if (launch?.appId !== client?.clientId) throw new errors.InvalidRequest('launch is unknown or over')
      },
    },
    interactions: {
      url(ctx, { uid }) {
        const options = { path: interactionPath(uid), httpOnly: true, sameSite: 'lax', signed: false } as const
        ctx.cookies.set(interactionCookie, uid, {
          ...options,
          secure: ctx.secure,
          maxAge: lifetimes.Interaction * 1000,
        })
        return `/connect/${uid}`
      },
    },
    async findAccount(_ctx, accountId, token) {
      const grantId = token && 'grantId' in token ? token.grantId : undefined
      const grant = grantId === undefined ? undefined : await standing(context, organizationId, grantId)
      // While consent is being given there is no token yet; from then on the account is as good as its grant.
      if (token && !grant) return undefined
      const fhirUser =
        grant?.role === 'patient' && grant.isOwn && grant.patientId !== null
          ? `${base}/Patient/${grant.patientId}`
          : undefined
      return { accountId, claims: async () => ({ sub: accountId, ...(fhirUser !== undefined && { fhirUser }) }) }
    },
    async extraTokenClaims(_ctx, token) {
      const grantId = 'grantId' in token ? token.grantId : undefined
      const grant = grantId === undefined ? undefined : await standing(context, organizationId, grantId)
      return grant?.patientId ? { patient: grant.patientId } : undefined
    },
    assertJwtClientAuthClaimsAndHeader: (ctx, claims, _header, client) =>
      checkAssertion(context, errors, ctx, { claims, organizationId, clientId: client.clientId }),
  })
  provider.proxy = true
  provider.Client.prototype.compareClientSecret = function compare(actual: string) {
    const kept = Buffer.from(this.clientSecret ?? '', 'hex')
    const given = sha256(actual)
    return kept.length === given.length && timingSafeEqual(kept, given)
  }
  writeTrail(context, organizationId, provider)
  provider.use(async (ctx, next) => {
    await next()
    tellContext(ctx as KoaContextWithOIDC)
  })
  return provider
}

const standing = ({ db }: Context, organizationId: string, grantId: string) =>
  withinSignIn(db, organizationId, (tx) => standingGrant(tx, organizationId, grantId))

/** What an app may know or end: its own tokens. */
const isOwn = (_ctx: unknown, client: { clientId: string }, token: { clientId?: string | undefined }) =>
  token.clientId === client.clientId

const fixed = {
  scopes: everyScope(),
  claims: { openid: ['sub'], fhirUser: ['fhirUser'] },
  conformIdTokenClaims: false,
  responseTypes: ['code'],
  clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  enabledJWA: { clientAuthSigningAlgValues: ['RS384', 'ES384'], idTokenSigningAlgValues: ['RS256'] },
  pkce: { required: () => true },
  allowOmittingSingleRegisteredRedirectUri: false,
  rotateRefreshToken: true,
  expiresWithSession: () => false,
  issueRefreshToken: (_ctx, client, source) =>
    client.grantTypeAllowed('refresh_token') &&
    (source.scopes.has('offline_access') || source.scopes.has('online_access')),
  revokeGrantPolicy: () => true,
  // Tokens of browser apps are asked for with a code and its verifier, never with a cookie.
  clientBasedCORS: () => true,
  cookies: {
    names: { session: 'attend_oauth', interaction: 'attend_interaction', resume: 'attend_resume' },
    long: { httpOnly: true, sameSite: 'lax', signed: true },
    short: { httpOnly: true, sameSite: 'lax', signed: true },
  },
  routes: {
    authorization: '/authorize',
    token: '/token',
    introspection: '/introspect',
    revocation: '/revoke',
    jwks: '/jwks',
  },
  ttl: lifetimes,
  // On an app's word nothing is fetched: keys are kept here, requests come by value (SECURITY: no SSRF by construction).
  fetch: () => Promise.reject(new Error('the OAuth server fetches nothing')),
  features: {
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: isOwn },
    revocation: { enabled: true, allowedPolicy: isOwn },
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    resourceIndicators: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
  },
  renderError(ctx, out) {
    // Not sent back to the app: an address that was not registered is never gone to (RFC 9700 §4.11).
    ctx.type = 'text/plain; charset=utf-8'
    ctx.body = `This app cannot be connected (${out.error}).\nNo se puede conectar esta aplicación (${out.error}).\n`
  },
} satisfies Configuration

/** SMART App Launch 2.2, Asymmetric Authentication: an assertion lives five minutes at most; a program asks for its own scopes. */
async function checkAssertion(
  { db }: Context,
  errors: typeof Errors,
  ctx: KoaContextWithOIDC,
  { claims, organizationId, clientId }: { claims: Record<string, unknown>; organizationId: string; clientId: string },
) {
  const now = Temporal.Now.instant().epochMilliseconds / 1000
  if (claims['sub'] !== claims['iss']) throw new errors.InvalidClientAuth('sub must be the client_id')
  if (Number(claims['exp']) > now + 300 + 15) throw new errors.InvalidClientAuth('exp is more than five minutes away')
  const { grant_type: grantType, scope } = ctx.oidc.params ?? {}
  if (grantType !== 'client_credentials') return
  const app = await withinSignIn(db, organizationId, (tx) => findApp(tx, organizationId, clientId))
  const asked = typeof scope === 'string' ? scope.split(' ') : []
  const foreign = asked.find((one) => readScope(one)?.context !== 'system' || !isWithin(app?.scopes ?? [], one))
  if (asked.length === 0 || foreign !== undefined)
    throw new errors.InvalidScope('ask for system scopes that this app was given', foreign ?? '')
}

/** SMART App Launch 2.2 §2.0.11: beside the token the app is told which patient it is for. */
function tellContext({ oidc, body }: KoaContextWithOIDC) {
  const token = oidc?.entities.AccessToken
  if (oidc?.route !== 'token' || !token || typeof body !== 'object' || body === null) return
  const patient = token.extra?.['patient']
  if (patient !== undefined) Object.assign(body, { patient, need_patient_banner: true })
}
