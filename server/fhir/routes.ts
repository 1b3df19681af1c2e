/** What the FHIR R4 door answers: each line an address, who may ask, and the function that answers. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import { endpoint } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import type { Permission } from '../platform/permissions.ts'
import { requestKeyOf } from '../platform/serve.ts'
import { Type } from 'typebox'
import { bookAppointment, bookParameters } from './booking/book.ts'
import { find, findParameters, readSearch, type Search } from './booking/find.ts'
import { holdAppointment, holdParameters, type Done } from './booking/hold.ts'
import { calendarFeeds } from './calendar-feed/routes.ts'
import { capabilityStatement } from './metadata.ts'
import { myRecord } from './my-record/routes.ts'
import { kinds } from './resources/index.ts'
import type { Asking, Found, Kind } from './resources/kind.ts'
import { zoneOf } from './resources/organizations.ts'
import { address, searchset } from './wire/bundle.ts'
import { actingFor, mayShow, type Need } from './smart/acting.ts'
import { schedulingLinks } from './scheduling-links/routes.ts'
import { smartConfiguration } from './smart/discovery.ts'
import { smart } from './smart/routes.ts'
import { webhooks } from './webhooks/routes.ts'
import { answerOtherSites } from './wire/cross-origin.ts'
import { badRequest, outcome, renderOutcome } from './wire/outcome.ts'
import { openPage, sealPage, type PageKeys } from './wire/page.ts'
import { rateBound } from './wire/rate.ts'
import { readParameters, readQueryAsParameters } from './wire/parameters.ts'
import { common, countOf, readQuery } from './wire/query.ts'
import { profiles, type Resource } from './wire/resource.ts'
import { speakFhir } from './wire/speak.ts'

const prefix = '/fhir/R4'
/** A minute, for one address that does not say who it is. */
const mostUnknown = 300

export async function fhir(http: FastifyInstance, context: Context) {
  const base = `${context.config.publicUrl}${prefix}`
  myRecord(http, context)
  schedulingLinks(http, context)
  webhooks(http, context)
  calendarFeeds(http, context)
  await smart(http, context, base)
  await http.register(
    async (door) => {
      speakFhir(door)
      answerOtherSites(door)
      door.setErrorHandler(renderOutcome(base))
      door.setNotFoundHandler((request, reply) => renderOutcome(base)(notFound('page'), request, reply))
      const open = opener(door, { context, base, pageKeys: context.keys.all('fhir page') })
      const statement = capabilityStatement(base, ['find', 'hold', 'book'])
      open('GET /metadata', undefined, 'What this FHIR server can.', async () => statement)
      door.get(
        '/.well-known/smart-configuration',
        { config: { permission: 'fhir.describe', crossSite: true } },
        async () => smartConfiguration(context.config.publicUrl),
      )
      operations(open, context)
      for (const kind of kinds) reads(open, kind)
    },
    { prefix },
  )
}

interface Door {
  context: Context
  base: string
  pageKeys: PageKeys
}

interface Call extends Door {
  /** Whoever asks, held to the scopes of their app. */
  actor: Actor
  request: FastifyRequest
  reply: FastifyReply
  /** Works in one transaction as the caller. */
  ask: <T>(work: (asking: Asking) => Promise<T>) => Promise<T>
}

type Open = ReturnType<typeof opener>

function opener(http: FastifyInstance, door: Door) {
  const pass = rateBound(mostUnknown)
  return function open(
    line: `${'GET' | 'POST'} /${string}`,
    need: Need | undefined,
    summary: string,
    answer: (call: Call) => Promise<Resource>,
  ) {
    const [method, path] = line.split(' ') as ['GET' | 'POST', string]
    const permission: Permission = need ? (need.isPublic ? 'fhir.directory' : 'fhir.use') : 'fhir.describe'
    // For docs/access.md, and the test that asks every address as every role.
    http.endpoints.push(
      endpoint(`${method} ${prefix}${path}` as 'GET /', permission, { summary, reply: Type.Unknown() }),
    )
    const outcomeInBundle = path.endsWith('$book')
    http.route({
      method,
      url: path,
      config: { permission, outcomeInBundle, crossSite: true },
      handler: async (request, reply) => {
        const { context, base, pageKeys } = door
        if (request.actor.role === 'anyone') pass(request.ip, context.now())
        const actor = need ? actingFor(request.actor, need) : request.actor
        const ask: Call['ask'] = (work) =>
          within(context.db, actor, async (tx) => {
            const asked = { tx, context, actor, now: context.now(), base, pageKeys }
            return work({ ...asked, zone: await zoneOf(asked) })
          })
        const resource = await answer({ ...door, actor, request, reply, ask })
        return reply.type('application/fhir+json').send(resource)
      },
    })
  }
}

