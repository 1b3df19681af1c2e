/** InsurancePlan: a plan that somebody told us of, its payer, and the networks it pays for. */
import { sql } from 'kysely'
import { notFound } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import '../../coverage/tables.ts'
import { among, counted, howMany, pageOf, type Asking, type Kind } from './kind.ts'
import type { Query } from '../wire/query.ts'
import { reference, type Resource } from '../wire/resource.ts'

export const insurancePlans: Kind = {
  type: 'InsurancePlan',
  isPublic: true,
  parameters: [
    { name: '_id', type: 'token' },
    { name: 'name', type: 'string' },
    { name: 'owned-by', type: 'reference' },
    { name: 'network', type: 'reference' },
  ],
  async search(asking, query) {
    const rows = filtered(asking, query)
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
    const row = isId(id) ? await all(asking).where('p.id', '=', id).selectAll('p').executeTakeFirst() : undefined
    if (!row) throw notFound('InsurancePlan')
    return resourceOf(row)
  },
}

interface Row {
  id: string
  name: string
  kind: string | null
  active: boolean
  payerId: string
  payer: string
  networks: { id: string; name: string }[] | null
}

const all = ({ tx, actor }: Asking) =>
  tx.selectFrom(
    sql<Row>`(
      select p.id, p.name, p.kind, p.active, p.payer_id, y.name as payer,
        (select json_agg(json_build_object('id', n.id, 'name', n.name) order by n.id) from coverage.plan_network w
          join coverage.network n on n.organization_id = w.organization_id and n.id = w.network_id
          where w.organization_id = p.organization_id and w.plan_id = p.id) as networks
      from coverage.plan p join coverage.payer y on y.organization_id = p.organization_id and y.id = p.payer_id
      where p.organization_id = ${actor.organizationId}
    )`.as('p'),
  )

function filtered(asking: Asking, query: Query) {
  let rows = all(asking)
  const ids = query.ids('_id', 'InsurancePlan')
  if (ids) rows = rows.where('p.id', '=', among(ids))
  for (const texts of query.all('name'))
    rows = rows.where((of) =>
      of.or(texts.map((text) => sql<boolean>`starts_with(lower(p.name), ${text.toLowerCase()})`)),
    )
  const payers = query.ids('owned-by', 'Organization')
  if (payers) rows = rows.where('p.payerId', '=', among(payers))
  const networks = query.ids('network', 'Organization')
  if (networks)
    rows = rows.where(sql<boolean>`exists (select from coverage.plan_network w where w.organization_id =
      ${asking.actor.organizationId} and w.plan_id = p.id and w.network_id = ${among(networks)})`)
  return rows
}

const resourceOf = ({ id, name, kind, active, payerId, payer, networks }: Row): Resource => ({
  resourceType: 'InsurancePlan',
  id,
  status: active ? 'active' : 'retired',
  ...(kind !== null && { type: [{ text: kind }] }),
  name,
  ownedBy: reference('Organization', payerId, payer),
  ...(networks && { network: networks.map((one) => reference('Organization', one.id, one.name)) }),
})
