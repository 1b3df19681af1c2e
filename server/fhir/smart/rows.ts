/** Where the OAuth provider keeps its codes and tokens: our tables, one organization's, each used up at most once. */
import type { Adapter, AdapterFactory, AdapterPayload, errors as Errors } from 'oidc-provider'
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import { sha256 } from '../../platform/ids.ts'
import { clientOf } from './apps.ts'
import { endGrants } from './end-grants.ts'
import { placeOf, seal, unseal } from './sealed.ts'
import '../tables.ts'

/** The provider's adapters of one organization (its `adapter` setting). */
export function rowsOf(context: Context, organizationId: string, errors: typeof Errors): AdapterFactory {
  return (model) => {
    if (model === 'Client') return clients(context, organizationId)
    // Who is signed in is Attend's own session; the provider's would outlive it on a shared machine.
    if (model === 'Session') return nothing
    return rows(context, { organizationId, model, errors })
  }
}

const never = async () => undefined
const nothing: Adapter = {
  upsert: never,
  find: never,
  findByUserCode: never,
  findByUid: never,
  consume: never,
  destroy: never,
  revokeByGrantId: never,
}

const clients = (context: Context, organizationId: string): Adapter => ({
  ...nothing,
  find: (id) => clientOf(context, organizationId, id),
})

interface Kept {
  organizationId: string
  model: string
  errors: typeof Errors
}

function rows(context: Context, { organizationId, model, errors }: Kept): Adapter {
  const { db, keys, now } = context
  const work = <T>(does: (tx: Tx) => Promise<T>) => withinSignIn(db, organizationId, does)
  const one = (tx: Tx, idHash: Buffer) =>
    tx
      .selectFrom('fhir.providerRow')
      .where('organizationId', '=', organizationId)
      .where('model', '=', model)
      .where('idHash', '=', idHash)
      .where('expiresAt', '>', now())
  return {
    ...nothing,
    upsert: (id, payload, expiresIn) =>
      work(async (tx) => {
        const idHash = sha256(id)
        const row = {
          organizationId,
          model,
          idHash,
          grantHash: payload.grantId === undefined ? null : sha256(payload.grantId),
          appId: payload.clientId ?? null,
          sealed: seal(keys, placeOf(organizationId, model, idHash), payload),
          expiresAt: now().add({ seconds: expiresIn ?? 0 }),
        }
        const insert = tx.insertInto('fhir.providerRow').values(row)
        // RFC 7523 §3: a jti counts once, however many requests bring it at the same moment.
        const kept = await (
          model === 'ReplayDetection'
            ? insert.onConflict((same) => same.doNothing())
            : insert.onConflict((same) => same.columns(['organizationId', 'model', 'idHash']).doUpdateSet(row))
        )
          .returning('model')
          .execute()
        if (kept.length === 0) throw new errors.InvalidClientAuth('client assertion tokens must only be used once')
      }),
    find: (id) =>
      work(async (tx) => {
        const idHash = sha256(id)
        const row = await one(tx, idHash).select(['sealed', 'consumedAt']).executeTakeFirst()
        if (!row) return undefined
        const payload = unseal(keys, placeOf(organizationId, model, idHash), row.sealed) as AdapterPayload
        return row.consumedAt === null ? payload : { ...payload, consumed: true }
      }),
    consume: (id) =>
      work(async (tx) => {
        const used = await tx
          .updateTable('fhir.providerRow')
          .set({ consumedAt: now() })
          .where('organizationId', '=', organizationId)
          .where('model', '=', model)
          .where('idHash', '=', sha256(id))
          .where('consumedAt', 'is', null)
          .returning('grantHash')
          .execute()
        // Two requests with the same code or refresh token at the same moment: the second gets nothing.
        if (used.length === 0) throw new errors.InvalidGrant('already used')
      }),
    destroy: (id) =>
      work(async (tx) => {
        await tx
          .deleteFrom('fhir.providerRow')
          .where('organizationId', '=', organizationId)
          .where('model', '=', model)
          .where('idHash', '=', sha256(id))
          .execute()
        if (model === 'Grant')
          await endGrants(context, tx, organizationId, { grantHash: sha256(id), endedBy: 'system:oauth' })
      }),
    revokeByGrantId: (grantId) =>
      work(async (tx) => {
        await tx
          .deleteFrom('fhir.providerRow')
          .where('organizationId', '=', organizationId)
          .where('model', '=', model)
          .where('grantHash', '=', sha256(grantId))
          .execute()
      }),
  }
}
