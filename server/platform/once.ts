/** The same request sent twice, even at once or after a crash, does its work once. */
import type { Actor } from './actor.ts'
import type { Tx } from './db.ts'
import { conflict } from './errors.ts'
import { sha256 } from './ids.ts'
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
  const requestHash = sha256(JSON.stringify(asked.request))
  const own = { organizationId: actor.organizationId, actorId: actor.id, key: asked.key }
  const first = await tx
    .insertInto('platform.requestKey')
    .values({ ...own, requestHash, resultId })
    .onConflict((same) => same.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (first) return undefined
  const before = await tx
    .selectFrom('platform.requestKey')
    .where('organizationId', '=', own.organizationId)
    .where('actorId', '=', own.actorId)
    .where('key', '=', own.key)
    .select(['requestHash', 'resultId'])
    .executeTakeFirst()
  if (!before) throw conflict('try_again', 'The same request is being worked on. Try again in a moment.')
  if (!before.requestHash.equals(requestHash))
    throw conflict('key_used_for_another_request', 'This Idempotency-Key was used for a different request.')
  return before.resultId
}
