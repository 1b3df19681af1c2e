/** What an Appointment that was sent asks for, beyond its status: for whom, when, and why not any more. Pure. */
import type { Resource } from '../wire/resource.ts'
import { badRequest, notSupported } from '../wire/outcome.ts'
import { idIn } from '../wire/query.ts'
import { instantOf, startOf } from '../resources/slots.ts'

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])

/** The patient among its participants, as far as a reference says it. */
export function patientOf(resource: Resource | undefined, base: string): Resource | undefined {
  const ids = actors(resource).flatMap((reference) =>
    /(^|\/)Patient\//.test(reference) ? (idIn(reference, 'Patient', base) ?? []) : [],
  )
  if (ids.length > 1) throw notSupported('A visit for several patients at once can not be booked here yet.')
  return ids[0] === undefined ? undefined : { resourceType: 'Patient', id: ids[0] }
}

const actors = (resource: Resource | undefined): string[] =>
  list(resource?.['participant']).flatMap(({ actor }) =>
    isFields(actor) && typeof actor['reference'] === 'string' ? [actor['reference']] : [],
  )

interface Before {
  offeringId: string
  practitionerId: string
  locationId: string
  startsAt: Temporal.Instant
}

/**
 * Where a booked visit moves to: the slot that is named, unless it is the old one; else the new `start` in the same
 * schedule. Another clinician or place is said by its slot, as only that names the kind of visit too.
 */
export function startOfSlot(
  resource: Resource,
  before: Before,
  base: string,
): { offeringId: string; startsAt: string } {
  const slot = list(resource['slot'])[0]?.['reference']
  const named = typeof slot === 'string' ? startOf(slot.replace(`${base}/`, '').replace(/^Slot\//, '')) : undefined
  if (slot !== undefined && !named) throw badRequest('bad_value', 'slot names no slot of this server.')
  const minuteBefore = Math.floor(before.startsAt.epochMilliseconds / 60_000)
  if (named && (named.offeringId !== before.offeringId || named.minute !== minuteBefore))
    return { offeringId: named.offeringId, startsAt: instantOf(named.minute).toString() }
  for (const [type, id] of [
    ['Practitioner', before.practitionerId],
    ['Location', before.locationId],
  ] as const)
    for (const reference of actors(resource))
      if (new RegExp(`(^|/)${type}/`).test(reference) && idIn(reference, type, base) !== id)
        throw notSupported('To change the clinician or the place, name the slot that the visit moves to.')
  return { offeringId: before.offeringId, startsAt: readStart(resource['start']) }
}

function readStart(value: unknown): string {
  const isInstant = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)
  if (!isInstant) throw badRequest('bad_value', 'start is an instant, like 2026-12-03T14:00:00Z.')
  try {
    return Temporal.Instant.from(value).toString()
  } catch {
    throw badRequest('bad_value', 'start is an instant, like 2026-12-03T14:00:00Z.')
  }
}

/** Codes of FHIR's appointment-cancellation-reason and of IHE's status-reason, in ours. */
const ourReasons = {
  'pat-fb': 'feeling_better',
  improved: 'feeling_better',
  'pat-lt': 'time_does_not_fit',
  transportation: 'time_does_not_fit',
  'pat-uto': 'went_elsewhere',
  'new-provider': 'went_elsewhere',
  'oth-fin': 'cost',
  financial: 'cost',
  'staff-cancel': 'clinic',
  meeting: 'clinic',
  personal: 'clinic',
  'equip-unavail': 'clinic',
  'room-unavial': 'clinic',
} as const

type OurReason = (typeof ourReasons)[keyof typeof ourReasons] | 'other'

export function cancelReason(resource: Resource): OurReason {
  const extension = list(resource['extension']).find(({ url }) => String(url).endsWith('/extension-status-reason'))
  const concepts = [resource['cancelationReason'], extension?.['valueCodeableConcept']].filter(isFields)
  const codes = concepts.flatMap((concept) => list(concept['coding']).map(({ code }) => String(code)))
  for (const code of codes) {
    if (code in ourReasons) return ourReasons[code as keyof typeof ourReasons]
    if (code.startsWith('prov')) return 'clinic'
  }
  return 'other'
}
