/** What a message may know. Specialty, reason and diagnosis are not here, so that no template can tell them. */
import type { Language } from '../../platform/endpoint.ts'

export interface Place {
  name: string
  /** The postal address, a line each. */
  lines: string[]
  phone: string | null
  latitude: number | null
  longitude: number | null
}

export interface VisitFacts {
  language: Language
  kind: 'booked' | 'moved' | 'cancelled'
  patientFirstName: string
  /** The name fit for strangers' eyes: an alias where the real one reveals the kind of care. */
  clinicName: string
  /** A person answers here when the place has no phone of its own. E.164 or as the clinic writes it. */
  clinicPhone: string
  when: Temporal.Instant
  /** IANA zone of the place. */
  zone: string
  /** The zone the reader is in, for video visits, when known. */
  viewerZone?: string
  /** When the visit was before it was moved. */
  movedFrom?: Temporal.Instant
  /** The clinic had to move it: the patient did not ask. */
  byClinic?: boolean
  practitionerName: string
  /** Other patients are there too. */
  group?: boolean
  /** Who interprets: the language as a BCP 47 tag, and whether in the room, by video or by phone. */
  interpreter?: { language: string; modality: 'in_person' | 'video' | 'phone' }
  place: Place
  video: boolean
  directions: string | null
  bring: string[]
  prepare: string[]
  manageUrl: string
  /** How long before the visit it can still be changed online; 0: until it starts. */
  cancelCutoffHours: number
}

export interface CodeFacts {
  language: Language
  kind: 'code'
  clinicName: string
  clinicPhone: string
  code: string
  /** How long the code works, in minutes. */
  minutes: number
}

export const accountChanges = [
  'new_device',
  'passkey_added',
  'passkey_removed',
  'password_set',
  'totp_set',
  'totp_removed',
  'codes_made',
] as const
export type AccountChange = (typeof accountChanges)[number]

export interface AccountFacts {
  language: Language
  clinicName: string
  clinicPhone: string
  change: AccountChange
}

export interface ReferralFacts {
  language: Language
  patientFirstName: string
  clinicName: string
  clinicPhone: string
  /** The last day of a visit, YYYY-MM-DD. */
  until: string
  bookUrl: string
}

/** A message as email. */
export interface Written {
  subject: string
  text: string
  html: string
}