function reads(open: Open, kind: Kind) {
  const search = async (call: Call, raw: unknown) => {
    const query = readQuery(raw, kind, call)
    const found = await call.ask((asking) => kind.search(asking, query))
    const included = found.included?.filter(({ resourceType }) => mayShow(call.request.actor, resourceType)) ?? []
    return listed(call, kind.type, { ...found, included }, query.again)
  }
  const { type, isPublic } = kind
  open(`GET /${type}`, { type, operations: ['s'], isPublic }, `Finds ${type} resources.`, (call) =>
    search(call, call.request.query),
  )
  open(
    `POST /${type}/_search`,
    { type, operations: ['s'], isPublic },
    `Finds ${type} resources; nothing is said in the address.`,
    (call) => search(call, { ...(call.request.query as object), ...(call.request.body as object) }),
  )
  open(`GET /${type}/:id`, { type, operations: ['r'], isPublic }, `Reads one ${type}.`, async (call) => {
    const { id } = call.request.params as { id: string }
    const resource = await call.ask((asking) => kind.read(asking, id))
    const { versionId } = (resource['meta'] ?? {}) as { versionId?: string }
    if (versionId !== undefined) call.reply.header('etag', `W/"${versionId}"`)
    return resource
  })
}

function operations(open: Open, context: Context) {
  const finds: Need = { type: 'Appointment', operations: ['s'] }
  const holds: Need = { type: 'Appointment', operations: ['c'], books: true }
  const books: Need = { type: 'Appointment', operations: ['c', 'u'], books: true }
  open('GET /Appointment/$find', finds, 'IHE ITI-115: proposes appointments.', async (call) => {
    const query = call.request.query as Record<string, string | string[]>
    if (typeof query['_page'] === 'string') return nextPage(call, query['_page'])
    const given = readQueryAsParameters(query, findParameters, common)
    return firstPage(call, given, countOf(query['_count']?.toString()))
  })
  open('POST /Appointment/$find', finds, 'IHE ITI-115: proposes appointments.', async (call) => {
    const given = readParameters(call.request.body, { ...findParameters, _count: 'text' })
    const { _count } = call.request.query as { _count?: string }
    return firstPage(call, given, countOf(given.texts('_count')[0] ?? _count))
  })
  open(
    'POST /Appointment/$hold',
    holds,
    'IHE ITI-116: keeps a proposed appointment for five minutes.',
    async (call) => {
      const given = readParameters(call.request.body, holdParameters)
      return done(call, await holdAppointment(context, call.actor, { ...call, given, requestKey: keyOf(call) }))
    },
  )
  open('POST /Appointment/$book', books, 'IHE ITI-117: books, moves or cancels an appointment.', async (call) => {
    const given = readParameters(call.request.body, bookParameters)
    const version = versionOf(call.request.headers['if-match'])
    return done(call, await bookAppointment(context, call.actor, { ...call, given, requestKey: keyOf(call), version }))
  })
}

const keyOf = ({ request }: Call) => requestKeyOf(request, { body: request.body })

async function firstPage(call: Call, given: ReturnType<typeof readParameters>, count: number) {
  return call.ask(async (asking) => {
    const search = await readSearch(asking, given)
    return findPage(call, await find(asking, search, { count }), search, count)
  })
}

async function nextPage(call: Call, text: string) {
  const { again, after } = openPage(call.pageKeys, text)
  const search = JSON.parse(again['find']?.[0] ?? '{}') as Search
  const count = countOf(again['_count']?.[0])
  return call.ask(async (asking) => findPage(call, await find(asking, search, { count, after }), search, count))
}

function findPage(call: Call, found: Found, search: Search, count: number): Resource {
  return listed(call, 'Appointment/$find', found, { find: [JSON.stringify(search)], _count: [String(count)] })
}

/** A page of a search. The link to the next one is sealed; the one to this one says what its address said. */
function listed(call: Call, path: string, found: Found, again: Record<string, string[]>): Resource {
  const { base, pageKeys, request } = call
  const { matches, included, total, after, remarks = [] } = found
  return searchset({
    base,
    matches,
    included: included ?? [],
    total,
    ...(remarks.length > 0 && { remarks: outcome(remarks) }),
    ...(request.method === 'GET' && { self: `${base}${request.url.slice(prefix.length)}` }),
    next: after && address(base, path, [['_page', sealPage(pageKeys, { again, after })]]),
    ...(path === 'Appointment/$find' && { profile: profiles.bundle }),
  })
}

function done({ base, reply }: Call, { appointment, remarks }: Done): Resource {
  const { versionId } = (appointment['meta'] ?? {}) as { versionId?: string }
  if (versionId !== undefined) reply.header('etag', `W/"${versionId}"`)
  const told = remarks && outcome(remarks)
  return searchset({ base, matches: [appointment], total: 1, remarks: told, profile: profiles.bundle })
}

function versionOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1]
  if (version === undefined) throw badRequest('bad_value', 'If-Match is like W/"2".')
  return Number(version)
}
