/** What slices let go of a patient whose record has been kept long enough. Later slices first: their rows refer to earlier ones. */
import type { Tx } from './db.ts'

/** Who is let go. */
export interface Leaving {
  readonly organizationId: string
  readonly patientId: string
  /** Accounts that opened this record, no other, and no work place: they end with it. */
  readonly personIds: readonly string[]
  readonly at: Temporal.Instant
}

export interface Forgetter {
  /** In the role of sign-in, before the rest. */
  atSignIn?(tx: Tx, leaving: Leaving): Promise<void>
  /** As the worker, all slices in one transaction. */
  work?(tx: Tx, leaving: Leaving): Promise<void>
}
