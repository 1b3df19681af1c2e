/** What a person has typed and reached while booking, and which step that allows. */
import type { AppointmentView, BookingRequest } from '../../../../server/scheduling/contract.ts'
import type { Language } from '../../../../server/platform/endpoint.ts'
import { readContact } from '../../ui/contact.ts'
import type { Support } from '../../../../server/people/contract.ts'
import { emptyDate, readBirthDate, type TypedDate } from '../../ui/birth-date.ts'
import type { Attempt } from './attempt.ts'
import type { BookingSearch, bookingSteps } from './search.ts'

export interface Held {
  id: string
  offering: string
  at: string
  expiresAt: string
  canExtend: boolean
}

export interface BookingDraft {
  givenName: string
  familyName: string
  born: TypedDate
  here: '' | 'new' | 'known'
  reason: string
  /** Not touched while undefined: what is known counts. */
  support?: Support
  /** The patient whose record is open to whoever is signed in: nothing is typed about them. */
  patientId?: string
  /** Signed in, but it is for somebody whose record is not open: typed as a guest does. */
  somebodyElse?: boolean
  /** Not touched while undefined: what the search said counts. */
  planId?: string
  contact: string
  onlyLandline: boolean
  landline: string
  held?: Held
  /** The hold that is being asked for: a reload repeats it instead of being refused by it. */
  holding?: Attempt
  code?: { id: string; to: string }
  proof?: { proof: string; to: string }
  attempt?: Attempt
  booked?: Booked
}

export interface Booked {
  offering: string
  at: string
  appointment: AppointmentView
  /** The token of the visit's link. */
  token: string | null
  goesTo: 'email' | 'text' | 'call' | null
}

export const emptyBooking: BookingDraft = {
  givenName: '',
  familyName: '',
  born: emptyDate,
  here: '',
  reason: '',
  contact: '',
  onlyLandline: false,
  landline: '',
}

type Step = (typeof bookingSteps)[number]

/** The step to show: the one asked for, or the first that is still open before it. `today` is YYYY-MM-DD. */
export function stepShown({ offering, at, step = 'details' }: BookingSearch, draft: BookingDraft, today: string): Step {
  if (!at || step === 'time') return 'time'
  if (draft.booked && draft.booked.offering === offering && draft.booked.at === at) return 'done'
  if (step === 'details' || !isFilled(draft, today)) return 'details'
  if (isReachable(draft)) return step === 'code' && hasCode(draft) ? 'code' : 'confirm'
  return draft.code?.to === draft.contact.trim() ? 'code' : 'details'
}

/** All that is required is typed and can be right. */
export function isFilled(draft: BookingDraft, today: string): boolean {
  if (draft.patientId !== undefined) return true
  const named = draft.givenName.trim() !== '' && draft.familyName.trim() !== ''
  const reached = draft.onlyLandline
    ? readContact(draft.landline)?.kind === 'phone'
    : readContact(draft.contact) !== undefined
  return named && draft.here !== '' && 'bornOn' in readBirthDate(draft.born, today) && reached
}

/** Whether there is a code to type: not for a landline, nor for a patient whose record is open. */
export const hasCode = ({ patientId, onlyLandline }: BookingDraft) => patientId === undefined && !onlyLandline

/** The contact is proved, or is a landline that gets a call; or the record is open. */
export function isReachable({ patientId, onlyLandline, proof, contact }: BookingDraft): boolean {
  return patientId !== undefined || onlyLandline || proof?.to === contact.trim()
}

/** What is sent to book; call it when the draft is filled and reachable. */
export function requestOf(
  draft: BookingDraft,
  asked: { offering: string; at: string; planId: string | undefined; language: Language; today: string },
): BookingRequest {
  const read = readBirthDate(draft.born, asked.today)
  const planId = draft.planId ?? asked.planId
  const held = draft.held?.offering === asked.offering && draft.held.at === asked.at ? draft.held.id : undefined
  const request = {
    offeringId: asked.offering,
    startsAt: asked.at,
    ...(held && { holdId: held }),
    ...(draft.reason.trim() && { reason: draft.reason.trim() }),
    ...(planId && { planId }),
    ...(draft.support && { support: draft.support }),
    language: asked.language,
  }
  if (draft.patientId !== undefined) return { ...request, patientId: draft.patientId }
  return {
    ...request,
    newPatient: draft.here === 'new',
    guest: {
      person: {
        givenName: draft.givenName.trim(),
        familyName: draft.familyName.trim(),
        bornOn: 'bornOn' in read ? read.bornOn : '',
        language: asked.language,
      },
      contact: draft.onlyLandline ? { landline: draft.landline.trim() } : { proof: draft.proof?.proof ?? '' },
    },
  }
}
