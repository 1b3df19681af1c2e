/** Row types of the schema partners. */
import type { Generated } from 'kysely'
import type { Because, Carried, Channel, DataClass, Trade } from './gate.ts'

type HealthClass = Exclude<DataClass, 'none'>

declare module '../platform/db.ts' {
  interface Tables {
    'partners.vendor': {
      organizationId: string
      id: Generated<string>
      service: Trade
      kind: 'outside' | 'own'
      name: string
      enteredBy: string
      enteredAt: Temporal.Instant
      endedBy: string | null
      endedAt: Temporal.Instant | null
    }
    'partners.agreement': {
      organizationId: string
      id: Generated<string>
      vendorId: string
      dataClasses: HealthClass[]
      validFrom: Temporal.Instant
      validUntil: Temporal.Instant
      signedBy: string
      evidence: string
      enteredBy: string
      enteredAt: Temporal.Instant
      endedBy: string | null
      endedAt: Temporal.Instant | null
    }
    'partners.disclosure': {
      organizationId: string
      id: Generated<string>
      patientId: string
      vendorId: string | null
      channel: Channel
      dataClass: HealthClass
      purpose: string
      carried: Carried
      because: Because | null
      subjectId: string
      decidedAt: Temporal.Instant
    }
  }
}
