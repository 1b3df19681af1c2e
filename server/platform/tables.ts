/** Row types of the platform's own tables. */
import type { Generated, GeneratedAlways } from 'kysely'

declare module './db.ts' {
  interface Tables {
    'platform.auditEvent': {
      organizationId: string
      id: string
      at: GeneratedAlways<Temporal.Instant>
      actorKind: string
      actorId: string
      action: string
      resourceType: string
      resourceId: string | null
      patientId: string | null
      fields: string[]
      outcome: string
      purpose: string
      requestId: string | null
    }
    'platform.auditUnsealed': { organizationId: string; eventId: string }
    'platform.auditSeal': {
      organizationId: string
      number: number
      sealedAt: Temporal.Instant
      firstPosition: number
      eventIds: string[]
      eventHashes: Buffer
      previousHead: Buffer
      head: Buffer
      signature: Buffer
      keyId: string
    }
    'platform.programName': { organizationId: string; actorId: string; name: string }
    'platform.dataKey': {
      organizationId: string
      use: 'wrap' | 'index'
      version: number
      wrapped: Buffer
      wrappedBy: string
      madeAt: Temporal.Instant
    }
    'platform.patientKey': {
      organizationId: string
      patientId: string
      version: number
      wrapped: Buffer | null
      wrappedWith: number
      madeAt: Temporal.Instant
      shreddedAt: Temporal.Instant | null
    }
    'platform.keyRotation': { organizationId: string; askedAt: Temporal.Instant }
    'platform.requestKey': {
      organizationId: string
      actorId: string
      key: string
      requestHash: Buffer
      resultId: string
      createdAt: Generated<Temporal.Instant>
    }
    'platform.clockwork': { task: string; ranAt: Temporal.Instant }
  }
}
