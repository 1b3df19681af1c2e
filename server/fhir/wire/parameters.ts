/** The input of an operation (FHIR R4, operations.html#request): a Parameters resource, or the query of a GET; read strictly. */
import { badRequest, refuseUnknown } from './outcome.ts'
import type { Resource } from './resource.ts'

/** `unused`: the standard has it, this server makes nothing of it and says so. */
export type Expected = Readonly<Record<string, 'text' | 'reference' | 'resource' | 'unused'>>

export interface Reference {
  reference?: string
  identifier?: { system?: string; value?: string }
}

export interface Parameters {
  texts(name: string): string[]
  references(name: string): Reference[]
  resources(name: string): Resource[]
  /** Names of those that were given and are not used. */
  unused: string[]
}

const mostParameters = 100

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads the body of a POST. Refuses `malformed`, `unknown_parameter` and `bad_value`. */
export function readParameters(body: unknown, expected: Expected): Parameters {
  if (!isFields(body) || body['resourceType'] !== 'Parameters')
    throw badRequest('malformed', 'Send a Parameters resource.')
  const list = body['parameter'] ?? []
  if (!Array.isArray(list) || list.length > mostParameters || !list.every(isFields))
    throw badRequest('malformed', `parameter is a list of at most ${mostParameters}.`)
  return collect(
    list.map((one) => ({ name: typeof one['name'] === 'string' ? one['name'] : '', value: valueOf(one) })),
    expected,
  )
}

/** Reads a GET: every value is a text, or the text of a reference. Common search parameters are left to `readQuery`. */
export function readQueryAsParameters(query: unknown, expected: Expected, common: readonly string[]): Parameters {
  const given = Object.entries(isFields(query) ? query : {}).filter(([name]) => !common.includes(name))
  return collect(
    given.flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: fromText(name, one, expected) }))),
    expected,
  )
}

const fromText = (name: string, value: unknown, expected: Expected) =>
  expected[name] === 'reference' ? { reference: String(value) } : String(value)

/** The one value[x] or resource of a parameter. */
function valueOf(parameter: Fields): unknown {
  const [key, more] = Object.keys(parameter).filter((one) => /^(value[A-Z]\w*|resource|part)$/.test(one))
  if (key === undefined || more !== undefined) throw badRequest('malformed', 'Each parameter has one value.')
  return parameter[key]
}

function collect(given: readonly { name: string; value: unknown }[], expected: Expected): Parameters {
  for (const { name, value } of given) {
    const kind = expected[name]
    if (kind === undefined) throw refuseUnknown(name)
    if (kind === 'text' && (typeof value !== 'string' || value.trim() === '' || value.length > 2000))
      throw badRequest('bad_value', `${name} is a text of at most 2000 characters.`)
    if (kind === 'reference' && !isReference(value)) throw badRequest('bad_value', `${name} is a Reference.`)
    if (kind === 'resource' && !(isFields(value) && typeof value['resourceType'] === 'string'))
      throw badRequest('bad_value', `${name} is a resource.`)
  }
  const of = (name: string) => given.filter((one) => one.name === name).map(({ value }) => value)
  return {
    texts: (name) => of(name) as string[],
    references: (name) => of(name) as Reference[],
    resources: (name) => of(name) as Resource[],
    unused: [...new Set(given.map(({ name }) => name).filter((name) => expected[name] === 'unused'))],
  }
}

function isReference(value: unknown): value is Reference {
  if (!isFields(value)) return false
  const { reference, identifier } = value
  if (reference !== undefined && typeof reference !== 'string') return false
  return typeof reference === 'string' || (isFields(identifier) && typeof identifier['value'] === 'string')
}

/** The one value of a parameter that may come once; undefined when it did not come. Refuses `bad_value` for more. */
export function single<T>(name: string, values: readonly T[]): T | undefined {
  if (values.length > 1) throw badRequest('bad_value', `${name} may be given once.`)
  return values[0]
}
