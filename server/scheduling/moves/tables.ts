/** Row types of what moves many visits together, and what it announces. */
declare module '../../platform/db.ts' {
  interface Tables {
    'scheduling.bulkMove': {
      organizationId: string
      id: string
      kind: 'leave' | 'leaving' | 'hours'
      practitionerId: string
      locationId: string | null
      fromDay: Temporal.PlainDate
      untilDay: Temporal.PlainDate | null
      madeAt: Temporal.Instant
      madeBy: string
    }
    'scheduling.bulkMoveVisit': {
      organizationId: string
      bulkMoveId: string
      appointmentId: string
      patientId: string
      state: 'waiting' | 'proposed' | 'confirmed' | 'moved' | 'to_call' | 'settled'
      seenVersion: number
      wasStartsAt: Temporal.Instant
      wasOfferingId: string
      offeringId: string | null
      startsAt: Temporal.Instant | null
      refused: string | null
      movedVersion: number | null
      keptAt: Temporal.Instant | null
      decidedAt: Temporal.Instant | null
      decidedBy: string | null
    }
  }
}

declare module '../../platform/events.ts' {
  interface Events {
    /** New times are to be found for visits that wait for one. */
    'bulk-move.asked': BulkMoveFact
    /** New times were accepted: the visits move. */
    'bulk-move.confirmed': BulkMoveFact
  }
}

export interface BulkMoveFact {
  organizationId: string
  bulkMoveId: string
}
