/** Who may act for a patient: as the patient sees it, and as the front desk does. Ends it, too. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { system } from '../../platform/actor.ts'
import { accessPatient, recordIds } from '../access.ts'
import { readAccessRules } from '../access-rules.ts'
import { readOrganization } from '../organization.ts'
import { ownSession } from '../sign-in/lock-session.ts'
import type { GrantView } from './contract.ts'
import { standingOf, type Age } from './standing.ts'
import { readWords } from '../../platform/vault/words.ts'
import { grantField } from '../sealed.ts'
import '../tables.ts'

const mostShown = 100

const grantsOf = (tx: Tx, { organizationId }: Actor, patientIds: readonly string[]) =>
  tx
    .selectFrom('people.proxyGrant')
    .where('organizationId', '=', organizationId)
    .where('patientId', 'in', [...patientIds])
    .selectAll()
    .orderBy('givenAt', 'desc')
    .orderBy('id')
    .limit(mostShown)

type Row = Awaited<ReturnType<ReturnType<typeof grantsOf>['executeTakeFirstOrThrow']>>

function viewOf(row: Row, age: Age, now: Temporal.Instant): GrantView {
  const { stands, endsAt } = standingOf(row, age, now)
  const waits = row.personId === null
  const isLate = waits && row.acceptUntil !== null && Temporal.Instant.compare(row.acceptUntil, now) <= 0
  const state = row.blockedAt ? 'blocked' : !stands || isLate ? 'ended' : waits ? 'invited' : 'standing'
  const { id, proxyName: name, basis, scopes, fromAt } = row
  return {
    id,
    name,
    basis,
    scopes,
    state,
    from: fromAt.toString(),
    endsAt: (row.endedAt ?? endsAt)?.toString() ?? null,
  }
}

async function readGrants(
  { now }: Context,
  tx: Tx,
  actor: Actor,
  { patientId, of }: { patientId: string; of: readonly string[] },
) {
  const { bornOn, diedAt } = await accessPatient(tx, actor, patientId)
  const rules = await readAccessRules(tx, actor.organizationId)
  const { zone } = await readOrganization(tx, actor.organizationId)
  const rows = await grantsOf(tx, actor, of).execute()
  const age: Age = { bornOn, zone, hasDied: diedAt !== null, rules }
  return rows.map((row) => ({ row, view: viewOf(row, age, now()) }))
}

/** The patient's own; nothing before an account is joined to a record. */
export async function listProxies(context: Context, actor: Actor): Promise<GrantView[]> {
  const [patientId] = actor.patientIds
  if (patientId === undefined) return []
  const grants = await within(context.db, actor, (tx) =>
    readGrants(context, tx, actor, { patientId, of: actor.patientIds }),
  )
  // A patient is not told of a court's order about somebody else: it is over, and that is all.
  return grants.map(({ view }) => (view.state === 'blocked' ? { ...view, state: 'ended' as const } : view))
}

/** For the front desk. Refuses `not_found`. */
export async function listProxiesOf(context: Context, actor: Actor, patientId: string) {
  return within(context.db, actor, async (tx) => {
    // Also of records that are merged with this one; each may act for its own only.
    const of = await recordIds(tx, actor.organizationId, patientId)
    const grants = await readGrants(context, tx, actor, { patientId, of })
    const evidence = await readWords(
      context,
      tx,
      grants.map(({ row }) => ({
        field: grantField(row, 'evidence'),
        plain: row.evidence,
        sealed: row.evidenceSealed,
      })),
    )
    const why = await readWords(
      context,
      tx,
      grants.map(({ row }) => ({
        field: grantField({ ...row, id: row.personId ?? row.id }, 'blocked_why'),
        plain: row.blockedWhy,
        sealed: row.blockedWhySealed,
      })),
    )
    return grants.map(({ row, view }, at) => ({
      ...view,
      evidence: evidence[at] ?? null,
      blockedWhy: why[at] ?? null,
      canBeBlocked: row.personId !== null && row.blockedAt === null,
    }))
  })
}

/** By the patient, or by the proxy who wants no more of it. Refuses `not_found`; ended twice is ended. */
export async function endProxy(context: Context, actor: Actor, id: string) {
  const { personId } = ownSession(actor)
  const asProduct = system(actor.organizationId, 'end-proxy')
  await within(context.db, asProduct, async (tx) => {
    const grant = await tx
      .selectFrom('people.proxyGrant')
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .select(['patientId', 'personId'])
      .executeTakeFirst()
    const isMine = grant && (grant.personId === personId || actor.patientIds.includes(grant.patientId))
    if (!isMine) throw notFound('grant')
    await end(context, tx, actor, { patientId: grant.patientId, grantId: id })
  })
}

/** By the front desk. Refuses `not_found`. */
export async function endProxyOf(context: Context, actor: Actor, which: { patientId: string; grantId: string }) {
  await within(context.db, actor, async (tx) => {
    const of = await recordIds(tx, actor.organizationId, which.patientId)
    const grant = await grantsOf(tx, actor, of).where('id', '=', which.grantId).executeTakeFirst()
    if (!grant) throw notFound('grant')
    await end(context, tx, actor, which)
  })
}

async function end(
  { now, announce }: Context,
  tx: Tx,
  actor: Actor,
  { patientId, grantId }: { patientId: string; grantId: string },
) {
  const { organizationId } = actor
  const ended = await tx
    .updateTable('people.proxyGrant')
    .set({ endedAt: now(), endedBy: actor.id })
    .where('organizationId', '=', organizationId)
    .where('id', '=', grantId)
    .where('endedAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!ended) return
  await audit(tx, actor, {
    action: 'update',
    resourceType: 'ProxyGrant',
    resourceId: grantId,
    patientId,
    fields: ['ended'],
  })
  await announce(tx, 'proxy.changed', { organizationId, patientId, grantId, change: 'ended' })
}
