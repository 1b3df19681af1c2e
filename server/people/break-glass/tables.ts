/** Row types of care teams, flagged records and broken glass. */
import type { Generated } from 'kysely'
import type { GlassReason, RecordFlag } from './contract.ts'

declare module '../../platform/db.ts' {
  interface Tables {
    'people.careTeam': {
      organizationId: string
      id: Generated<string>
      patientId: string
      personId: string
      namedAt: Temporal.Instant
      namedBy: string
      untilAt: Temporal.Instant | null
      endedAt: Temporal.Instant | null
      endedBy: string | null
    }
    'people.recordFlag': {
      organizationId: string
      id: Generated<string>
      patientId: string
      kind: RecordFlag
      setAt: Temporal.Instant
      setBy: string
      endedAt: Temporal.Instant | null
      endedBy: string | null
    }
    'people.breakGlass': {
      organizationId: string
      id: Generated<string>
      patientId: string
      personId: string
      role: string
      reason: GlassReason
      /** As written before there was a vault; null once sealed. */
      words: string | null
      wordsSealed: Buffer | null
      brokenAt: Temporal.Instant
      endsAt: Temporal.Instant
      reviewDueAt: Temporal.Instant
      reviewedAt: Temporal.Instant | null
      reviewedBy: string | null
      outcome: 'fine' | 'violation' | null
      note: string | null
      noteSealed: Buffer | null
    }
  }
}

declare module '../../platform/events.ts' {
  interface Events {
    /** The privacy officer has something to judge. */
    'glass.broken': { organizationId: string; breakGlassId: string }
  }
}
