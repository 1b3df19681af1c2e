/** Organizations: which one an address belongs to, and what everybody may know of it. */
import type { Context } from '../platform/context.ts'
import type { Db, Pools, Tx } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import './tables.ts'

export interface Organization {
  id: string
  slug: string
  name: string
  phone: string
  email: string | null
  zone: string
  hostNames: string[]
  cancelCutoffMinutes: number
  demo: boolean
}

const columns = ['id', 'slug', 'name', 'phone', 'email', 'zone', 'hostNames', 'cancelCutoffMinutes', 'demo'] as const

const all = (db: Db | Tx) => db.selectFrom('people.organization').select(columns)

/** One organization by id; refuses when there is none. */
export async function readOrganization(db: Db | Tx, id: string): Promise<Organization> {
  const found = await all(db).where('id', '=', id).executeTakeFirst()
  if (!found) throw notFound('organization')
  return found
}

export async function findOrganization(db: Db | Tx, slug: string): Promise<Organization | undefined> {
  return all(db).where('slug', '=', slug).executeTakeFirst()
}

export const listOrganizations = (db: Db | Tx): Promise<Organization[]> => all(db).orderBy('slug').execute()

/** Makes an organization, or brings the one of this slug up to date; gives its id. */
export async function foundOrganization(pools: Pools, facts: Omit<Organization, 'id'>): Promise<string> {
  const { id } = await pools.worker
    .insertInto('people.organization')
    .values(facts)
    .onConflict((same) => same.column('slug').doUpdateSet(facts))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/**
 * Which organization a host name belongs to: the one that lists it, else the only or first one. Asked on every public
 * request, so what the database said is believed for ten seconds.
 */
export function hostOrganizations({ db, now }: Pick<Context, 'db' | 'now'>) {
  let known: { at: number; organizations: Promise<Organization[]> } | undefined
  return async function organizationOf(hostName: string): Promise<Organization> {
    const at = now().epochMilliseconds
    if (!known || Math.abs(at - known.at) > 10_000) known = { at, organizations: listOrganizations(db.public) }
    const organizations = await known.organizations.catch((error: unknown) => {
      known = undefined
      throw error
    })
    const found = organizations.find((one) => one.hostNames.includes(hostName)) ?? organizations[0]
    if (found) return found
    known = undefined
    throw notFound('organization')
  }
}
