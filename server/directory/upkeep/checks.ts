/** What of listings was checked lately, and by whose word. */
import type { Tx } from '../../platform/db.ts'
import '../tables.ts'
import { staleBefore } from './freshness.ts'

/** The checks of the last 90 days by role, each role's in the order of their fields. */
export async function freshChecks(
  tx: Tx,
  organizationId: string,
  { roleIds, now }: { roleIds: readonly string[]; now: Temporal.Instant },
) {
  if (roleIds.length === 0) return new Map<string, never[]>()
  const rows = await tx
    .selectFrom('directory.listingCheck')
    .where('organizationId', '=', organizationId)
    .where('practitionerRoleId', 'in', roleIds)
    .where('verifiedAt', '>=', staleBefore(now))
    .orderBy('field')
    .selectAll()
    .execute()
  const grouped = Map.groupBy(rows, ({ practitionerRoleId }) => practitionerRoleId)
  return new Map(
    [...grouped].map(([id, checks]) => [
      id,
      checks.map(({ field, verifiedAt, source }) => ({ field, at: verifiedAt.toString(), source })),
    ]),
  )
}
