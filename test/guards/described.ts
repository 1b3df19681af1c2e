// Reads the API's own OpenAPI document: every operation, who may ask it, and requests that fit it.
import type { Role } from '../../server/platform/actor.ts'
import type { World } from '../../server/testing/world.ts'

/** As much of JSON Schema as our contracts use. */
export interface Schema {
  type?: string
  format?: string
  pattern?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  minimum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  additionalProperties?: boolean
}

export interface Operation {
  name: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  roles: Role[]
  path: Record<string, Schema>
  query: Record<string, Schema>
  body: Schema | undefined
}

interface Described {
  security: Record<string, string[]>[]
  parameters: { name: string; in: string; schema: Schema }[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
}

/** Every operation of the document, with the roles that its security lines name. */
export async function operationsOf(world: World): Promise<Operation[]> {
  const { body } = await world.ask('GET', '/api/openapi.json')
  const paths = body['paths'] as Record<string, Record<string, Described>>
  return Object.entries(paths).flatMap(([url, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      name: `${method.toUpperCase()} ${url}`,
      method: method.toUpperCase() as Operation['method'],
      url,
      roles: one.security.flatMap(rolesOf),
      path: parametersOf(one, 'path'),
      query: parametersOf(one, 'query'),
      body: one.requestBody?.content['application/json'].schema,
    })),
  )
}

function rolesOf(line: Record<string, string[]>): Role[] {
  if (line['session']) return line['session'] as Role[]
  if (line['visit']) return ['guest']
  return line['client'] ? ['client'] : ['anyone']
}

const parametersOf = ({ parameters }: Described, where: string) =>
  Object.fromEntries(parameters.filter((one) => one.in === where).map(({ name, schema }) => [name, schema]))

/** Gives an id for a field of this name. */
export type Ids = (name: string) => string

const patterns: Record<string, string> = {
  '^[0-9]{6}$': '123456',
  '^[A-Za-z0-9_-]*$': 'YWJj',
  '^step_[A-Za-z0-9_-]{43}$': `step_${'a'.repeat(43)}`,
}

/** The least that fits a schema: what is optional is left out. */
export function sample(schema: Schema, ids: Ids, name = ''): unknown {
  if ('const' in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf?.[0]) return sample(schema.anyOf[0], ids, name)
  if (schema.type === 'object') return sampleObject(schema, ids)
  if (schema.type === 'array')
    return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, ids, name))
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  if (schema.type === 'boolean') return true
  if (schema.type === 'string') return text(schema, ids, name)
  return {}
}

function sampleObject({ properties = {}, required = [] }: Schema, ids: Ids) {
  return Object.fromEntries(required.map((key) => [key, sample(properties[key] ?? {}, ids, key)]))
}

function text({ format, pattern, minLength = 0 }: Schema, ids: Ids, name: string): string {
  if (format === 'uuid') return ids(name)
  if (format === 'date') return '2026-12-07'
  if (format === 'date-time') return '2026-12-07T15:00:00Z'
  if (format === 'email') return 'sam@example.org'
  return patterns[pattern ?? ''] ?? 'Sam'.padEnd(minLength, 'a')
}

/** A place in a body: the keys that lead to it, and what fits there. */
export interface Spot {
  keys: readonly string[]
  schema: Schema
}

/** Every place in a body, through optional fields and all alternatives. */
export function spotsOf(schema: Schema, keys: readonly string[] = []): Spot[] {
  const inside = [
    ...(schema.anyOf ?? []).flatMap((one) => spotsOf(one, keys)),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, one]) => spotsOf(one, [...keys, key])),
  ]
  return [{ keys, schema }, ...inside]
}

/** The least body with `value` at a spot, and whatever the objects on the way there need. */
export function bodyWith(schema: Schema, ids: Ids, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys
  if (key === undefined) return value
  const alternative = schema.anyOf?.find((one) => leadsTo(one, keys))
  if (alternative) return bodyWith(alternative, ids, keys, value)
  const own = sample(schema, ids) as Record<string, unknown>
  return { ...own, [key]: bodyWith(schema.properties?.[key] ?? {}, ids, rest, value) }
}

const leadsTo = (schema: Schema, [key, ...rest]: readonly string[]): boolean =>
  key === undefined ||
  (schema.anyOf ?? []).some((one) => leadsTo(one, [key, ...rest])) ||
  (schema.properties?.[key] !== undefined && leadsTo(schema.properties[key], rest))

/** The address with these values in its path and query. */
export function addressOf({ url, path }: Operation, ids: Ids, query: Record<string, string> = {}): string {
  const filled = url.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(sample(path[name] ?? {}, ids, name))),
  )
  const search = new URLSearchParams(query).toString()
  return search === '' ? filled : `${filled}?${search}`
}

/** The query that an operation cannot do without. */
export function neededQuery({ query }: Operation, ids: Ids): Record<string, string> {
  const needed: Record<string, string> = {}
  if (query['q']) needed['q'] = 'sam'
  for (const [name, schema] of Object.entries(query))
    if (schema.format === 'uuid' && name === 'patientId') needed[name] = ids(name)
  return needed
}
