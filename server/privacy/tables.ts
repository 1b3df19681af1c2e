/** Row types of the schema privacy. */
import type { Generated } from 'kysely'

export type DisclosureReason =
  'public_health' | 'oversight' | 'court' | 'police' | 'research' | 'coroner' | 'threat' | 'other_law'
export type ConsentKind = 'research' | 'teaching' | 'family_updates' | 'facility_list' | 'health_exchange'

declare module '../platform/db.ts' {
  interface Tables {
    'privacy.amendment': {
      organizationId: string
      id: Generated<string>
      patientId: string
      about: Buffer
      wanted: Buffer
      askedBy: string
      askedAt: Temporal.Instant
      dueOn: Temporal.PlainDate
      answer: 'accepted' | 'denied' | null
      answerReason: Buffer | null
      answeredBy: string | null
      answeredAt: Temporal.Instant | null
      disagreement: Buffer | null
      disagreedAt: Temporal.Instant | null
    }
    'privacy.disclosure': {
      organizationId: string
      id: Generated<string>
      patientId: string
      disclosedOn: Temporal.PlainDate
      recipient: string
      address: string | null
      what: string
      why: DisclosureReason
      recordedBy: string
      recordedAt: Temporal.Instant
    }
    'privacy.consent': {
      organizationId: string
      id: Generated<string>
      patientId: string
      kind: ConsentKind
      decision: 'permit' | 'deny'
      saidAt: Temporal.Instant
      saidBy: string
    }
    'privacy.legalHold': {
      organizationId: string
      id: Generated<string>
      patientId: string | null
      reason: string
      placedBy: string
      placedAt: Temporal.Instant
      endedBy: string | null
      endedAt: Temporal.Instant | null
    }
    'privacy.lettingGo': {
      organizationId: string
      id: Generated<string>
      patientId: string
      proposedBy: string
      proposedAt: Temporal.Instant
      approvedBy: string | null
      approvedAt: Temporal.Instant | null
      withdrawnBy: string | null
      withdrawnAt: Temporal.Instant | null
    }
    'privacy.lookReview': {
      organizationId: string
      personId: string
      patientId: string
      lookedOn: Temporal.PlainDate
      outcome: 'fine' | 'violation'
      note: string | null
      reviewedBy: string
      reviewedAt: Temporal.Instant
    }
  }
}
