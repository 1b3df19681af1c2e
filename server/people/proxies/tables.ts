/** Row types of who may act for whom. */
import type { Generated } from 'kysely'
import type { ProxyScope } from '../../platform/actor.ts'

export type Basis = 'parent' | 'guardian' | 'attorney' | 'chosen'

declare module '../../platform/db.ts' {
  interface Tables {
    'people.accessRules': {
      organizationId: string
      confidentialFromYears: Generated<number>
      proxyEndsYears: Generated<number>
      teamDays: Generated<number>
      glassShown: Generated<boolean>
      changedAt: Temporal.Instant
      changedBy: string
    }
    'people.proxyGrant': {
      organizationId: string
      id: Generated<string>
      patientId: string
      personId: string | null
      proxyName: string
      basis: Basis
      scopes: ProxyScope[]
      contactKind: 'phone' | 'email' | null
      contactValue: string | null
      acceptUntil: Temporal.Instant | null
      acceptedAt: Temporal.Instant | null
      fromAt: Temporal.Instant
      untilAt: Temporal.Instant | null
      /** As written before there was a vault; null once sealed. */
      evidence: string | null
      evidenceSealed: Buffer | null
      verifiedBy: string | null
      givenAt: Temporal.Instant
      givenBy: string
      endedAt: Temporal.Instant | null
      endedBy: string | null
      blockedAt: Temporal.Instant | null
      blockedBy: string | null
      blockedWhy: string | null
      blockedWhySealed: Buffer | null
    }
    'people.proxyRequest': {
      organizationId: string
      id: Generated<string>
      personId: string
      askerName: string
      basis: 'parent' | 'guardian'
      givenName: string
      familyName: string
      bornOn: Temporal.PlainDate
      askedAt: Temporal.Instant
      decidedAt: Temporal.Instant | null
      decidedBy: string | null
      decision: 'given' | 'refused' | null
    }
  }
}

declare module '../../platform/events.ts' {
  interface Events {
    /** Whoever may act for this patient has changed. */
    'proxy.changed': {
      organizationId: string
      patientId: string
      grantId: string
      change: 'invited' | 'accepted' | 'given' | 'ended' | 'blocked'
    }
  }
}
