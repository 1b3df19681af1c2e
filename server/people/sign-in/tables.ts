/** Row types of accounts, credentials and sessions, and the facts that sign-in announces. */
import type { Generated } from 'kysely'
import type { StaffRole } from '../../platform/actor.ts'

export type Factor = 'passkey' | 'password' | 'totp' | 'code' | 'recovery_code' | 'demo'

declare module '../../platform/db.ts' {
  interface Tables {
    'people.person': {
      organizationId: string
      id: Generated<string>
      name: string | null
      language: Generated<string>
      handle: Generated<string>
      demo: Generated<boolean>
      createdAt: Generated<Temporal.Instant>
      endedAt: Temporal.Instant | null
      endedBy: string | null
    }
    'people.staffRole': {
      organizationId: string
      id: Generated<string>
      personId: string
      role: StaffRole
      givenAt: Generated<Temporal.Instant>
      givenBy: string
      endedAt: Temporal.Instant | null
      endedBy: string | null
    }
    'people.patientAccount': {
      organizationId: string
      personId: string
      patientId: string
      basis: 'invitation' | 'proof' | 'new'
      joinedAt: Generated<Temporal.Instant>
      endedAt: Temporal.Instant | null
    }
    'people.loginName': {
      organizationId: string
      kind: 'phone' | 'email'
      value: string
      personId: string
      verifiedAt: Temporal.Instant | null
    }
    'people.passkey': {
      organizationId: string
      id: Generated<string>
      personId: string
      credentialId: string
      publicKey: Buffer
      counter: Generated<number>
      transports: Generated<string[]>
      backupEligible: boolean
      backedUp: boolean
      label: string
      createdAt: Generated<Temporal.Instant>
      usedAt: Temporal.Instant | null
      removedAt: Temporal.Instant | null
    }
    'people.password': {
      organizationId: string
      personId: string
      hash: string
      setAt: Temporal.Instant
    }
    'people.totp': {
      organizationId: string
      personId: string
      sealedSecret: Buffer
      lastStep: Generated<number>
      setAt: Temporal.Instant
    }
    'people.recoveryCode': {
      organizationId: string
      personId: string
      codeHash: Buffer
      madeAt: Temporal.Instant
      usedAt: Temporal.Instant | null
    }
    'people.ceremony': {
      organizationId: string
      id: Generated<string>
      kind: 'passkey' | 'passkey_new' | 'second_factor' | 'totp_new' | 'enrolment' | 'contact_proof'
      tokenHash: Buffer
      personId: string | null
      challenge: string | null
      sealedSecret: Buffer | null
      factors: Generated<Factor[]>
      tries: Generated<number>
      createdAt: Temporal.Instant
      expiresAt: Temporal.Instant
      usedAt: Temporal.Instant | null
    }
    'people.signInTry': {
      organizationId: string
      id: string
      bucket: Buffer
      at: Temporal.Instant
    }
    'people.invitation': {
      organizationId: string
      id: Generated<string>
      patientId: string
      contactKind: 'phone' | 'email'
      contactValue: string
      madeAt: Temporal.Instant
      madeBy: string
      expiresAt: Temporal.Instant
      usedAt: Temporal.Instant | null
      usedBy: string | null
    }
    'people.session': {
      organizationId: string
      id: Generated<string>
      tokenHash: Buffer
      personId: string
      role: StaffRole | 'patient'
      factors: Factor[]
      assurance: number
      provedAt: Temporal.Instant
      createdAt: Temporal.Instant
      seenAt: Temporal.Instant
      idleMinutes: number
      expiresAt: Temporal.Instant
      lockedAt: Temporal.Instant | null
      endedAt: Temporal.Instant | null
      endedBecause: string | null
      device: string
      rotatedFrom: string | null
      demo: Generated<boolean>
      actingFor: string | null
    }
  }
}

declare module '../../platform/events.ts' {
  interface Events {
    /** Somebody's way in has changed: they are told, on a contact they had before. */
    'account.changed': {
      organizationId: string
      personId: string
      /** Of this one change, so that it is told once. */
      changeId: string
      change:
        'new_device' | 'passkey_added' | 'passkey_removed' | 'password_set' | 'totp_set' | 'totp_removed' | 'codes_made'
    }
    'person.ended': { organizationId: string; personId: string }
  }
}
