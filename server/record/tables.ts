/** Row types of the schema record. */
import type { Generated } from 'kysely'

declare module '../platform/db.ts' {
  interface Tables {
    'record.dangling': {
      organizationId: string
      type: string
      fhirId: string
      reference: string
      since: Generated<Temporal.Instant>
    }
    'record.identifier': {
      organizationId: string
      type: string
      system: string
      value: string
      fhirId: string
    }
    'record.resource': {
      organizationId: string
      type: string
      fhirId: string
      patientId: string | null
      happenedAt: Temporal.Instant | null
      content: unknown
      contentHash: Buffer
      earlierHashes: Generated<Buffer[]>
      resolved: unknown | null
      version: Generated<number>
      receivedAt: Generated<Temporal.Instant>
    }
    'record.setAside': {
      organizationId: string
      id: Generated<string>
      file: string
      entry: number
      path: string | null
      reason: string
      detail: string
      content: string | null
      fingerprint: Buffer
      setAsideAt: Generated<Temporal.Instant>
      settledAt: Temporal.Instant | null
    }
  }
}
