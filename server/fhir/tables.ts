/** Row types of the schema fhir: apps and what they were let do, what is published to all, and who is told. */
import type { Generated } from 'kysely'

export type AppKind = 'public' | 'confidential' | 'backend'
/** Roles that may let an app in. */
export type ConnectingRole = 'patient' | 'front_desk' | 'nurse' | 'clinician'

declare module '../platform/db.ts' {
  interface Tables {
    'fhir.app': {
      organizationId: string
      id: Generated<string>
      name: string
      kind: AppKind
      redirectUris: string[]
      launchUri: string | null
      scopes: string[]
      jwks: { keys: object[] } | null
      secretHash: Buffer | null
      madeAt: Temporal.Instant
      madeBy: string
      endedAt: Temporal.Instant | null
    }
    'fhir.publication': {
      organizationId: string
      transactionTime: Temporal.Instant
    }
    'fhir.publishedFile': {
      organizationId: string
      name: string
      resourceType: 'Location' | 'Schedule' | 'Slot'
      states: string[]
      sourceDigest: string
      etag: string
      content: Buffer
    }
    'fhir.providerRow': {
      organizationId: string
      model: string
      idHash: Buffer
      grantHash: Buffer | null
      appId: string | null
      sealed: Buffer
      expiresAt: Temporal.Instant
      consumedAt: Temporal.Instant | null
    }
    'fhir.signingKey': {
      organizationId: string
      id: string
      sealed: Buffer
      madeAt: Temporal.Instant
    }
    'fhir.calendarFeed': {
      organizationId: string
      id: string
      personId: string
      practitionerId: string
      language: 'en' | 'es'
      tokenHash: Buffer
      madeAt: Temporal.Instant
      endedAt: Temporal.Instant | null
    }
    'fhir.webhook': {
      organizationId: string
      id: string
      name: string
      url: string
      events: string[]
      secret: Buffer
      previousSecret: Buffer | null
      previousUntil: Temporal.Instant | null
      madeAt: Temporal.Instant
      madeBy: string
      failingSince: Temporal.Instant | null
      endedAt: Temporal.Instant | null
      endedBy: string | null
      endCause: 'asked' | 'failing' | null
    }
    'fhir.webhookDelivery': {
      organizationId: string
      id: string
      webhookId: string
      event: string
      appointmentId: string
      version: number
      happenedAt: Temporal.Instant
      state: 'waiting' | 'delivered' | 'given_up'
      tries: Generated<number>
      nextTryAt: Temporal.Instant
      triedAt: Temporal.Instant | null
      cause: string | null
    }
    'fhir.launch': {
      organizationId: string
      id: string
      tokenHash: Buffer
      appId: string
      personId: string
      patientId: string
      expiresAt: Temporal.Instant
      usedAt: Temporal.Instant | null
    }
    'fhir.appGrant': {
      organizationId: string
      id: string
      grantHash: Buffer
      appId: string
      personId: string
      role: ConnectingRole
      patientId: string | null
      scopes: string[]
      sessionId: string | null
      givenAt: Temporal.Instant
      endedAt: Temporal.Instant | null
      endedBy: string | null
    }
  }
}
