/** The API's own description, OpenAPI 3.1, made from the schemas that validate: it can not differ from what is served. */
import type { FastifyInstance } from 'fastify'
import { staffRoles, type Role } from './actor.ts'
import type { Endpoint } from './endpoint.ts'
import { permissions } from './permissions.ts'
import { endpointsOf } from './serve.ts'

/** Serves /api/openapi.json. Register it after every slice. */
export function openApi(http: FastifyInstance) {
  // The FHIR door describes itself in its CapabilityStatement.
  const document = describe(endpointsOf(http).filter(({ url }) => url.startsWith('/api/')))
  http.get('/api/openapi.json', { config: { permission: 'public.read' } }, async () => document)
}

export function describe(endpoints: readonly Endpoint[]) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const endpoint of endpoints) {
    const url = endpoint.url.replaceAll(/:(\w+)/g, '{$1}')
    paths[url] = { ...paths[url], [endpoint.method.toLowerCase()]: operation(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Attend',
      version: '1',
      description: 'The service side of a clinic: find care, book, prepare, arrive.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        client: { type: 'http', scheme: 'bearer', description: 'A program’s token, made with `attend client create`.' },
        visit: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: '`Visit <token>`, from a visit link: opens that one visit.',
        },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-attend' },
      },
      schemas: { Problem: problem },
    },
  }
}

const problem = {
  type: 'object',
  description: 'RFC 9457. `code` says the cause to a program, `detail` says it to a person.',
  required: ['type', 'status', 'code', 'title', 'detail'],
  properties: {
    type: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    title: { type: 'string' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
  },
}

const withSession: ReadonlySet<Role> = new Set(['patient', ...staffRoles])

function operation(endpoint: Endpoint) {
  const { permission, summary, method, url, reply, body } = endpoint
  const roles = permissions[permission]
  const signedIn = roles.filter((role) => withSession.has(role))
  const security = [
    ...(roles.includes('anyone') ? [{}] : []),
    ...(roles.includes('guest') ? [{ visit: [] }] : []),
    ...(signedIn.length > 0 ? [{ session: signedIn }] : []),
    ...(roles.includes('client') ? [{ client: [] }] : []),
  ]
  return {
    operationId: `${method.toLowerCase()}${url.replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())}`,
    summary,
    tags: [url.split('/')[2] ?? 'api'],
    security,
    parameters: [
      ...parameters(endpoint.path, 'path'),
      ...parameters(endpoint.query, 'query'),
      ...(endpoint.idempotent ? [idempotencyKey] : []),
    ],
    ...(method !== 'GET' && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: reply } } },
      default: {
        description: 'Refused, with the reason.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same key with the same request is answered once.',
  schema: { type: 'string', minLength: 8, maxLength: 200 },
}

function parameters(schema: unknown, where: 'path' | 'query') {
  const { properties = {}, required = [] } = schema as { properties?: Record<string, unknown>; required?: string[] }
  return Object.entries(properties).map(([name, field]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: field,
  }))
}
