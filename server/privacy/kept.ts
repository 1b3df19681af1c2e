/** What keeps a record from being let go: its time, or a hold. */
import type { Tx } from '../platform/db.ts'
import { conflict } from '../platform/errors.ts'
import { recordsOver } from './list-retention.ts'

/** As the worker. Refuses `not_over`, `on_hold`. */
export async function refuseKept(
  tx: Tx,
  { organizationId, patientId }: { organizationId: string; patientId: string },
  at: Temporal.Instant,
) {
  const [over] = await recordsOver(tx, organizationId, at, patientId)
  if (!over) throw conflict('not_over', 'The time to keep this record is not over.')
  if (over.held) throw conflict('on_hold', 'A hold keeps this record.')
}
