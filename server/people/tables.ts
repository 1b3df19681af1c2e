/** Row types of the schema people, and the facts it announces. */
import type { Generated, GeneratedAlways } from 'kysely'
import './break-glass/tables.ts'
import './merge/tables.ts'
import './proxies/tables.ts'
import './sign-in/tables.ts'
import './support/tables.ts'

declare module '../platform/db.ts' {
  interface Tables {
    'people.apiClient': {
      organizationId: string
      id: Generated<string>
      name: string
      tokenHash: Buffer
      createdAt: Generated<Temporal.Instant>
      revokedAt: Temporal.Instant | null
    }
    'people.contactCode': {
      organizationId: string
      id: Generated<string>
      kind: 'phone' | 'email'
      value: string
      language: string
      codeHash: Buffer
      sealedCode: Buffer | null
      tries: Generated<number>
      createdAt: Generated<Temporal.Instant>
      expiresAt: Temporal.Instant
      provedAt: Temporal.Instant | null
    }
    'people.matchReview': {
      organizationId: string
      id: Generated<string>
      patientId: string
      candidateIds: string[]
      createdAt: Generated<Temporal.Instant>
      decidedAt: Temporal.Instant | null
      decidedBy: string | null
      decision: 'same' | 'different' | null
      putOffUntil: Temporal.Instant | null
    }
    'people.organization': {
      id: Generated<string>
      slug: string
      name: string
      phone: string
      email: string | null
      zone: string
      hostNames: Generated<string[]>
      cancelCutoffMinutes: Generated<number>
      demo: Generated<boolean>
      createdAt: Generated<Temporal.Instant>
    }
    'people.patient': {
      organizationId: string
      id: Generated<string>
      givenName: string
      familyName: string
      preferredName: string | null
      searchName: string
      bornOn: Temporal.PlainDate | null
      diedAt: Temporal.Instant | null
      gender: 'male' | 'female' | 'other' | 'unknown' | null
      language: string | null
      origin: 'record' | 'guest' | 'staff' | 'client'
      createdAt: Generated<Temporal.Instant>
    }
    'people.patientContact': {
      organizationId: string
      patientId: string
      kind: 'phone' | 'email'
      value: string
      verifiedAt: Temporal.Instant | null
      valueReversed: GeneratedAlways<string>
    }
    'people.patientIdentifier': {
      organizationId: string
      system: string
      value: string
      patientId: string
    }
    'people.patientWord': {
      organizationId: string
      word: string
      patientId: string
    }
  }
}

declare module '../platform/events.ts' {
  interface Events {
    'contact-code.made': { organizationId: string; contactCodeId: string }
  }
}
