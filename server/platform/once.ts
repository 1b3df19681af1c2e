/** The same request sent twice, even at once or after a crash, does its work once. */
import type { Actor } from './actor.ts'
import { send, type Tx } from './db.ts'
import { conflict } from './errors.ts'
import { sha256 } from './ids.ts'
import { statement } from './statement.ts'
import './tables.ts'

/** An Idempotency-Key header and the request it came with. */
export interface RequestKey {
  key: string
  request: unknown
}

/**
 * Claims this actor's key for the thing about to be made with id `resultId`. Gives undefined when the work is still to
 * be done, or the id that the first request made. Rivals with one key wait for the first to commit; if it fails, the
 * next one does the work. The same key with another request is refused `key_used_for_another_request`.
 */
export async function claim(
  tx: Tx,
  actor: Actor,
  asked: RequestKey | undefined,
  resultId: string,
): Promise<string | undefined> {
  if (!asked) return undefined
  const claimed = await send(tx, insertKey, { ...ownKey(actor, asked), requestHash: hashOf(asked), resultId })
  if (claimed.length > 0) return undefined
  const before = await answered(tx, actor, asked)
  if (!before) throw conflict('try_again', 'The same request is being worked on. Try again in a moment.')
  return before
}

/** Claims many keys that nobody has used yet, as far as is known; gives false when one of them was: then roll back. */
export async function claimAll(
  tx: Tx,
  organizationId: string,
  claims: readonly { actor: Actor; asked: RequestKey; resultId: string }[],
): Promise<boolean> {
  if (claims.length === 0) return true
  const claimed = await send(tx, insertKeys, {
    organizationId,
    actorIds: claims.map(({ actor }) => actor.id),
    keys: claims.map(({ asked }) => asked.key),
    requestHashes: claims.map(({ asked }) => hashOf(asked)),
    resultIds: claims.map(({ resultId }) => resultId),
  })
  return claimed.length === claims.length
}

/** The id that the first request of this key made, if there was one; claims nothing. Refuses as `claim` does. */
export async function answered(tx: Tx, actor: Actor, asked: RequestKey | undefined): Promise<string | undefined> {
  if (!asked) return undefined
  const [before] = await send(tx, readKey, ownKey(actor, asked))
  if (before && !before.requestHash.equals(hashOf(asked)))
    throw conflict('key_used_for_another_request', 'This Idempotency-Key was used for a different request.')
  return before?.resultId
}

interface OwnKey {
  organizationId: string
  actorId: string
  key: string
}

const ownKey = (actor: Actor, { key }: RequestKey): OwnKey => ({
  organizationId: actor.organizationId,
  actorId: actor.id,
  key,
})

const hashOf = ({ request }: RequestKey) => sha256(JSON.stringify(request))

const insertKey = statement<OwnKey & { requestHash: Buffer; resultId: string }>`
  insert into platform.request_key (organization_id, actor_id, key, request_hash, result_id)
  values (${'organizationId'}, ${'actorId'}, ${'key'}, ${'requestHash'}, ${'resultId'})
  on conflict do nothing returning true as claimed`

// In one order that is the same for everybody: two who claim the same keys never wait for each other.
const insertKeys = statement<{
  organizationId: string
  actorIds: string[]
  keys: string[]
  requestHashes: Buffer[]
  resultIds: string[]
}>`
  insert into platform.request_key (organization_id, actor_id, key, request_hash, result_id)
  select ${'organizationId'}, k.* from unnest(${'actorIds'}::text[], ${'keys'}::text[], ${'requestHashes'}::bytea[], ${'resultIds'}::uuid[])
    as k(actor_id, key, request_hash, result_id)
  order by actor_id collate "C", key collate "C"
  on conflict do nothing returning true as claimed`

const readKey = statement<OwnKey, { requestHash: Buffer; resultId: string }>`
  select request_hash, result_id from platform.request_key
  where organization_id = ${'organizationId'} and actor_id = ${'actorId'} and key = ${'key'}`

/** Nobody sends a request again after that long. As the worker. */
export async function forgetKeys(tx: Tx, organizationId: string, madeBefore: Temporal.Instant) {
  await tx
    .deleteFrom('platform.requestKey')
    .where('organizationId', '=', organizationId)
    .where('createdAt', '<', madeBefore)
    .execute()
}
