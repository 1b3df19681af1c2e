/** Reads directory facts out of FHIR R4 resources. Pure; what is absent or of another shape is read as unknown. */

type Fields = Record<string, unknown>

export interface Reference {
  reference?: string
  identifier?: { system?: string; value?: string }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): Fields[] =>
  Array.isArray(value) ? value.filter(isFields) : isFields(value) ? [value] : []
const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
const codes = (concepts: unknown): { system: string | null; code: string }[] =>
  list(concepts).flatMap((concept) =>
    list(concept['coding']).flatMap(({ system, code }) =>
      text(code) ? [{ system: text(system), code: String(code) }] : [],
    ),
  )
const phone = (telecom: unknown) => text(list(telecom).find(({ system }) => system === 'phone')?.['value'])
const extensions = (resource: Fields, end: string) =>
  list(resource['extension']).filter(({ url }) => text(url)?.endsWith(end))

/** Folded for finding: lower case, accents and punctuation gone, single spaces. */
export const folded = (name: string) =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’`.]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

export function organization(from: object) {
  const resource: Fields = { ...from }
  const kinds = codes(resource['type']).map(({ code }) => code)
  const kind = kinds.includes('ntwk')
    ? 'network'
    : kinds.some((code) => ['payer', 'pay', 'ins'].includes(code))
      ? 'payer'
      : kinds.some((code) => ['prov', 'fac', 'prvgrp', 'dept'].includes(code))
        ? 'provider'
        : 'other'
  return {
    kind,
    name: text(resource['name']) ?? 'Unnamed',
    phone: phone(resource['telecom']),
    partOf: isFields(resource['partOf']) ? (resource['partOf'] as Reference) : undefined,
    active: resource['active'] !== false,
  }
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

export function location(from: object) {
  const resource: Fields = { ...from }
  const address = isFields(resource['address']) ? resource['address'] : {}
  const position = isFields(resource['position']) ? resource['position'] : {}
  return {
    name: text(resource['name']) ?? text(resource['description']) ?? 'Unnamed place',
    phone: phone(resource['telecom']),
    lines: Array.isArray(address['line']) ? address['line'].flatMap((line) => text(line) ?? []) : [],
    city: text(address['city']),
    state: text(address['state']),
    postcode: text(address['postalCode'])?.replace(/^(\d{5})-?\d{4}$/, '$1') ?? null,
    latitude: number(position['latitude']),
    longitude: number(position['longitude']),
    hours: list(resource['hoursOfOperation']).map((hours) => ({
      weekdays: (Array.isArray(hours['daysOfWeek']) ? hours['daysOfWeek'] : [])
        .map((day) => weekdays.indexOf(String(day)) + 1)
        .filter((day) => day > 0),
      from: text(hours['openingTime'])?.slice(0, 5) ?? '00:00',
      until: text(hours['closingTime'])?.slice(0, 5) ?? '24:00',
    })),
    active: text(resource['status']) !== 'inactive',
  }
}

export function practitioner(from: object) {
  const resource: Fields = { ...from }
  const names = list(resource['name'])
  const name = names.find(({ use }) => use === 'official') ?? names[0] ?? {}
  const given = Array.isArray(name['given']) ? name['given'].flatMap((one) => text(one) ?? []) : []
  const family = text(name['family'])
  const [firstOfText, ...restOfText] = (text(name['text']) ?? 'Unknown').split(' ')
  const givenName = given.join(' ') || (family ? '' : (firstOfText ?? '')) || 'Unknown'
  const familyName = family ?? (restOfText.join(' ') || 'Unknown')
  const npi = text(
    list(resource['identifier']).find(({ system }) => system === 'http://hl7.org/fhir/sid/us-npi')?.['value'],
  )
  return {
    npi: npi && /^\d{10}$/.test(npi) ? npi : null,
    given_name: givenName,
    family_name: familyName,
    prefix: first(name['prefix']),
    credentials: first(name['suffix']),
    search_name: folded(`${givenName} ${familyName}`),
    gender: ['male', 'female', 'other', 'unknown'].find((one) => one === resource['gender']) ?? null,
    languages: [
      ...new Set(
        codes(resource['communication'])
          .concat(list(resource['communication']).flatMap((one) => codes([one])))
          .map(({ code }) => code.toLowerCase().split('-')[0] ?? '')
          .filter((code) => /^[a-z]{2,3}$/.test(code)),
      ),
    ],
    active: resource['active'] !== false,
  }
}

const first = (value: unknown) => (Array.isArray(value) ? text(value[0]) : null)
const nucc = 'http://nucc.org/provider-taxonomy'

export function practitionerRole(from: object) {
  const resource: Fields = { ...from }
  const accepting = extensions(resource, '/newpatients').flatMap((one) =>
    extensions(one, 'acceptingPatients').flatMap((inner) => codes([inner['valueCodeableConcept']])),
  )
  const delivery = extensions(resource, '/delivery-method').flatMap((one) =>
    extensions(one, 'type').flatMap((inner) => codes([inner['valueCodeableConcept']])),
  )
  return {
    practitioner: isFields(resource['practitioner']) ? (resource['practitioner'] as Reference) : undefined,
    locations: list(resource['location']) as Reference[],
    specialties: [
      ...new Set(
        [...codes(resource['specialty']), ...codes(resource['code'])]
          .filter(({ system }) => system === nucc)
          .map(({ code }) => code),
      ),
    ].filter((code) => /^[0-9A-Z]{10}$/.test(code)),
    networks: extensions(resource, '/network-reference').flatMap((one) =>
      isFields(one['valueReference']) ? [one['valueReference'] as Reference] : [],
    ),
    acceptsNew: !accepting.some(({ code }) => code === 'nopt' || code === 'existptonly'),
    video: delivery.some(({ code }) => code === 'virtual'),
    active: resource['active'] !== false,
  }
}
