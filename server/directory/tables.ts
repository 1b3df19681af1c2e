/** Row types of the schema directory. */
import type { Generated } from 'kysely'
import type { Spoken } from '../platform/endpoint.ts'
import type { AccessFact } from './contract.ts'
import type { CheckedField, WrongField } from './upkeep/freshness.ts'

declare module '../platform/db.ts' {
  interface Tables {
    'directory.affiliate': {
      organizationId: string
      id: Generated<string>
      kind: 'provider' | 'payer' | 'network' | 'other'
      name: string
      phone: string | null
      partOfId: string | null
      active: Generated<boolean>
    }
    'directory.location': {
      organizationId: string
      id: Generated<string>
      name: string
      phone: string | null
      addressLines: Generated<string[]>
      city: string | null
      state: string | null
      postcode: string | null
      latitude: number | null
      longitude: number | null
      zone: string
      hours: Generated<{ weekdays: number[]; from: string; until: string }[]>
      directions: Generated<Spoken<string>>
      active: Generated<boolean>
    }
    'directory.practitioner': {
      organizationId: string
      id: Generated<string>
      npi: string | null
      npiValid: Generated<boolean>
      givenName: string
      familyName: string
      prefix: string | null
      credentials: string | null
      searchName: string
      gender: 'male' | 'female' | 'other' | 'unknown' | null
      languages: Generated<string[]>
      statement: Generated<Spoken<string>>
      active: Generated<boolean>
    }
    'directory.practitionerRole': {
      organizationId: string
      id: Generated<string>
      practitionerId: string
      locationId: string
      specialties: Generated<string[]>
      acceptsNew: Generated<boolean>
      minAgeYears: Generated<number>
      maxAgeYears: Generated<number>
      inPerson: Generated<boolean>
      video: Generated<boolean>
      active: Generated<boolean>
      hiddenSince: Temporal.Instant | null
      flaggedSince: Temporal.Instant | null
    }
    'directory.listingCheck': {
      organizationId: string
      practitionerRoleId: string
      field: CheckedField
      verifiedAt: Temporal.Instant
      source: 'desk' | 'clinician' | 'phone_call'
    }
    'directory.placeAccess': {
      organizationId: string
      locationId: string
      feature: AccessFact['feature']
      present: boolean
      source: AccessFact['source']
      verifiedOn: Temporal.PlainDate
    }
    'directory.wrongReport': {
      organizationId: string
      id: Generated<string>
      practitionerRoleId: string
      field: WrongField
      reporter: string | null
      byStaff: boolean
      reportedAt: Temporal.Instant
      settledAt: Temporal.Instant | null
    }
    'directory.practitionerWord': {
      organizationId: string
      word: string
      practitionerId: string
    }
  }
}

declare module '../platform/events.ts' {
  interface Events {
    /** A listing went out of the public search, came back, or says something else. */
    'listing.changed': { organizationId: string; practitionerId: string }
  }
}
