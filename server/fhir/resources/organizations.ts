/** Organization: the health system itself, and the payers, networks and practices that the directory knows. */
import { sql } from 'kysely'
import '../../coverage/tables.ts'
import { readOrganization } from '../../people/index.ts'
import { notFound } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import { among, amongTexts, counted, howMany, pageOf, type Asking, type Kind } from './kind.ts'
import { claims, planNet } from '../wire/plan-net.ts'
import type { Token } from '../wire/query.ts'
import { concept, reference, type Resource } from '../wire/resource.ts'

export const organizations: Kind = {
  type: 'Organization',
  profile: planNet.network,
  isPublic: true,
  parameters: [
    { name: '_id', type: 'token' },
    { name: 'name', type: 'string' },
    { name: 'type', type: 'token', documentation: 'prov, pay, ntwk or other.' },
    { name: 'partof', type: 'reference' },
  ],
  async search(asking, query) {
    const ids = query.ids('_id', 'Organization')
    let rows = all(asking)
    if (ids) rows = rows.where('o.id', '=', among(ids))
    for (const texts of query.all('name'))
      rows = rows.where((of) =>
        of.or(texts.map((text) => sql<boolean>`starts_with(lower(o.name), ${text.toLowerCase()})`)),
      )
    const kinds = query.tokens('type')
    if (kinds) rows = rows.where('o.kind', '=', amongTexts(kindsOf(kinds)))
    const whole = query.ids('partof', 'Organization')
    if (whole) rows = rows.where('o.partOfId', '=', among(whole))
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
      select a.id, a.kind, a.name, a.phone, coalesce(a.part_of_id, n.payer_id), a.active from directory.affiliate a
      left join coverage.network n on n.organization_id = a.organization_id and n.id = a.id
      where a.organization_id = ${actor.organizationId}
      union all
      select id, kind, name, null, part_of_id, true from (
        select organization_id, id, 'payer' as kind, name, null::uuid as part_of_id from coverage.payer
        union all select organization_id, id, 'network', name, payer_id from coverage.network) c
      where organization_id = ${actor.organizationId} and not exists (select from directory.affiliate a
        where a.organization_id = c.organization_id and a.id = c.id)
    )`.as('o'),
  )

/** HL7's organization-type and, for networks, Plan-Net's. */
const typeOf: Record<string, { system: string; code: string }> = {
  provider: { system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'prov' },
  payer: { system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'pay' },
  network: { system: 'http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/OrgTypeCS', code: 'ntwk' },
  other: { system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'other' },
}

const kindsOf = (tokens: readonly Token[]) =>
  Object.entries(typeOf)
    .filter(([, { system, code }]) =>
      tokens.some((token) => token.code === code && (token.system === undefined || token.system === system)),
    )
    .map(([kind]) => kind)

const resourceOf = ({ id, kind, name, phone, partOfId, active }: Row): Resource => ({
  resourceType: 'Organization',
  id,
  ...claims(planNet.network, kind === 'network' && partOfId !== null),
  active,
  ...(typeOf[kind] && { type: [concept(typeOf[kind])] }),
  name,
  // A network has no telephone: its payer has (Plan-Net).
  ...(phone !== null && kind !== 'network' && { telecom: [{ system: 'phone', value: phone }] }),
  ...(partOfId !== null && { partOf: reference('Organization', partOfId) }),
})

/** The wall-clock zone for dates that name none. */
export const zoneOf = async ({ tx, actor }: Pick<Asking, 'tx' | 'actor'>) =>
  (await readOrganization(tx, actor.organizationId)).zone
