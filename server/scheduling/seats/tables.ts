/** Row types of group visits. */
import type { Generated } from 'kysely'

declare module '../../platform/db.ts' {
  interface Tables {
    'scheduling.groupSession': {
      organizationId: string
      id: Generated<string>
      offeringId: string
      practitionerId: string
      startsAt: Temporal.Instant
      endsAt: Temporal.Instant
      seats: number
    }
    'scheduling.seat': {
      organizationId: string
      sessionId: string
      number: number
      seats: number
      holdId: string | null
      appointmentId: string | null
    }
  }
}
