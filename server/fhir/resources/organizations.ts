/** Organization: the health system itself, and the payers, networks and practices that the directory knows. */
import { sql } from 'kysely'
import { readOrganization } from '../../people/index.ts'
import { notFound } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import { among, counted, howMany, pageOf, type Asking, type Kind } from './kind.ts'
import { concept, reference, type Resource } from '../wire/resource.ts'

export const organizations: Kind = {
  type: 'Organization',
  parameters: [
    { name: '_id', type: 'token' },
    { name: 'name', type: 'string' },
  ],
  async search(asking, query) {
    const ids = query.ids('_id', 'Organization')
    let rows = all(asking)
    if (ids) rows = rows.where('o.id', '=', among(ids))
    for (const texts of query.all('name'))
      rows = rows.where((of) =>
        of.or(texts.map((text) => sql<boolean>`starts_with(lower(o.name), ${text.toLowerCase()})`)),
      )
    const page = pageOf(
      await rows
        .$if(query.after !== undefined, (rest) => rest.where('o.id', '>', query.after?.id ?? ''))
        .selectAll('o')
        .orderBy('o.id')
        .limit(query.count + 1)
        .execute(),
      query.count,
      ({ id }) => ['-', id],
    )
    return { matches: page.shown.map(resourceOf), after: page.after, total: await counted(query, rows.select(howMany)) }
  },
  async read(asking, id) {
    const row = isId(id) ? await all(asking).where('o.id', '=', id).selectAll('o').executeTakeFirst() : undefined
    if (!row) throw notFound('Organization')
    return resourceOf(row)
  },
}

interface Row {
  id: string
  kind: string
  name: string
  phone: string | null
  partOfId: string | null
  active: boolean
}

const all = ({ tx, actor }: Asking) =>
  tx.selectFrom(
    sql<Row>`(
      select id, 'provider' as kind, name, phone, null::uuid as part_of_id, true as active
      from people.organization where id = ${actor.organizationId}
      union all
      select id, kind, name, phone, part_of_id, active from directory.affiliate where organization_id = ${actor.organizationId}
    )`.as('o'),
  )

/** HL7's organization-type and, for networks, Plan-Net's. */
const typeOf: Record<string, { system: string; code: string }> = {
  provider: { system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'prov' },
  payer: { system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'pay' },
  network: { system: 'http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/OrgTypeCS', code: 'ntwk' },
  other: { system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'other' },
}

const resourceOf = ({ id, kind, name, phone, partOfId, active }: Row): Resource => ({
  resourceType: 'Organization',
  id,
  active,
  ...(typeOf[kind] && { type: [concept(typeOf[kind])] }),
  name,
  ...(phone !== null && { telecom: [{ system: 'phone', value: phone }] }),
  ...(partOfId !== null && { partOf: reference('Organization', partOfId) }),
})

/** The wall-clock zone for dates that name none. */
export const zoneOf = async ({ tx, actor }: Pick<Asking, 'tx' | 'actor'>) =>
  (await readOrganization(tx, actor.organizationId)).zone
