/** A SMART app and a browser without a window, for tests: the whole walk by hand, with whatever lies a test wants it to tell. */
import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { registerApp } from '../fhir/index.ts'
import type { Asker, World } from './world.ts'

export const fhirBase = 'http://localhost:8080/fhir/R4'
const redirect = 'https://app.example/callback'

type Params = Record<string, string | undefined>

/** A registered app; `as` is the person whose browser it sends to us. */
export async function smartApp(
  world: World,
  {
    scopes = ['openid', 'fhirUser', 'launch/patient', 'offline_access', 'patient/*.rs'],
    isPublic = true,
    launchUri = '',
  } = {},
) {
  const { id, secret } = await registerApp(world, world.organizationId, {
    name: 'Glucose Diary',
    redirectUris: [redirect],
    scopes,
    isPublic,
    ...(launchUri !== '' && { launchUri }),
  })
  return appOf(world, id, secret)
}

export type SmartApp = ReturnType<typeof appOf>

function appOf(world: World, id: string, secret: string | undefined) {
  const verifier = randomBytes(32).toString('base64url')
  const asked = (scope: string): Params => ({
    response_type: 'code',
    client_id: id,
    redirect_uri: redirect,
    scope,
    state: 'the-state',
    aud: fhirBase,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const basic = secret === undefined ? {} : { authorization: `Basic ${btoa(`${id}:${secret}`)}` }
  const post = (path: string, body: Params, headers: Record<string, string> = basic) =>
    form(world, path, secret === undefined ? { client_id: id, ...body } : body, headers)

  return {
    id,
    secret,
    redirect,
    verifier,
    /** Sends a browser to us; gives where it is sent next. */
    asks: (scope: string, lies: Params = {}) =>
      visit(world, `/oauth/authorize?${query({ ...asked(scope), ...lies })}`, {}),
    /** The whole walk up to the code: asks, the person says yes, the browser comes back to the app. */
    async code(person: Asker, scope: string, { lies = {}, choice = {} }: { lies?: Params; choice?: object } = {}) {
      const browser = await visit(world, `/oauth/authorize?${query({ ...asked(scope), ...lies })}`, {})
      const back = await answer(world, person, browser, { approve: true, ...choice })
      return back.get('code') ?? `no code: ${back.toString()}`
    },
    trade: (code: string, lies: Params = {}) =>
      post('/oauth/token', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirect,
        code_verifier: verifier,
        ...lies,
      }),
    refresh: (token: string, more: Params = {}) =>
      post('/oauth/token', { grant_type: 'refresh_token', refresh_token: token, ...more }),
    introspect: (token: string) => post('/oauth/introspect', { token }),
    revoke: (token: string) => post('/oauth/revoke', { token }),
    /** Signed in and let in: the token response. */
    async connect(person: Asker, scope: string, options: { lies?: Params; choice?: object } = {}) {
      const { body } = await this.trade(await this.code(person, scope, options))
      return body
    },
  }
}

const query = (params: Params) => new URLSearchParams(given(params)).toString()
const given = (params: Params) =>
  Object.entries(params).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])) as [string, string][]

export interface Visited {
  status: number
  location: string
  text: string
  /** Cookies of this browser, by name. */
  jar: Record<string, string>
}

/** A page is opened in the browser that has these cookies. */
export async function visit(world: World, url: string, jar: Record<string, string>): Promise<Visited> {
  const cookie = Object.entries(jar)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
  const reply = await world.app.inject({ method: 'GET', url, headers: cookie === '' ? {} : { cookie } })
  const set = [reply.headers['set-cookie'] ?? []].flat().map((one) => (one.split(';')[0] ?? '').split(/=(.*)/s))
  return {
    status: reply.statusCode,
    location: String(reply.headers.location ?? ''),
    text: reply.body,
    jar: { ...jar, ...Object.fromEntries(set.map(([name = '', value = '']) => [name, value])) },
  }
}

export const uidOf = ({ location }: Visited) => location.split('/connect/')[1] ?? ''

/** The person answers on our page, in the same browser; gives what the app is told in its redirect. */
export async function answer(world: World, person: Asker, browser: Visited, body: object): Promise<URLSearchParams> {
  const decided = await decide(person, browser, body)
  const path = String(decided.body['redirectTo'] ?? '').replace('http://localhost:8080', '')
  if (decided.status !== 200) return new URLSearchParams({ refused: JSON.stringify(decided.body) })
  const back = await visit(world, path, browser.jar)
  if (!back.location.startsWith('https://app.example/'))
    throw new Error(`sent to ${back.location} ${back.status} ${back.text}`)
  return new URL(back.location).searchParams
}

/** Asks our page's own questions with the cookies of the browser and of the person. */
export const decide = (person: Asker, browser: Visited, body: object) =>
  person.asks('POST', `/api/fhir/smart/interactions/${uidOf(browser)}`, body, cookies(person, browser))
export const look = (person: Asker, browser: Visited) =>
  person.asks('GET', `/api/fhir/smart/interactions/${uidOf(browser)}`, undefined, cookies(person, browser))

const cookies = (person: Asker, { jar }: Visited) => ({
  cookie: `${person.headers['cookie'] ?? ''}; attend_connect=${jar['attend_connect'] ?? ''}`,
})

/** Posts a form, as apps do to the OAuth server. */
export async function form(world: World, url: string, body: Params, headers: Record<string, string> = {}) {
  const reply = await world.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: query(body),
  })
  const told: unknown = reply.body.startsWith('{') ? reply.json() : reply.body
  return { status: reply.statusCode, headers: reply.headers, body: told as Record<string, any> }
}

/** A program with this token. */
export function bearer(world: World, token: string) {
  const headers = { authorization: `Bearer ${token}` }
  return {
    get: (path: string) => world.ask('GET', `/fhir/R4/${path}`, undefined, headers),
    post: (path: string, body: object) => world.ask('POST', `/fhir/R4/${path}`, body, headers),
    ask: (method: 'GET' | 'POST', url: string, body?: object) => world.ask(method, url, body, headers),
  }
}

/** Says something to the database past every wall; gives `n` of the first row, if there is one. */
export async function asOwner(world: World, text: string): Promise<number | undefined> {
  const client = new pg.Client(world.database.superuser)
  await client.connect()
  const { rows } = await client.query<{ n?: number }>(text)
  await client.end()
  return rows[0]?.n
}
