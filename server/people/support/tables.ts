/** Row type of what patients need. */
export {}

declare module '../../platform/db.ts' {
  interface Tables {
    'people.support': {
      organizationId: string
      patientId: string
      sealed: Buffer
      saidAt: Temporal.Instant
      saidBy: string
    }
  }
}
