/** Keeps a person from a patient, as a court ordered: what stood is over, nothing is given, and they are told nothing of it. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { recordIds } from '../access.ts'
import { sealField } from '../../platform/vault/index.ts'
import { grantField } from '../sealed.ts'
import '../tables.ts'

interface Pair {
  organizationId: string
  patientId: string
  personId: string
}

/** Whether this person is kept from this patient, by a word on any record of theirs. */
export async function isBlocked(tx: Tx, { organizationId, patientId, personId }: Pair): Promise<boolean> {
  const found = await tx
    .selectFrom('people.proxyGrant')
    .where('organizationId', '=', organizationId)
    .where('patientId', 'in', await recordIds(tx, organizationId, patientId))
    .where('personId', '=', personId)
    .where('blockedAt', 'is not', null)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

interface Which {
  patientId: string
  grantId: string
}

/** Everything this person holds for this patient ends. Refuses `not_found`, `nobody_yet` for who has not accepted. */
export async function blockProxy(context: Context, actor: Actor, asked: Which, why: string) {
  const { organizationId } = actor
  const { db, now, announce } = context
  await within(db, actor, async (tx) => {
    const { personId, ...which } = await givenTo(tx, actor, asked)
    const { patientId } = which
    const at = now()
    const blockedWhySealed = await sealWhy(context, tx, { organizationId, patientId, id: personId }, why)
    await tx
      .updateTable('people.proxyGrant')
      .set((grant) => ({
        endedAt: grant.fn.coalesce('endedAt', grant.val(at)),
        endedBy: grant.fn.coalesce('endedBy', grant.val(actor.id)),
        blockedAt: at,
        blockedBy: actor.id,
        blockedWhy: null,
        blockedWhySealed,
      }))
      .where('organizationId', '=', organizationId)
      .where('patientId', '=', patientId)
      .where('personId', '=', personId)
      .execute()
    await auditBlock(tx, actor, which)
    await announce(tx, 'proxy.changed', { organizationId, patientId, grantId: which.grantId, change: 'blocked' })
  })
}

/** What was ended stays ended. Refuses `not_found`. */
export async function unblockProxy(context: Context, actor: Actor, asked: Which, why: string) {
  const { organizationId } = actor
  await within(context.db, actor, async (tx) => {
    const { personId, ...which } = await givenTo(tx, actor, asked)
    const { patientId } = which
    const blockedWhySealed = await sealWhy(context, tx, { organizationId, patientId, id: personId }, why)
    await tx
      .updateTable('people.proxyGrant')
      .set({ blockedAt: null, blockedBy: actor.id, blockedWhy: null, blockedWhySealed })
      .where('organizationId', '=', actor.organizationId)
      .where('patientId', '=', which.patientId)
      .where('personId', '=', personId)
      .execute()
    await auditBlock(tx, actor, which)
  })
}

const sealWhy = (context: Context, tx: Tx, row: Parameters<typeof grantField>[0], why: string) =>
  sealField(context, tx, grantField(row, 'blocked_why'), why)

/** Whose it is, and of which record: the one asked about, or one that is merged with it. */
async function givenTo(tx: Tx, { organizationId }: Actor, { patientId, grantId }: Which) {
  const grant = await tx
    .selectFrom('people.proxyGrant')
    .where('organizationId', '=', organizationId)
    .where('patientId', 'in', await recordIds(tx, organizationId, patientId))
    .where('id', '=', grantId)
    .select(['personId', 'patientId'])
    .executeTakeFirst()
  if (!grant) throw notFound('grant')
  const { personId } = grant
  if (personId === null)
    throw invalid('nobody_yet', 'Nobody has accepted this invitation yet. End it instead.', { instead: 'end' })
  return { personId, patientId: grant.patientId, grantId }
}

const auditBlock = (tx: Tx, actor: Actor, { patientId, grantId }: Which) =>
  audit(tx, actor, {
    action: 'update',
    resourceType: 'ProxyGrant',
    resourceId: grantId,
    patientId,
    fields: ['blocked'],
    purpose: 'OPS',
  })
