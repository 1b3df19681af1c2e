/** US postcodes and towns as points on the map, without asking anybody. Data: npm `zipcodes` (BSD), loaded when first asked. */
import { createRequire } from 'node:module'

export interface Point {
  latitude: number
  longitude: number
}

export interface Place extends Point {
  city: string
  state: string
  postcode: string
}

interface Entry extends Point {
  zip: string
  city: string
  state: string
}

const load = createRequire(import.meta.url)
let entries: Record<string, Entry> | undefined
let towns: Map<string, Entry> | undefined

function postcodes(): Record<string, Entry> {
  entries ??= (load('zipcodes/lib/codes.js') as { codes: Record<string, Entry> }).codes
  return entries
}

/** The place of a postcode of five digits, or nine with a hyphen; undefined when there is none. */
export function placeOf(postcode: string): Place | undefined {
  const five = /^\s*(\d{5})(?:-?\d{4})?\s*$/.exec(postcode)?.[1]
  const entry = five === undefined ? undefined : postcodes()[five]
  return entry && placeView(entry)
}

/** The place of 'Boston, MA' or 'boston ma'; undefined when no such town is known. */
export function placeOfCity(text: string): Place | undefined {
  const [, city, state] = /^\s*(.{2,60}?)[,\s]+([A-Za-z]{2})\s*$/.exec(text.slice(0, 80)) ?? []
  if (!city || !state) return undefined
  towns ??= new Map(
    Object.values(postcodes())
      .reverse()
      .map((entry) => [`${entry.city.toLowerCase()} ${entry.state}`, entry]),
  )
  const entry = towns.get(`${city.toLowerCase().replaceAll(/\s+/g, ' ')} ${state.toUpperCase()}`)
  return entry && placeView(entry)
}

const placeView = ({ latitude, longitude, city, state, zip }: Entry): Place => ({
  latitude,
  longitude,
  city,
  state,
  postcode: zip,
})

const earthMeters = 6_371_008.8
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Along the surface of the earth taken as a ball (haversine): right to half a percent. */
export function distanceMeters(a: Point, b: Point): number {
  const [latitude, longitude] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)]
  const chord =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(longitude / 2) ** 2
  return 2 * earthMeters * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/** The zone of most of each state; where a state has two, the one in which most of its people live. */
const zones: Record<string, string> = {
  ...of('America/New_York', 'CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV'),
  ...of('America/Chicago', 'AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI'),
  ...of('America/Denver', 'CO ID MT NM UT WY'),
  ...of('America/Los_Angeles', 'CA NV OR WA'),
  AZ: 'America/Phoenix',
  AK: 'America/Anchorage',
  HI: 'Pacific/Honolulu',
  PR: 'America/Puerto_Rico',
  VI: 'America/St_Thomas',
  GU: 'Pacific/Guam',
}

/** Postcodes (their first three digits) that keep another zone than most of their state. */
const exceptions: Record<string, string> = {
  ...of('America/Chicago', '324 325 420 421 422 423 424 463 464 476 477 498 499'),
  ...of('America/New_York', '373 374 376 377 378 379'),
  ...of('America/Denver', '586 577 693 798 799'),
  ...of('America/Los_Angeles', '835 838'),
}

function of(zone: string, keys: string): Record<string, string> {
  return Object.fromEntries(keys.split(' ').map((key) => [key, zone]))
}

/** The IANA zone of a US address, from its state and postcode; undefined when the address does not say. */
export function zoneOfPlace({
  state,
  postcode,
}: {
  state: string | null
  postcode: string | null
}): string | undefined {
  const known = postcode ? placeOf(postcode) : undefined
  return exceptions[postcode?.slice(0, 3) ?? ''] ?? zones[(known?.state ?? state ?? '').toUpperCase()]
}
