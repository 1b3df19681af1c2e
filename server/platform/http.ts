/** The HTTP server before any slice: who is asking, one error form, safe headers. Knows no slice. */
import Fastify, {
  LogController,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import helmet from '@fastify/helmet'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import type { Actor } from './actor.ts'
import type { Config } from './config.ts'
import { forbidden, locked, notFound, Refusal, tooMany, unauthenticated } from './errors.ts'
import { newId } from './ids.ts'
import { logOptions } from './log.ts'
import { mayAsk, type Permission } from './permissions.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call this route: a line of permissions.ts. A route without it keeps the app from starting. */
    permission?: Permission
    /** May be asked by pages of other sites: it believes no cookie. */
    crossSite?: boolean
  }
}

export interface HttpOptions {
  config: Pick<Config, 'production' | 'publicUrl' | 'trustProxyHops' | 'logLevel'>
  /** Makes the actor of a request from its credential, or refuses. */
  whoIs(request: FastifyRequest): Promise<Actor>
  /** Of a practice copy: what its replies say the time is. */
  now?: () => Temporal.Instant
  /** Renders a refusal for routes that speak another dialect than problem+json (the FHIR door). */
  logTo?: NodeJS.WritableStream
  /** Other compilers of schemas than the framework's own: tests open hundreds of doors and ask few things of each. */
  compilers?: {
    validator: NonNullable<FastifyInstance['validatorCompiler']>
    serializer: NonNullable<FastifyInstance['serializerCompiler']>
  }
}

export async function openHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { config, whoIs, logTo, compilers } = options
  const http: FastifyInstance = Fastify({
    logger: logTo ? { ...logOptions(config.logLevel), stream: logTo } : logOptions(config.logLevel),
    genReqId: newId,
    // One line a request, when it is answered.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    trustProxy: (_address: string, hop: number) => hop < config.trustProxyHops,
    bodyLimit: 1_048_576,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', allErrors: false } },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false, caseSensitive: true },
  })
  if (compilers) {
    http.setValidatorCompiler(compilers.validator)
    http.setSerializerCompiler(compilers.serializer)
  }
  // A limit for the body counts only above that for the headers, which is a minute by itself.
  http.server.headersTimeout = 15_000
  http.endpoints = []
  const { origin } = new URL(config.publicUrl)
  http.decorateRequest('actor')
  http.addHook('onRoute', ({ config, method, url }) => {
    if (!config?.permission) throw new Error(`${String(method)} ${url} does not say who may call it`)
  })
  http.setErrorHandler<FastifyError | Refusal>(renderProblem)
  // The framework's own answer repeats the address that was asked for.
  http.setNotFoundHandler((request, reply) => renderProblem(notFound('page'), request, reply))
  await http.register(cookie)
  await http.register(compress, { global: true, threshold: 1024, encodings: ['br', 'gzip'] })
  await http.register(helmet, { ...headers, hsts: config.production ? headers.hsts : false })
  http.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.logLevel === 'warn') return
    const milliseconds = Math.round(reply.elapsedTime)
    request.log.info({ req: request, res: reply, actor: request.actor?.role, milliseconds }, 'answered')
  })
  http.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    reply.header('cache-control', 'no-store')
    if (options.now) reply.header('date', new Date(options.now().epochMilliseconds).toUTCString())
    const { permission, crossSite } = request.routeOptions.config
    if (!permission) return
    if (!crossSite) refuseCrossSite(request, origin)
    request.actor = { ...(await whoIs(request)), requestId: request.id }
    if (mayAsk(request.actor, permission)) return
    if (request.actor.session?.locked) throw locked()
    throw request.actor.role === 'anyone' ? unauthenticated() : forbidden()
  })
  return http
}

/** A browser says where a request comes from; another site may not change anything here on a person's behalf. */
function refuseCrossSite(request: FastifyRequest, own: string) {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') throw forbidden()
    return
  }
  // Older browsers and plain http say only the origin; programs say neither.
  const { origin } = request.headers
  if (origin !== undefined && origin !== own && !isOwnHost(origin, request.host)) throw forbidden()
}

/** The same address as the request was sent to, whatever the clinic calls itself in its links. */
function isOwnHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}

const headers = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      // React and the component library set sizes through the CSSOM, which needs no permission.
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      objectSrc: ["'none'"],
    },
  },
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'no-referrer' as const },
  hsts: { maxAge: 31_536_000, includeSubDomains: true },
}

/** RFC 9457. A refusal is an answer: logged without a stack. Anything else is a bug: logged in full, told as nothing. */
function renderProblem(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply) {
  const refusal = refusalOf(error)
  if (refusal) request.log.info({ code: refusal.code }, 'refused')
  else request.log.error({ err: error }, 'unexpected')
  const { status, code, message, extra } = refusal ?? internal
  const answer = reply.code(status).type('application/problem+json')
  if (extra['retryAfter'] !== undefined) answer.header('retry-after', extra['retryAfter'])
  return answer.send({
    ...extra,
    type: 'about:blank',
    status,
    code,
    title: titles[status] ?? 'Refused',
    detail: message,
    requestId: request.id,
  })
}

const internal = new Refusal(
  500,
  'internal',
  'Something went wrong on our side. Nothing was changed. Try again, or call us.',
)
const titles: Record<number, string> = {
  400: 'Malformed',
  401: 'Sign in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unknown media type',
  422: 'Not possible',
  429: 'Too many tries',
  500: 'Our fault',
  503: 'Not now',
}

/** Our own refusal, or the framework's for a request that cannot be read; undefined for a bug. */
export function refusalOf(error: FastifyError | Refusal): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error.validation) return new Refusal(400, 'malformed', `The request is not well formed: ${error.message}.`)
  if (error.statusCode === 429) return tooMany('Too many requests. Wait a moment.', 30)
  if (error.statusCode === 413) return new Refusal(413, 'too_large', 'That is more than we take at once.')
  if (error.statusCode === 415) return new Refusal(415, 'media_type', 'Send JSON, as application/json.')
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500)
    return new Refusal(error.statusCode, 'malformed', 'The request could not be read.')
  // PostgreSQL has no null character in text: nobody types one.
  if (error.code === '22021' || error.code === '22P05')
    return new Refusal(400, 'malformed', 'The request has a character in it that no text has.')
  if (isBusy(error))
    return new Refusal(503, 'busy', 'We are very busy right now. Try again in a moment.', { retryAfter: 2 })
  return undefined
}

/** The database is away, full or shedding load: the caller may try again. */
const isBusy = (error: { code?: string; message: string }) =>
  /^(08|53|57P0)/.test(error.code ?? '') ||
  ['ECONNREFUSED', 'ECONNRESET', 'ENOENT'].includes(error.code ?? '') ||
  error.message.startsWith('timeout exceeded when trying to connect')
