/** SMART Scheduling Links: places, schedules and free slots as its specification writes them. Pure; no word of any patient. */
import { instantOf } from '../resources/slots.ts'
import type { Resource } from '../wire/resource.ts'

const registry = 'http://fhir-registry.smarthealthit.org/StructureDefinition'

export interface PlaceRow {
  id: string
  name: string
  phone: string | null
  addressLines: string[]
  city: string | null
  state: string | null
  postcode: string | null
  latitude: number | null
  longitude: number | null
}

/** The specification wants a whole postal address: a place without one is not published, rather than made up. */
export const hasAddress = ({ addressLines, city, state, postcode }: PlaceRow) =>
  addressLines.length > 0 && city !== null && state !== null && postcode !== null

export const locationOf = (row: PlaceRow, site: string): Resource => ({
  resourceType: 'Location',
  id: row.id,
  identifier: [{ system: `${site}/fhir/R4/Location`, value: row.id }],
  name: row.name,
  telecom: [...(row.phone === null ? [] : [{ system: 'phone', value: row.phone }]), { system: 'url', value: site }],
  address: { line: row.addressLines, city: row.city, state: row.state, postalCode: row.postcode },
  ...(row.latitude !== null &&
    row.longitude !== null && { position: { latitude: row.latitude, longitude: row.longitude } }),
})

export const scheduleOf = (id: string, placeId: string, serviceType: readonly object[]): Resource => ({
  resourceType: 'Schedule',
  id,
  actor: [{ reference: `Location/${placeId}` }],
  serviceType,
})

export interface FreeStart {
  offeringId: string
  /** Since 1970. */
  minute: number
  /** How long the visit is. */
  minutes: number
  phone: string | null
  zone: string
}

/** One person at a time: a slot of a clinician has no other capacity. The link opens our booking page at that start. */
export function slotOf({ offeringId, minute, minutes, phone, zone }: FreeStart, site: string): Resource {
  const startsAt = instantOf(minute)
  return {
    resourceType: 'Slot',
    id: `${offeringId}.${minute}`,
    schedule: { reference: `Schedule/${offeringId}` },
    status: 'free',
    start: stamp(startsAt, zone),
    end: stamp(startsAt.add({ minutes }), zone),
    extension: [
      {
        url: `${registry}/booking-deep-link`,
        valueUrl: `${site}/book?offering=${offeringId}&at=${encodeURIComponent(startsAt.toString())}&step=details`,
      },
      ...(phone === null ? [] : [{ url: `${registry}/booking-phone`, valueString: phone }]),
      { url: `${registry}/slot-capacity`, valueInteger: 1 },
    ],
  }
}

/** In the local time of the place, with its offset. */
const stamp = (instant: Temporal.Instant, zone: string) =>
  instant.toString({ timeZone: zone, fractionalSecondDigits: 3 })
