/** How often anybody may try: by account and by where they come from, over a sliding quarter of an hour. */
import { createHmac } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import { send, together, withinSignIn, type Tx } from '../../platform/db.ts'
import { tooMany } from '../../platform/errors.ts'
import { newId, type Keys } from '../../platform/ids.ts'
import { networkOf } from '../../platform/network.ts'
import { statement } from '../../platform/statement.ts'
import './tables.ts'

export const tryLimits = { minutes: 15, perAccount: 10, perAddress: 100 } as const

/** What is counted together. `account` is whatever was typed, so that it counts whether or not there is such an account. */
export interface Tried {
  organizationId: string
  address: string
  account?: string
}

/** Of a try that was counted: forgets it again when it was right. In the caller's own transaction, if there is one. */
export type Forget = (tx?: Tx) => Promise<unknown>

/**
 * Counts a try before it is looked at, so that tries at the same moment count, too. Refuses `too_many_tries`, the same for
 * known and unknown accounts. Gives what forgets it again: right ones do not count.
 */
export function countTry(context: Context, tried: Tried): Promise<Forget> {
  return withinSignIn(context.db, tried.organizationId, (tx) => countTryWithin(context, tx, tried))
}

/** The same as the first thing of a transaction that writes nothing else and ends soon: others of this account wait for it. */
export async function countTryWithin({ db, keys, now }: Context, tx: Tx, tried: Tried): Promise<Forget> {
  const { organizationId } = tried
  const at = now()
  const since = at.subtract({ minutes: tryLimits.minutes })
  const one = { organizationId, id: newId() }
  const [address, account] = bucketsOf(keys, tried)
  const turns = { address: address.readInt32BE(), account: (account ?? address).readInt32BE() }
  const counted = { ...one, address, account, at: at.toString(), since: since.toString(), ...tryLimits }
  const [, [full]] = await together([send(tx, takeTurns, turns), send(tx, count, counted)])
  if (full?.oldestAt)
    throw tooMany(
      'Too many tries. Wait a little, then try again.',
      Math.max(1, Math.ceil(full.oldestAt.since(since).total('seconds'))),
    )
  return (within) =>
    within ? send(within, forget, one) : withinSignIn(db, organizationId, (own) => send(own, forget, one))
}

/**
 * Tries of one account, or from one address, are counted one after the other: the address first, always, so that none waits
 * for one that waits for it. The last moment's tries may be lost with the power, and nothing else is in this transaction.
 */
const takeTurns = statement<{ address: number; account: number }>`
  select set_config('synchronous_commit', 'off', true),
    pg_advisory_xact_lock(1, ${'address'}), pg_advisory_xact_lock(2, ${'account'})`

interface Counted {
  organizationId: string
  id: string
  address: Buffer
  account: Buffer | undefined
  perAddress: number
  perAccount: number
  at: string
  since: string
}

/** A try that is one too many is not written: nobody is locked out for ever by somebody else. */
const count = statement<Counted, { oldestAt: Temporal.Instant | null }>`
  with too_many as materialized (
    select max(oldest.at) as oldest_at
    from (values (${'address'}::bytea, ${'perAddress'}::int), (${'account'}, ${'perAccount'})) b(bucket, most),
      lateral (select t.at from people.sign_in_try t where t.organization_id = ${'organizationId'} and t.bucket = b.bucket
        and t.at > ${'since'} order by t.at desc offset b.most - 1 limit 1) oldest
  ), counted as (
    insert into people.sign_in_try (organization_id, id, bucket, at)
    select ${'organizationId'}, ${'id'}, b.bucket, ${'at'} from (values (${'address'}::bytea), (${'account'})) b(bucket), too_many
    where b.bucket is not null and too_many.oldest_at is null
  )
  select oldest_at from too_many`

const forget = statement<{ organizationId: string; id: string }>`
  delete from people.sign_in_try where organization_id = ${'organizationId'} and id = ${'id'}`

/** Keyed hashes: the table says neither who tried nor from where. */
function bucketsOf(keys: Keys, { organizationId, address, account }: Tried) {
  const bucketOf = (kind: string, what: string) =>
    createHmac('sha256', keys.of('sign-in tries'))
      .update(JSON.stringify([organizationId, kind, what]))
      .digest()
  return [
    bucketOf('address', networkOf(address)),
    account === undefined ? undefined : bucketOf('account', account),
  ] as const
}
