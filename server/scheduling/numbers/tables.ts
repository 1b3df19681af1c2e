/** Row types of what the honest numbers are made from. */
import type { Generated } from 'kysely'

declare module '../../platform/db.ts' {
  interface Tables {
    'scheduling.accessDay': {
      organizationId: string
      day: Temporal.PlainDate
      visitTypeId: string
      specialty: string
      locationId: string
      clinicians: number
      withoutThird: number
      medianDays: number | null
    }
    'scheduling.fillDay': {
      organizationId: string
      day: Temporal.PlainDate
      practitionerId: string
      locationId: string
      openMinutes: number
      bookedMinutes: number
    }
    'scheduling.probeTally': {
      organizationId: string
      day: Temporal.PlainDate
      offeringId: string
      outcome: Outcome
      cause: string
      many: number
    }
    'scheduling.shownOpening': {
      organizationId: string
      id: Generated<string>
      offeringId: string
      startMinute: number
      wasOpen: boolean
      shownAt: Temporal.Instant
    }
  }
}

/** What became of an opening that was shown: bookable still, taken by somebody meanwhile, or neither. */
export type Outcome = 'open' | 'taken' | 'phantom'
