/** Ending what apps were let do, and forgetting what is over. */
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import '../tables.ts'

type Which = { grantHash: Buffer } | { appId: string; personId?: string }

/** Ends what was let: of one grant, of an app, or of an app by one person. From the next request its tokens open nothing. */
export async function endGrants(
  { now }: Pick<Context, 'now'>,
  tx: Tx,
  organizationId: string,
  which: Which & { endedBy: string },
): Promise<number> {
  const ended = await tx
    .updateTable('fhir.appGrant')
    .set({ endedAt: now(), endedBy: which.endedBy })
    .where('organizationId', '=', organizationId)
    .where('endedAt', 'is', null)
    .where((row) =>
      'grantHash' in which
        ? row('grantHash', '=', which.grantHash)
        : row.and([
            row('appId', '=', which.appId),
            ...(which.personId === undefined ? [] : [row('personId', '=', which.personId)]),
          ]),
    )
    .returning('grantHash')
    .execute()
  for (const { grantHash } of ended)
    await tx
      .deleteFrom('fhir.providerRow')
      .where('organizationId', '=', organizationId)
      .where((row) => row.or([row('grantHash', '=', grantHash), row('idHash', '=', grantHash)]))
      .execute()
  return ended.length
}

/** Forgets what is over: rows that have expired and launches that were not taken up. */
export async function forgetOver({ db, now }: Context, organizationId: string) {
  await withinSignIn(db, organizationId, async (tx) => {
    await tx
      .deleteFrom('fhir.providerRow')
      .where('organizationId', '=', organizationId)
      .where('expiresAt', '<', now())
      .execute()
    await tx
      .deleteFrom('fhir.launch')
      .where('organizationId', '=', organizationId)
      .where('expiresAt', '<', now())
      .execute()
  })
}
