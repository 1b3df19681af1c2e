/** How often anybody may try: by account and by where they come from, over a sliding quarter of an hour. */
import { createHmac } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import { tooMany } from '../../platform/errors.ts'
import { newId, type Keys } from '../../platform/ids.ts'
import { networkOf } from '../../platform/network.ts'
import './tables.ts'

export const tryLimits = { minutes: 15, perAccount: 10, perAddress: 100 } as const

/** What is counted together. `account` is whatever was typed, so that it counts whether or not there is such an account. */
export interface Tried {
  organizationId: string
  address: string
  account?: string
}

/**
 * Counts a try before it is looked at, so that tries at the same moment count, too. Refuses `too_many_tries`, the same for
 * known and unknown accounts. Gives what forgets it again: right ones do not count.
 */
export async function countTry(context: Context, tried: Tried): Promise<() => Promise<void>> {
  const { db, keys, now } = context
  const { organizationId } = tried
  const id = newId()
  const limits = bucketsOf(keys, tried)
  await withinSignIn(db, organizationId, (tx) =>
    tx
      .insertInto('people.signInTry')
      .values(limits.map(({ bucket }) => ({ organizationId, id, bucket, at: now() })))
      .execute(),
  )
  const forget = () =>
    withinSignIn(db, organizationId, async (tx) => {
      await tx
        .deleteFrom('people.signInTry')
        .where('organizationId', '=', organizationId)
        .where('id', '=', id)
        .execute()
    })
  const waits = await withinSignIn(db, organizationId, (tx) =>
    Promise.all(
      limits.map(async ({ bucket, most }) => {
        const since = now().subtract({ minutes: tryLimits.minutes })
        const recent = await tx
          .selectFrom('people.signInTry')
          .where('organizationId', '=', organizationId)
          .where('bucket', '=', bucket)
          .where('at', '>', since)
          .select('at')
          .orderBy('at', 'desc')
          .limit(most + 1)
          .execute()
        const oldest = recent[most]?.at
        return oldest ? Math.max(1, Math.ceil(oldest.since(since).total('seconds'))) : 0
      }),
    ),
  )
  const wait = Math.max(...waits)
  if (wait === 0) return forget
  // A try that was not looked at does not lengthen the wait: nobody is locked out for ever by somebody else.
  await forget()
  throw tooMany('Too many tries. Wait a little, then try again.', wait)
}

/** Keyed hashes: the table says neither who tried nor from where. */
function bucketsOf(keys: Keys, { organizationId, address, account }: Tried) {
  const bucketOf = (kind: string, what: string) =>
    createHmac('sha256', keys.of('sign-in tries'))
      .update(JSON.stringify([organizationId, kind, what]))
      .digest()
  return [
    { bucket: bucketOf('address', networkOf(address)), most: tryLimits.perAddress },
    ...(account === undefined ? [] : [{ bucket: bucketOf('account', account), most: tryLimits.perAccount }]),
  ]
}
