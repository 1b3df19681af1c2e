/** Row types of the rules of scheduling, and the fact that they announce. */
import type { ColumnType, Generated } from 'kysely'
import type { RuleKind, Settings, Standing, VersionState } from './contract.ts'

interface Scoped {
  locationId: string | null
  practitionerId: string | null
  visitTypeId: string | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    'scheduling.rule': Scoped & {
      organizationId: string
      id: Generated<string>
      kind: RuleKind
      subject: Generated<string>
      version: number
      madeAt: Temporal.Instant
      madeBy: string
    }
    'scheduling.ruleVersion': {
      organizationId: string
      ruleId: string
      version: number
      state: VersionState
      standing: Standing
      settings: ColumnType<Settings | null, string | null, string | null>
      fromDay: Temporal.PlainDate
      untilDay: Temporal.PlainDate | null
      why: string
      madeAt: Temporal.Instant
      madeBy: string
      proposedAt: Temporal.Instant | null
      proposedBy: string | null
      decidedAt: Temporal.Instant | null
      decidedBy: string | null
      decisionWords: string | null
      restores: number | null
    }
    'scheduling.ruleInForce': Scoped & {
      organizationId: string
      ruleId: string
      fromDay: Temporal.PlainDate
      untilDay: Temporal.PlainDate | null
      version: number
      kind: RuleKind
      subject: string
      standing: 'holds' | 'exempt'
      settings: ColumnType<Settings | null, string | null, string | null>
    }
    'scheduling.ruleException': {
      organizationId: string
      ruleId: string
      appointmentId: string
      version: number
      visitVersion: number
      foundAt: Temporal.Instant
      keptAt: Temporal.Instant | null
      keptBy: string | null
    }
    'scheduling.visitAuthorization': {
      organizationId: string
      id: Generated<string>
      patientId: string
      visitTypeId: string
      fromDay: Temporal.PlainDate
      untilDay: Temporal.PlainDate | null
      recordedAt: Temporal.Instant
      recordedBy: string
    }
    'scheduling.ruleClock': {
      organizationId: string
      releasedUntil: Temporal.Instant
    }
  }
}

declare module '../../platform/events.ts' {
  interface Events {
    'rule.changed': {
      organizationId: string
      ruleId: string
      /** The version that was approved. */
      version: number
    }
  }
}
