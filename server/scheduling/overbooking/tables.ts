/** Row types of overbooking. */
import type { OverbookingReason } from './contract.ts'

declare module '../../platform/db.ts' {
  interface Tables {
    'scheduling.overbooking': {
      organizationId: string
      appointmentId: string
      patientId: string
      reason: OverbookingReason
      whySealed: Buffer
      decidedAt: Temporal.Instant
      decidedBy: string
    }
  }
}
