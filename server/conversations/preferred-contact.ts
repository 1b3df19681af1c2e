/** The contact that a patient without one of the visit is told by. */
import type { Tx } from '../platform/db.ts'
import { recordIds } from '../people/index.ts'

/** Where a patient is told of a visit that somebody else booked: email first, then a phone. */
export async function preferredContact(tx: Tx, organizationId: string, patientId: string) {
  return tx
    .selectFrom('people.patientContact')
    .where('organizationId', '=', organizationId)
    .where('patientId', 'in', await recordIds(tx, organizationId, patientId))
    .select(['kind', 'value'])
    .orderBy('kind')
    .orderBy('verifiedAt', (order) => order.desc().nullsLast())
    .orderBy('value')
    .limit(1)
    .executeTakeFirst()
}
