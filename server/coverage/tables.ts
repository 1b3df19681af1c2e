/** Row types of the schema coverage. */
import type { Generated } from 'kysely'

declare module '../platform/db.ts' {
  interface Tables {
    'coverage.network': {
      organizationId: string
      id: Generated<string>
      payerId: string | null
      name: string
    }
    'coverage.participation': {
      organizationId: string
      practitionerRoleId: string
      networkId: string
      source: 'payer_directory' | 'practice' | 'eligibility_check'
      knownOn: Temporal.PlainDate
      validFrom: Temporal.PlainDate | null
      validUntil: Temporal.PlainDate | null
    }
    'coverage.patientCoverage': {
      organizationId: string
      id: Generated<string>
      patientId: string
      planId: string | null
      payerName: string | null
      memberNumber: string | null
      validFrom: Temporal.PlainDate | null
      validUntil: Temporal.PlainDate | null
    }
    'coverage.payer': {
      organizationId: string
      id: Generated<string>
      name: string
    }
    'coverage.plan': {
      organizationId: string
      id: Generated<string>
      payerId: string
      name: string
      kind: string | null
      active: Generated<boolean>
    }
    'coverage.planNetwork': {
      organizationId: string
      planId: string
      networkId: string
    }
  }
}
