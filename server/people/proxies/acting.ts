/** What a proxy was given for the patient they act for, looked up on every request: what is ended opens nothing on the next. */
import { sql } from 'kysely'
import { system, type Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { readAccessRules } from '../access-rules.ts'
import { recordsOfGrant } from '../merge/list-merges.ts'
import { readOrganization } from '../organization.ts'
import { standingOf, type Standing } from './standing.ts'
import './tables.ts'

/**
 * The actor of a session as the patient acted for allows it: that one patient, within the grant. When the grant is over
 * no record is open at all, not even the own one: nobody books for themselves who believes to book for a child.
 */
export async function asGiven(context: Context, actor: Actor): Promise<Actor> {
  const { organizationId, actingFor, personId } = actor
  if (actingFor === undefined || personId === undefined) return actor
  return within(context.db, system(organizationId, 'acting-for'), async (tx) => {
    const [found] = await standingGrants(context, tx, organizationId, (grants) =>
      grants.where('g.personId', '=', personId).where('g.patientId', '=', actingFor),
    )
    if (!found) return { ...actor, patientIds: [] }
    const { scopes, withoutConfidential } = found
    const patientIds = await recordsOfGrant(tx, organizationId, found)
    return { ...actor, patientIds, proxy: { scopes, withoutConfidential } }
  })
}

/** Every grant that was not ended, with its patient. */
const liveGrants = (tx: Tx, organizationId: string) =>
  tx
    .selectFrom('people.proxyGrant as g')
    .innerJoin('people.patient as p', (on) =>
      on.onRef('p.organizationId', '=', 'g.organizationId').onRef('p.id', '=', 'g.patientId'),
    )
    .where('g.organizationId', '=', organizationId)
    .where('g.endedAt', 'is', null)
    .selectAll('g')
    // A word that keeps this person from one record of the patient keeps them from all that are merged with it.
    .select(
      sql<Temporal.Instant | null>`coalesce(g.blocked_at, (select max(k.blocked_at) from people.proxy_grant k
        where k.organization_id = g.organization_id and k.person_id = g.person_id
          and k.patient_id = any(people.record_ids(g.organization_id, g.patient_id))))`.as('keptAwayAt'),
    )
    .select(['p.bornOn', 'p.diedAt', 'p.givenName', 'p.familyName'])

type Live = ReturnType<typeof liveGrants>
export type LiveGrant = Awaited<ReturnType<Live['executeTakeFirstOrThrow']>> & Standing

/** Grants with how they stand now, those that do not stand too, in the order they were given. */
export async function grantsWithStanding(
  { now }: Pick<Context, 'now'>,
  tx: Tx,
  organizationId: string,
  which: (grants: Live) => Live,
): Promise<LiveGrant[]> {
  const rows = await which(liveGrants(tx, organizationId)).orderBy('g.givenAt').orderBy('g.id').execute()
  if (rows.length === 0) return []
  const rules = await readAccessRules(tx, organizationId)
  const { zone } = await readOrganization(tx, organizationId)
  return rows.map((row) => ({
    ...row,
    ...standingOf(
      { ...row, blockedAt: row.keptAwayAt },
      { bornOn: row.bornOn, zone, hasDied: row.diedAt !== null, rules },
      now(),
    ),
  }))
}

/** Those that stand and were accepted. */
export async function standingGrants(...asked: Parameters<typeof grantsWithStanding>): Promise<LiveGrant[]> {
  const grants = await grantsWithStanding(...asked)
  return grants.filter(({ stands, personId }) => stands && personId !== null)
}
