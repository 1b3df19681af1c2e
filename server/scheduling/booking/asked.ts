/** A booking as it was asked for, and what follows from that alone: its visit, the rule it breaks, the answer to it. */
import { isStaff, type Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Refusal } from '../../platform/errors.ts'
import type { RequestKey } from '../../platform/once.ts'
import type { AppointmentView, BookingRequest } from '../contract.ts'
import { toInstant } from '../openings/minutes.ts'
import type { Resource } from '../resources/pools.ts'
import { visitView } from '../view.ts'
import type { Booker, Person } from './booker.ts'
import type { NewVisit } from './new-visit.ts'
import type { OfferingFacts } from './offering.ts'
import { refusedBecause } from './rules.ts'
import type { Booking } from './take-time.ts'

export interface Asked {
  context: Context
  actor: Actor
  booker: Booker
  request: BookingRequest
  requestKey: RequestKey | undefined
  startMinute: number
}

/** Whose request keys are one set. */
export const claimant = ({ booker }: Asked): Actor => ({ ...booker.actor, id: booker.claimant })

export function visitOf({ context, booker, request, startMinute }: Asked, offering: OfferingFacts, { isNew }: Person) {
  return {
    organizationId: booker.actor.organizationId,
    offeringId: offering.id,
    practitionerId: offering.practitionerId,
    locationId: offering.locationId,
    visitTypeId: offering.visitTypeId,
    mode: offering.mode,
    patientId: booker.patientId,
    startsAt: toInstant(startMinute),
    endsAt: toInstant(startMinute + offering.minutes),
    interpreterLanguage: request.interpreter?.language ?? null,
    newPatient: request.newPatient ?? isNew ?? false,
    language: request.language,
    contactKind: booker.contact?.kind ?? null,
    contactValue: booker.contact?.value ?? null,
    bookedAt: context.now(),
    bookedBy: booker.actor.id,
    bookedThrough: booker.through,
  } satisfies Omit<NewVisit, 'id' | 'reasonSealed'>
}

/** The first rule that it breaks. */
export function refusalOf(asked: Asked, offering: OfferingFacts, person: Person): Refusal | undefined {
  const { startsAt, newPatient } = visitOf(asked, offering, person)
  return refusedBecause(offering, {
    startsAt,
    now: asked.context.now(),
    zone: offering.zone,
    bornOn: person.bornOn,
    newPatient,
    byStaff: isStaff(asked.actor),
  })
}

/** The visit with who books it and what the trail says of it. */
export function bookingOf({ booker, startMinute }: Asked, offering: OfferingFacts, visit: NewVisit): Booking {
  const { actor, patientId } = booker
  const deed = { action: 'create', resourceType: 'Appointment', resourceId: visit.id, patientId } as const
  return { actor, offering, visit, deed, startMinute }
}

interface Done {
  visit: NewVisit
  offering: OfferingFacts
  person: Person
  resources: readonly Pick<Resource, 'kind' | 'name' | 'modality'>[]
  group: AppointmentView['group']
}

/** What the booker is shown of it. */
export function bookedView({ context, booker, request }: Asked, done: Done): AppointmentView {
  const { visit, offering, person, resources, group } = done
  return visitView(
    booker.actor,
    { ...visit, version: 1, status: 'booked' },
    { parts: offering, firstName: person.givenName, resources, group, language: request.language, now: context.now() },
  )
}
