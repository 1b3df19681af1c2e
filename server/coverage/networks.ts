/** Plans, and which networks a clinician is said to be in: a dated fact, with who says so. */
import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import { invalid, notFound } from '../platform/errors.ts'
import type { NetworkFact } from './contract.ts'
import { confidenceOf } from './confidence.ts'
import './tables.ts'

/** After so many days a fact is shown as faded: directories of payers must be checked that often (Public Health Service Act §2799A-5). */
const daysFresh = 90

/** Every payer that has a plan, with its plans, by name. */
export async function listPlans({ db }: Context, actor: Actor) {
  const rows = await within(db, actor, (tx) =>
    tx
      .selectFrom('coverage.plan as p')
      .innerJoin('coverage.payer as y', (join) =>
        join.onRef('y.organizationId', '=', 'p.organizationId').onRef('y.id', '=', 'p.payerId'),
      )
      .where('p.organizationId', '=', actor.organizationId)
      .where('p.active', '=', true)
      .select(['p.id', 'p.name', 'y.id as payerId', 'y.name as payer'])
      .orderBy('y.name')
      .orderBy('y.id')
      .orderBy('p.name')
      .orderBy('p.id')
      .execute(),
  )
  return [...Map.groupBy(rows, ({ payerId }) => payerId)].map(([id, plans]) => ({
    id,
    name: plans[0]?.payer ?? '',
    plans: plans.map((plan) => ({ id: plan.id, name: plan.name })),
  }))
}

/** The networks of a clinician at any of their places, each by its latest fact; the latest first. */
export async function readNetworks({ db, now }: Context, actor: Actor, practitionerId: string): Promise<NetworkFact[]> {
  return within(db, actor, async (tx) => {
    const roles = await tx
      .selectFrom('directory.practitionerRole as r')
      .innerJoin('directory.practitioner as p', (join) =>
        join.onRef('p.organizationId', '=', 'r.organizationId').onRef('p.id', '=', 'r.practitionerId'),
      )
      .where('r.organizationId', '=', actor.organizationId)
      .where('r.practitionerId', '=', practitionerId)
      .where('r.active', '=', true)
      .where('p.active', '=', true)
      .select('r.id')
      .execute()
    if (roles.length === 0) throw notFound('clinician')
    const facts = await networkFacts(tx, actor.organizationId, { roleIds: roles.map(({ id }) => id), now: now() })
    const latest = new Map(facts.map(({ fact }) => [fact.networkId, fact]).reverse() as [string, NetworkFact][])
    return [...latest.values()].sort((a, b) => b.knownOn.localeCompare(a.knownOn) || a.network.localeCompare(b.network))
  })
}

interface Sought {
  roleIds: readonly string[]
  /** Only these networks. */
  networkIds?: readonly string[]
  now: Temporal.Instant
}

/** What is said today of clinicians at places (`roleId`), the latest known first. */
export async function networkFacts(
  tx: Tx,
  organizationId: string,
  { roleIds, networkIds, now }: Sought,
): Promise<{ roleId: string; fact: NetworkFact }[]> {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const { rows } = await sql<{
    roleId: string
    networkId: string
    network: string
    source: NetworkFact['source']
    knownOn: Temporal.PlainDate
  }>`
    select c.practitioner_role_id as role_id, c.network_id, n.name as network, c.source, c.known_on
    from coverage.participation c
    join coverage.network n on n.organization_id = c.organization_id and n.id = c.network_id
    where c.organization_id = ${organizationId} and c.practitioner_role_id = any (${roleIds}::uuid[])
      and (${networkIds ?? null}::uuid[] is null or c.network_id = any (${networkIds ?? null}::uuid[]))
      and coalesce(c.valid_from <= ${today}::date, true) and coalesce(c.valid_until >= ${today}::date, true)
    order by c.known_on desc, n.name, c.network_id`.execute(tx)
  return rows.map(({ roleId, networkId, network, source, knownOn }) => ({
    roleId,
    fact: { networkId, network, source, knownOn: knownOn.toString(), ...trustIn(source, knownOn, today) },
  }))
}

function trustIn(source: NetworkFact['source'], knownOn: Temporal.PlainDate, today: Temporal.PlainDate) {
  const { days } = knownOn.until(today, { largestUnit: 'days' })
  return { faded: days > daysFresh, confidence: confidenceOf(source, days) }
}

/** The networks that a plan pays for; refuses a plan that is not there. */
export async function networksOfPlan(tx: Tx, organizationId: string, planId: string): Promise<string[]> {
  const { rows } = await sql<{ networkId: string | null }>`
    select n.network_id from coverage.plan p
    left join coverage.plan_network n on n.organization_id = p.organization_id and n.plan_id = p.id
    where p.organization_id = ${organizationId} and p.id = ${planId}`.execute(tx)
  if (rows.length === 0)
    throw invalid('plan_not_found', 'We do not know that plan. Choose one from the list.', { instead: 'change_plan' })
  return rows.flatMap(({ networkId }) => networkId ?? [])
}
