/** Row types of the schema scheduling. */
import type { ColumnType, Generated } from 'kysely'
import type { Spoken } from '../platform/endpoint.ts'

declare module '../platform/db.ts' {
  interface Tables {
    'scheduling.appointment': {
      organizationId: string
      id: Generated<string>
      version: Generated<number>
      status: Generated<'booked' | 'cancelled'>
      offeringId: string
      practitionerId: string
      locationId: string
      visitTypeId: string
      mode: 'in_person' | 'video'
      patientId: string
      startsAt: Temporal.Instant
      endsAt: Temporal.Instant
      /** As written before there was a vault; null once sealed. */
      reason: string | null
      reasonSealed: Buffer | null
      newPatient: Generated<boolean>
      language: Generated<string>
      contactKind: 'phone' | 'email' | null
      contactValue: string | null
      bookedAt: Temporal.Instant
      bookedBy: string
      bookedThrough: 'guest' | 'desk' | 'api' | 'import'
      interpreterLanguage: Generated<string | null>
    }
    'scheduling.appointmentChange': {
      organizationId: string
      appointmentId: string
      version: number
      kind: 'moved' | 'cancelled'
      reasonCode: string
      reasonNote: string | null
      reasonNoteSealed: Buffer | null
      previousStartsAt: Temporal.Instant
      previousOfferingId: string
      changedAt: Temporal.Instant
      changedBy: string
      /** Of linked visits that were changed in one step. */
      togetherId: Generated<string | null>
    }
    'scheduling.calendarException': {
      organizationId: string
      id: Generated<string>
      practitionerId: string | null
      locationId: string | null
      kind: 'leave' | 'holiday' | 'block' | 'extra'
      onDate: Temporal.PlainDate
      fromMinute: number | null
      untilMinute: number | null
      reason: string | null
      madeAt: Generated<Temporal.Instant>
      madeBy: string
    }
    'scheduling.callBack': {
      organizationId: string
      id: Generated<string>
      appointmentId: string
      patientId: string
      cause: 'landline'
      dueAt: Temporal.Instant
      createdAt: Temporal.Instant
      doneAt: Temporal.Instant | null
      doneBy: string | null
      outcome: 'confirmed' | 'not_reached' | 'wrong_number' | null
    }
    'scheduling.groupVisit': {
      organizationId: string
      groupId: string
      appointmentId: string
      patientId: string
      kind: 'family' | 'series' | 'chain'
      position: number
      madeAt: Temporal.Instant
      madeBy: string
      /** To the visit before it. */
      gapUnit: Generated<'minute' | 'day' | null>
      gapMin: Generated<number | null>
      gapMax: Generated<number | null>
    }
    'scheduling.hold': {
      organizationId: string
      id: Generated<string>
      offeringId: string
      practitionerId: string
      startsAt: Temporal.Instant
      endsAt: Temporal.Instant
      expiresAt: Temporal.Instant
      extended: Generated<boolean>
      heldBy: string
      groupId: string | null
    }
    'scheduling.listing': {
      organizationId: string
      offeringId: string
      specialty: string
      main: boolean
      practitionerId: string
      practitionerRoleId: string
      locationId: string
      profile: number
      minNoticeMinutes: number
      nextStarts: Generated<number[]>
      nextStart: number | null
      sortName: Generated<string>
      freshUntil: ColumnType<number | null, never, never>
    }
    'scheduling.offering': {
      organizationId: string
      id: Generated<string>
      practitionerId: string
      practitionerRoleId: string
      locationId: string
      visitTypeId: string
      mode: 'in_person' | 'video'
      minutes: number
      bufferBefore: Generated<number>
      bufferAfter: Generated<number>
      stepMinutes: Generated<number>
      minNoticeMinutes: Generated<number>
      horizonDays: Generated<number>
      forPatients: Generated<'any' | 'new' | 'established'>
      minAgeYears: Generated<number>
      maxAgeYears: Generated<number>
      active: Generated<boolean>
    }
    'scheduling.opening': {
      organizationId: string
      practitionerId: string
      day: Temporal.PlainDate
      offeringId: string
      part: number
      firstStart: number
      starts: number[]
    }
    'scheduling.profile': {
      organizationId: string
      id: Generated<number>
      digest: string
      specialty: string
      main: boolean
      visitType: string
      visitPosition: number
      mode: string
      forPatients: string
      minAgeYears: number
      maxAgeYears: number
      gender: string | null
      languages: string[]
      acceptsNew: boolean
      networks: string[]
      access: string[]
    }
    'scheduling.resource': {
      organizationId: string
      id: Generated<string>
      kind: 'room' | 'device' | 'interpreter'
      name: string
      locationId: string | null
      zone: string
      features: Generated<string[]>
      modality: 'in_person' | 'video' | 'phone' | null
      active: Generated<boolean>
    }
    'scheduling.resourceClosure': {
      organizationId: string
      id: Generated<string>
      resourceId: string
      onDate: Temporal.PlainDate
      fromMinute: number | null
      untilMinute: number | null
      reason: string
      madeAt: Temporal.Instant
      madeBy: string
    }
    'scheduling.resourceRule': {
      organizationId: string
      id: Generated<string>
      resourceId: string
      weekday: number
      fromMinute: number
      untilMinute: number
      validFrom: Temporal.PlainDate
      validUntil: Temporal.PlainDate | null
    }
    'scheduling.takenTime': {
      organizationId: string
      id: Generated<string>
      resourceId: string
      startsAt: Temporal.Instant
      endsAt: Temporal.Instant
      holdId: string | null
      appointmentId: string | null
      sessionId: string | null
      /** 0, but of overbooked visits. */
      lane: Generated<number>
    }
    'scheduling.visitNeed': {
      organizationId: string
      visitTypeId: string
      kind: 'room' | 'device'
      features: string[]
    }
    'scheduling.visitType': {
      organizationId: string
      id: Generated<string>
      code: string
      name: Spoken<string>
      prepare: Generated<Spoken<string[]>>
      bring: Generated<Spoken<string[]>>
      position: Generated<number>
      active: Generated<boolean>
      confidential: Generated<boolean>
      /** More than one: a group visit. */
      seats: Generated<number>
    }
    'scheduling.worksWith': {
      organizationId: string
      personId: string
      practitionerId: string
      setAt: Temporal.Instant
      setBy: string
    }
    'scheduling.weeklyRule': {
      organizationId: string
      id: Generated<string>
      practitionerId: string
      locationId: string
      weekday: number
      fromMinute: number
      untilMinute: number
      validFrom: Temporal.PlainDate
      validUntil: Temporal.PlainDate | null
    }
  }
}

/** What scheduling announces, ids only. */
declare module '../platform/events.ts' {
  interface Events {
    'appointment.booked': AppointmentFact
    'appointment.moved': AppointmentFact
    'appointment.cancelled': AppointmentFact
  }
}

export interface AppointmentFact {
  organizationId: string
  appointmentId: string
  /** The appointment's version that this fact made. */
  version: number
}
