/** Row types of the schema conversations. */
import type { Generated } from 'kysely'

declare module '../platform/db.ts' {
  interface Tables {
    'conversations.localMailbox': {
      organizationId: string
      id: Generated<string>
      key: string
      channel: 'email' | 'text'
      recipient: string
      subject: string | null
      text: string
      html: string | null
      calendar: string | null
      storedAt: Generated<Temporal.Instant>
    }
    'conversations.message': {
      organizationId: string
      id: Generated<string>
      patientId: string | null
      appointmentId: string | null
      appointmentVersion: number | null
      contactCodeId: string | null
      personId: Generated<string | null>
      accountChangeId: Generated<string | null>
      referralId: Generated<string | null>
      referralLink: Generated<number | null>
      /** The message that tells this one's visit too. */
      carriedBy: Generated<string | null>
      step: string
      channel: 'email' | 'text'
      language: string
      status: Generated<'planned' | 'sending' | 'sent' | 'failed' | 'unknown' | 'superseded'>
      cause: string | null
      tries: Generated<number>
      plannedAt: Temporal.Instant
      sentAt: Temporal.Instant | null
    }
  }
}

declare module '../platform/events.ts' {
  interface Events {
    'message.planned': { organizationId: string; messageId: string }
  }
}
