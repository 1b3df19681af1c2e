/** Row types of records that are one patient. */
import type { Generated } from 'kysely'

/** What of the absorbed record the survivor may show. */
export type Choice = 'name' | 'bornOn' | 'gender' | 'language'

declare module '../../platform/db.ts' {
  interface Tables {
    'people.merge': {
      organizationId: string
      id: Generated<string>
      survivorId: string
      absorbedId: string
      recordId: string
      chosen: Choice[]
      reasonSealed: Buffer
      wroteSealed: Buffer
      reviewIds: string[]
      mergedAt: Temporal.Instant
      mergedBy: string
      undoneAt: Temporal.Instant | null
      undoneBy: string | null
      undoReasonSealed: Buffer | null
    }
    'people.mergeProxy': {
      organizationId: string
      mergeId: string
      grantId: string
      widenedAt: Temporal.Instant
      widenedBy: string
    }
  }
}
