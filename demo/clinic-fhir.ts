/** The demo's directory as FHIR, in the form that payers' directories take (Plan-Net), so that it comes in by the same door. */
import { clinicians, payers, places } from './data/clinic.ts'

const orgType = 'http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/OrgTypeCS'
const planNet = 'http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition'

interface Resource {
  resourceType: string
  id: string
  [field: string]: unknown
}

/** `now` dates the payers' statements about who is in which network. */
export function clinicResources(now: Temporal.Instant): Resource[] {
  const lastUpdated = now.subtract({ hours: 24 * 20 }).toString({ smallestUnit: 'second' })
  return [
    ...payers.flatMap(payerResources),
    ...places.map(placeResource),
    ...clinicians.map(clinicianResource),
    ...clinicians.flatMap((one) => roleResources(one, lastUpdated)),
  ]
}

function payerResources({ key, name, plans }: (typeof payers)[number]): Resource[] {
  const kind = (code: string) => [{ coding: [{ system: orgType, code }] }]
  return [
    { resourceType: 'Organization', id: `demo-payer-${key}`, active: true, type: kind('payer'), name },
    {
      resourceType: 'Organization',
      id: `demo-network-${key}`,
      active: true,
      type: kind('ntwk'),
      name: `${name} network`,
      partOf: { reference: `Organization/demo-payer-${key}` },
    },
    ...plans.map((plan, index) => ({
      resourceType: 'InsurancePlan',
      id: `demo-plan-${key}-${index + 1}`,
      status: 'active',
      name: plan,
      ownedBy: { reference: `Organization/demo-payer-${key}`, display: name },
      network: [{ reference: `Organization/demo-network-${key}` }],
    })),
  ]
}

function placeResource({
  key,
  name,
  line,
  city,
  postcode,
  latitude,
  longitude,
  phone,
}: (typeof places)[number]): Resource {
  const workdays = ['mon', 'tue', 'wed', 'thu', 'fri']
  return {
    resourceType: 'Location',
    id: `demo-${key}`,
    status: 'active',
    name,
    telecom: [{ system: 'phone', value: phone }],
    address: { line: [line], city, state: 'MA', postalCode: postcode, country: 'US' },
    position: { latitude, longitude },
    hoursOfOperation: [{ daysOfWeek: workdays, openingTime: '07:30:00', closingTime: '19:00:00' }],
  }
}

function clinicianResource(
  { id, given, family, gender, credentials, languages }: (typeof clinicians)[number],
  index: number,
): Resource {
  return {
    resourceType: 'Practitioner',
    id,
    active: true,
    identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: demoNpi(index) }],
    name: [
      { family, given: [given], ...(/MD|DO|PhD|OD/.test(credentials) && { prefix: ['Dr.'] }), suffix: [credentials] },
    ],
    gender,
    communication: languages.map((code) => ({ coding: [{ system: 'urn:ietf:bcp:47', code }] })),
  }
}

/** Numbers of the form that the register gives to nobody (they begin with 9), with their right check digit. */
function demoNpi(index: number): string {
  const digits = `80840910000${String(index + 1).padStart(3, '0')}`
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return `${digits.slice(5)}${(10 - (sum % 10)) % 10}`
}

function roleResources(
  { id, specialties, places: at, networks, acceptsNew }: (typeof clinicians)[number],
  lastUpdated: string,
): Resource[] {
  return at.map((place) => ({
    resourceType: 'PractitionerRole',
    id: `demo-${id}-${place}`,
    meta: { lastUpdated },
    active: true,
    practitioner: { reference: `Practitioner/${id}` },
    location: [{ reference: `Location/demo-${place}` }],
    specialty: specialties.map((code) => ({ coding: [{ system: 'http://nucc.org/provider-taxonomy', code }] })),
    extension: [
      ...networks.map((network) => ({
        url: `${planNet}/network-reference`,
        valueReference: { reference: `Organization/demo-network-${network}` },
      })),
      ...(acceptsNew === false
        ? [
            {
              url: `${planNet}/newpatients`,
              extension: [{ url: 'acceptingPatients', valueCodeableConcept: { coding: [{ code: 'nopt' }] } }],
            },
          ]
        : []),
    ],
  }))
}
