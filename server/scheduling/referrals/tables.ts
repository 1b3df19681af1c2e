/** The row type of referrals, and the facts about them. */
import type { Generated } from 'kysely'

export const priorities = ['routine', 'urgent', 'asap', 'stat'] as const
export const closeReasons = ['declined', 'elsewhere', 'not_reached', 'not_needed', 'other'] as const

declare module '../../platform/events.ts' {
  interface Events {
    /** A link for a patient who is to book: it is sent to them. */
    'referral.link-made': { organizationId: string; referralId: string; linkNumber: number }
  }
}

declare module '../../platform/db.ts' {
  interface Tables {
    'scheduling.referral': {
      organizationId: string
      id: Generated<string>
      patientId: string
      visitTypeIds: string[]
      practitionerIds: string[]
      specialty: string | null
      validFrom: Temporal.PlainDate
      validUntil: Temporal.PlainDate
      priority: (typeof priorities)[number]
      referrer: string
      reasonSealed: Buffer | null
      source: 'desk' | 'import'
      madeAt: Temporal.Instant
      madeBy: string
      linkNumber: Generated<number>
      linkSentAt: Temporal.Instant | null
      overdueAt: Temporal.Instant | null
      appointmentId: string | null
      scheduledAt: Temporal.Instant | null
      closedAt: Temporal.Instant | null
      closedBy: string | null
      closeReason: (typeof closeReasons)[number] | null
    }
  }
}
