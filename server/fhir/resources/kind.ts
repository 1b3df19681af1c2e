/** What every resource type of this door can: be found and be read. The CapabilityStatement is made from the same list. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from 'kysely'
import type { After, PageKeys } from '../wire/page.ts'
import type { Query, Token } from '../wire/query.ts'
import { badRequest, type Issue } from '../wire/outcome.ts'
import type { Resource } from '../wire/resource.ts'

/** One question, inside its transaction. */
export interface Asking {
  tx: Tx
  /** Opens what is sealed. */
  context: Context
  actor: Actor
  now: Temporal.Instant
  /** The address of this door, without a slash at the end. */
  base: string
  /** Seals the links to next pages, which may hold what names a person. */
  pageKeys: PageKeys
  /** Of the organization: for dates without an offset. */
  zone: string
}

export interface Parameter {
  name: string
  type: 'token' | 'reference' | 'string' | 'date'
  documentation?: string
}

export interface Found {
  matches: readonly Resource[]
  included?: readonly Resource[]
  total?: number | undefined
  /** Where the next page begins; absent on the last. */
  after?: After | undefined
  /** What the caller should know though all went well. */
  remarks?: readonly Issue[]
}

export interface Kind {
  type: string
  profile?: string
  /** Facts of the directory, which nobody has to say who they are to read. */
  isPublic?: true
  parameters: readonly Parameter[]
  includes?: readonly string[]
  search(asking: Asking, query: Query): Promise<Found>
  /** Refuses `not_found` alike for what is missing and for what is another organization's. */
  read(asking: Asking, id: string): Promise<Resource>
}

/** The first `count` of rows that were asked for with one more, and where the next page begins. */
export function pageOf<T>(rows: readonly T[], count: number, key: (row: T) => [order: string | number, id: string]) {
  const shown = rows.slice(0, count)
  const last = shown.at(-1)
  if (last === undefined || rows.length <= count) return { shown, after: undefined }
  const [order, id] = key(last)
  return { shown, after: { order: String(order), id } }
}

/** For `rows.select(howMany)`. */
export const howMany = sql<number>`count(*)::int`.as('total')

/** How many there are on all pages, unless `_total=none` spares it. */
export async function counted(query: Query, rows: { executeTakeFirstOrThrow(): Promise<{ total: number }> }) {
  return query.total ? (await rows.executeTakeFirstOrThrow()).total : undefined
}

/** `column = any(ids)`: the one form of 'in' that stays an index condition under row-level security. */
export const among = (ids: readonly string[]) => sql<string>`any(${[...ids]}::uuid[])`
/** The same with all records of the patients that were merged. */
export const amongRecords = (organizationId: string, ids: readonly string[]) =>
  sql<string>`any(array(select unnest(people.record_ids(${organizationId}::uuid, id)) from unnest(${[...ids]}::uuid[]) id))`
export const amongTexts = (texts: readonly string[]) => sql<string>`any(${[...texts]}::text[])`

/** The codes of tokens that are of this system or name none. */
export const codesOf = (tokens: readonly Token[], system: string) =>
  tokens.filter((token) => token.system === undefined || token.system === system).map(({ code }) => code)

/** Reads true or false; refuses anything else. */
export function isTrue(values: readonly string[]): boolean {
  const [value, more] = values
  if (more !== undefined || (value !== 'true' && value !== 'false')) throw badRequest('bad_value', 'Say true or false.')
  return value === 'true'
}
