/** Practitioner: a clinician of the directory. */
import { sql } from 'kysely'
import { practitionersNamed, spokenName, visiblePractitioners } from '../../directory/index.ts'
import { notFound } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import { among, counted, howMany, pageOf, type Asking, type Kind } from './kind.ts'
import { claims, planNet } from '../wire/plan-net.ts'
import type { Query } from '../wire/query.ts'
import { concept, systems, type Resource } from '../wire/resource.ts'

export const practitioners: Kind = {
  type: 'Practitioner',
  profile: planNet.practitioner,
  isPublic: true,
  parameters: [
    { name: '_id', type: 'token' },
    { name: 'identifier', type: 'token', documentation: 'The NPI.' },
    { name: 'name', type: 'string', documentation: 'Beginnings of words of the name.' },
  ],
  async search(asking, query) {
    const rows = await filtered(asking, query)
    const page = pageOf(
      await rows
        .$if(query.after !== undefined, (rest) => rest.where('p.id', '>', query.after?.id ?? ''))
        .selectAll('p')
        .orderBy('p.id')
        .limit(query.count + 1)
        .execute(),
      query.count,
      ({ id }) => ['-', id],
    )
    return { matches: page.shown.map(resourceOf), after: page.after, total: await counted(query, rows.select(howMany)) }
  },
  async read(asking, id) {
    const [found] = isId(id) ? await practitionersByIds(asking, [id]) : []
    if (!found) throw notFound('Practitioner')
    return found
  },
}

export async function practitionersByIds({ tx, actor }: Asking, ids: readonly string[]): Promise<Resource[]> {
  const rows = await visiblePractitioners(tx, actor).where('p.id', '=', among(ids)).selectAll('p').execute()
  return rows.map(resourceOf)
}

async function filtered({ tx, actor }: Asking, query: Query) {
  let rows = visiblePractitioners(tx, actor)
  const ids = query.ids('_id', 'Practitioner')
  if (ids) rows = rows.where('p.id', '=', among(ids))
  const identifiers = query.tokens('identifier')
  if (identifiers) rows = rows.where('p.npi', '=', sql<string>`any(${npisOf(identifiers)}::text[])`)
  for (const alternatives of query.all('name')) {
    const named = await Promise.all(
      alternatives.map((text) => practitionersNamed(tx, actor.organizationId, text.split(' '))),
    )
    rows = rows.where('p.id', '=', among(named.flat()))
  }
  return rows
}

/** The NPIs among tokens: of its own system, of the same by object identifier, or of none. */
export const npisOf = (tokens: readonly { system: string | undefined; code: string }[]) =>
  tokens
    .filter(({ system }) => system === undefined || system === systems.npi || system === systems.npiOid)
    .map(({ code }) => code)

interface Row {
  id: string
  npi: string | null
  givenName: string
  familyName: string
  prefix: string | null
  credentials: string | null
  gender: string | null
  languages: string[]
  active: boolean
}

const resourceOf = (row: Row): Resource => ({
  resourceType: 'Practitioner',
  id: row.id,
  ...claims(planNet.practitioner, row.npi !== null),
  ...(row.npi !== null && { identifier: [{ system: systems.npi, value: row.npi }] }),
  active: row.active,
  name: [
    {
      use: 'official',
      text: spokenName(row),
      family: row.familyName,
      given: row.givenName.split(' '),
      ...(row.prefix !== null && { prefix: [row.prefix] }),
      ...(row.credentials !== null && { suffix: [row.credentials] }),
    },
  ],
  ...(row.gender !== null && { gender: row.gender }),
  ...(row.credentials !== null && { qualification: [{ code: { text: row.credentials } }] }),
  ...(row.languages.length > 0 && {
    communication: row.languages.map((code) => concept({ system: systems.language, code })),
  }),
})
