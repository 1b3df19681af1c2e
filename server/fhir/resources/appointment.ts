/** Appointment in every state it has here: a start that is proposed, a hold, a visit that is booked or cancelled. */
import { visiblePatients } from '../../people/index.ts'
import { among, type Asking } from './kind.ts'
import { clinicianReference, placeReference, service, type Offered } from './offered.ts'
import { concept, profiles, reference, systems, type Resource } from '../wire/resource.ts'

export interface Visit {
  id: string
  status: 'proposed' | 'pending' | 'booked' | 'cancelled'
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  /** Its slot, while it is one. */
  slotId?: string
  version?: number
  patient?: { id: string; name: string }
  reason?: string | null
  /** Why it was cancelled, in our words. */
  cancelReason?: string | undefined
  bookedAt?: Temporal.Instant
  /** The period that was asked for; the visit's own when none was. */
  asked?: { start: string; end: string }
}

/** Our reasons in FHIR's appointment-cancellation-reason. */
const cancelReasons: Record<string, string> = {
  feeling_better: 'pat-fb',
  time_does_not_fit: 'pat',
  went_elsewhere: 'pat-uto',
  cost: 'oth-fin',
  clinic: 'prov',
  other: 'other',
}

/** IHE's profile of an Appointment (ihe-sched-appt). */
export function appointmentResource(base: string, offered: Offered, visit: Visit): Resource {
  const { id, status, startsAt, endsAt, slotId, version, patient, reason, cancelReason, bookedAt } = visit
  const agreed = status === 'proposed' ? 'needs-action' : status === 'pending' ? 'tentative' : 'accepted'
  const start = startsAt.toString()
  const end = endsAt.toString()
  return {
    resourceType: 'Appointment',
    id,
    meta: { ...(version !== undefined && { versionId: String(version) }), profile: [profiles.appointment] },
    status,
    ...(cancelReason !== undefined && {
      cancelationReason: concept({ system: systems.cancelReason, code: cancelReasons[cancelReason] ?? 'other' }),
    }),
    ...service(offered, base),
    appointmentType: concept({ system: systems.appointmentType, code: 'ROUTINE' }),
    ...(reason && { reasonCode: [{ text: reason }] }),
    start,
    end,
    minutesDuration: Math.round(endsAt.since(startsAt).total('minutes')),
    ...(slotId !== undefined && { slot: [reference('Slot', slotId)] }),
    ...(bookedAt && { created: bookedAt.toString() }),
    participant: [
      { actor: clinicianReference(offered), required: 'required', status: agreed },
      { actor: placeReference(offered), required: 'required', status: agreed },
      ...(patient
        ? [{ actor: reference('Patient', patient.id, patient.name), required: 'required', status: agreed }]
        : []),
    ],
    requestedPeriod: [visit.asked ?? { start, end }],
  }
}

/** What people are called, by id, for those the actor may see. */
export async function namesOf({ tx, actor }: Asking, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await visiblePatients(tx, actor)
    .where('p.id', '=', among([...new Set(ids)]))
    .select(['p.id', 'p.givenName', 'p.familyName'])
    .execute()
  return new Map(rows.map(({ id, givenName, familyName }) => [id, `${givenName} ${familyName}`]))
}
