/** Apps: registered on the command line, looked up by every request of theirs, ended at once. */
import type { AdapterPayload } from 'oidc-provider'
import { system, type Actor } from '../../platform/actor.ts'
import { audit, nameProgram } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import { isId, newId, newToken, sha256 } from '../../platform/ids.ts'
import type { AppKind } from '../tables.ts'
import { endGrants } from './end-grants.ts'
import { plainScopes, readScope } from './scopes.ts'
import '../tables.ts'

export interface NewApp {
  name: string
  redirectUris: readonly string[]
  launchUri?: string | undefined
  scopes: readonly string[]
  /** Public keys of an app that signs (RFC 7517); without it, an app on a server gets a secret. */
  jwks?: unknown
  /** Has no server of its own to keep a secret on. */
  isPublic?: boolean | undefined
}

export type App = NonNullable<Awaited<ReturnType<typeof findApp>>>

/** An app that may come in; undefined when there is none, or none any more. */
export async function findApp(tx: Tx, organizationId: string, id: string) {
  if (!isId(id)) return undefined
  return tx
    .selectFrom('fhir.app')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .selectAll()
    .executeTakeFirst()
}

/** Makes an app. Its secret is given here and never again. Throws with one sentence for whoever typed it. */
export async function registerApp({ db, now }: Context, organizationId: string, app: NewApp) {
  const kind = kindOf(app)
  const secret = kind === 'confidential' && app.jwks === undefined ? newToken('attend_app') : undefined
  const id = newId()
  await withinSignIn(db, organizationId, async (tx) => {
    await tx
      .insertInto('fhir.app')
      .values({
        organizationId,
        id,
        name: app.name,
        kind,
        redirectUris: app.redirectUris.map(readRedirect),
        launchUri: app.launchUri === undefined ? null : readLaunchUri(app.launchUri),
        scopes: app.scopes.map((scope) => readAllowed(scope, kind)),
        jwks: app.jwks === undefined ? null : readKeys(app.jwks),
        secretHash: secret === undefined ? null : sha256(secret),
        madeAt: now(),
        madeBy: 'system:command-line',
      })
      .execute()
    await nameProgram(tx, organizationId, `app:${id}`, app.name)
    await audit(tx, commandLine(organizationId), {
      action: 'create',
      resourceType: 'App',
      resourceId: id,
      purpose: 'OPS',
    })
  })
  return { id, kind, secret }
}

const commandLine = (organizationId: string): Actor => system(organizationId, 'command-line')

function kindOf({ redirectUris, jwks, isPublic }: NewApp): AppKind {
  if (redirectUris.length === 0) {
    if (jwks === undefined) throw new Error('An app without --redirect acts by itself and signs: give --jwks.')
    return 'backend'
  }
  return isPublic ? 'public' : 'confidential'
}

/** OAuth 2.1 §2.3: compared letter by letter later, so it is kept as it is given. */
function readRedirect(text: string): string {
  const url = URL.parse(text)
  const isLocal = url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname)
  // RFC 8252 §7.1: an app on a phone has a scheme of its own, a domain name backwards.
  const isOwnScheme = url !== null && /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+:$/.test(url.protocol)
  if (!url || text.includes('#') || url.username !== '' || !(url.protocol === 'https:' || isLocal || isOwnScheme))
    throw new Error(
      `${text} is no redirect address: https://, http://localhost, or an own scheme like org.example.app:/`,
    )
  return text
}

function readLaunchUri(text: string): string {
  const url = URL.parse(text)
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && url.hostname === 'localhost'))
    throw new Error('The launch address begins with https://.')
  return text
}

function readAllowed(scope: string, kind: AppKind): string {
  const read = readScope(scope)
  const isPlain = (plainScopes as readonly string[]).includes(scope)
  const fits = read ? (read.context === 'system') === (kind === 'backend') : isPlain && kind !== 'backend'
  if (!fits)
    throw new Error(
      `${scope} is no scope for this kind of app: like patient/*.rs, or system/*.rs for one that acts by itself.`,
    )
  return scope
}

function readKeys(value: unknown): { keys: object[] } {
  const keys = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > 10)
    throw new Error('--jwks is a file with {"keys": [...]}.')
  for (const key of keys as Record<string, unknown>[]) {
    if (!['RSA', 'EC'].includes(String(key?.['kty']))) throw new Error('Keys are RSA or EC.')
    if (['d', 'k', 'p', 'q', 'dp', 'dq', 'qi'].some((part) => part in key))
      throw new Error('This file has private keys in it. Give the public ones only.')
  }
  return { keys: keys as object[] }
}

/** Every app of an organization, the ended ones too. */
export async function listApps({ db }: Context, organizationId: string) {
  return withinSignIn(db, organizationId, (tx) =>
    tx
      .selectFrom('fhir.app')
      .where('organizationId', '=', organizationId)
      .select(['id', 'name', 'kind', 'scopes', 'launchUri', 'endedAt'])
      .orderBy('name')
      .execute(),
  )
}

/** From the next request on neither it nor any token of its opens anything; says whether there was one. */
export async function endApp({ db, now }: Context, organizationId: string, id: string): Promise<boolean> {
  return withinSignIn(db, organizationId, async (tx) => {
    if (!(await findApp(tx, organizationId, id))) return false
    await tx
      .updateTable('fhir.app')
      .set({ endedAt: now() })
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .execute()
    await endGrants({ now }, tx, organizationId, { appId: id, endedBy: 'system:command-line' })
    await audit(tx, commandLine(organizationId), {
      action: 'delete',
      resourceType: 'App',
      resourceId: id,
      purpose: 'OPS',
    })
    return true
  })
}

/** What the OAuth provider must know of an app (RFC 7591 names). */
export async function clientOf(
  { db }: Context,
  organizationId: string,
  id: string,
): Promise<AdapterPayload | undefined> {
  const app = await withinSignIn(db, organizationId, (tx) => findApp(tx, organizationId, id))
  if (!app) return undefined
  const isBackend = app.kind === 'backend'
  const method = app.jwks ? 'private_key_jwt' : app.secretHash ? 'client_secret_basic' : 'none'
  return {
    client_id: app.id,
    client_name: app.name,
    redirect_uris: app.redirectUris,
    response_types: isBackend ? [] : ['code'],
    response_modes: ['query'],
    grant_types: isBackend ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: method,
    application_type: app.redirectUris.every((uri) => /^https?:/.test(uri)) ? 'web' : 'native',
    id_token_signed_response_alg: 'RS256',
    ...(app.jwks && { jwks: app.jwks }),
    // Only the hash is known here: the provider compares hashes (provider.ts).
    ...(app.secretHash && { client_secret: app.secretHash.toString('hex') }),
  } as AdapterPayload
}
