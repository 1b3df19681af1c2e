/** Search parameters, read strictly: one that is not implemented is refused, never ignored (an ignored filter shows too much). */
import { isId } from '../../platform/ids.ts'
import { Refusal } from '../../platform/errors.ts'
import { badRequest, refuseUnknown } from './outcome.ts'
import { openPage, type After, type PageKeys } from './page.ts'

export interface Token {
  /** Undefined: any system. Empty: no system (`|code`). */
  system: string | undefined
  code: string
}

export interface Query {
  has(name: string): boolean
  /** Each time the parameter was given, its alternatives. */
  all(name: string): string[][]
  /** The alternatives of a parameter that may be given once; undefined when it was not. */
  one(name: string): string[] | undefined
  tokens(name: string): Token[] | undefined
  /** Ids of `type` that are meant; an id that cannot be one of ours is left out and so matches nothing. */
  ids(name: string, type: string): string[] | undefined
  /** How many to a page. */
  count: number
  /** Whether to count all: `_total=none` says no. */
  total: boolean
  /** Whether `_include` asks for what `Type:name` refers to; `*` and `Type:actor` are all of them. */
  includes(name: string): boolean
  after: After | undefined
  /** The search itself, to be asked again for the next page. */
  again: Record<string, string[]>
  /** What was asked for, for the trail. */
  names: string[]
}

/** What every search and `$find` takes. */
export const common = ['_count', '_format', '_pretty', '_total', '_page']
const formats = ['json', 'application/json', 'application/fhir+json']
const mostCount = 200
const defaultCount = 50

/** Reads what Fastify, or a form, made of a query. Refuses `unknown_parameter` and `bad_value`. */
export function readQuery(raw: unknown, { parameters, includes = [] }: Searched, { base, pageKeys }: Door): Query {
  const asked = textsByName(raw)
  const page = asked.get('_page')?.[0]
  const { again, after } =
    page === undefined ? { again: Object.fromEntries(asked), after: undefined } : openPage(pageKeys, page)
  const given = new Map(Object.entries(again))
  const known = [...parameters.map(({ name }) => name), ...(includes.length > 0 ? ['_include'] : []), ...common]
  for (const name of given.keys()) if (!known.includes(name)) throw refuseUnknown(name)
  const once = (name: string) => {
    const texts = given.get(name)
    if (texts && texts.length > 1) throw badRequest('bad_value', `${name} may be given once.`)
    return texts?.[0]
  }
  const one = (name: string) => {
    const text = once(name)
    return text === undefined ? undefined : alternatives(text)
  }
  refuseFormat(once('_format'))
  return {
    has: (name) => given.has(name),
    all: (name) => (given.get(name) ?? []).map(alternatives),
    one,
    tokens: (name) => one(name)?.map(tokenOf),
    ids: (name, type) => one(name)?.flatMap((text) => idIn(text, type, base) ?? []),
    includes: readIncludes(given.get('_include') ?? [], includes),
    count: countOf(once('_count')),
    total: once('_total') !== 'none',
    after,
    again,
    names: [...given.keys()],
  }
}

/** What can be asked of a type. */
interface Searched {
  parameters: readonly { name: string }[]
  includes?: readonly string[]
}

/** The address of this door, and the key that seals its pages. */
interface Door {
  base: string
  pageKeys: PageKeys
}

function textsByName(raw: unknown): Map<string, string[]> {
  return new Map(Object.entries((raw ?? {}) as Record<string, unknown>).map(([name, value]) => [name, textsOf(value)]))
}

function readIncludes(asked: readonly string[], known: readonly string[]) {
  const wanted = asked.map((text) => text.split(':').slice(0, 2).join(':'))
  for (const text of wanted) if (text !== '*' && !known.includes(text)) throw refuseUnknown(`_include=${text}`)
  return (name: string) => wanted.some((text) => text === '*' || text.endsWith(`:${name}`) || text.endsWith(':actor'))
}

function textsOf(value: unknown): string[] {
  const texts = (Array.isArray(value) ? value : [value]).map((text) => (typeof text === 'string' ? text : ''))
  if (texts.length > 10 || texts.some((text) => text.length > 2000 || text.trim() === ''))
    throw badRequest(
      'bad_value',
      'A search parameter has a value of at most 2000 characters, and comes at most 10 times.',
    )
  return texts
}

function alternatives(text: string): string[] {
  const parts = text.split(/(?<!\\),/).map((part) => part.replaceAll(/\\([,|$\\])/g, '$1').trim())
  if (parts.length > 50 || parts.includes(''))
    throw badRequest('bad_value', 'A search parameter has 1 to 50 alternatives.')
  return parts
}

/** `system|code`, `|code` or `code`. */
export function tokenOf(text: string): Token {
  const bar = text.indexOf('|')
  return bar < 0 ? { system: undefined, code: text } : { system: text.slice(0, bar), code: text.slice(bar + 1) }
}

/** The id in `Type/id`, in a bare `id`, or in that address on this server; undefined when it can be none of ours. */
export function idIn(text: string, type: string, base: string): string | undefined {
  const local = text.startsWith(`${base}/`) ? text.slice(base.length + 1) : text
  const [first = '', second, more] = local.split('/')
  if (second === undefined) return isId(first) ? first.toLowerCase() : undefined
  if (first !== type && /^[A-Z][A-Za-z]+$/.test(first) && more === undefined)
    throw badRequest('bad_value', `A reference to ${type} is wanted here.`)
  return first === type && more === undefined && isId(second) ? second.toLowerCase() : undefined
}

function refuseFormat(format: string | undefined) {
  // A plus sign that was not escaped arrives as a space.
  if (format !== undefined && !formats.includes(format.replace(' ', '+').split(';')[0] ?? ''))
    throw new Refusal(406, 'not_supported', 'This server speaks JSON: ask for application/fhir+json.')
}

/** How many to a page; FHIR lets a server give fewer than asked for. */
export function countOf(text: string | undefined): number {
  if (text === undefined) return defaultCount
  if (!/^\d{1,9}$/.test(text)) throw badRequest('bad_value', '_count is a whole number.')
  return Math.min(Number(text), mostCount)
}
