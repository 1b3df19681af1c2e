/** The elements Attend's own tables are fed from, in FHIR R4: which type each has, and whether it is a list. */

/** One value: a primitive by name, a datatype or backbone element by its fields, or one of a fixed list of codes. */
export type Kind = Primitive | { readonly fields: Fields } | { readonly codes: readonly string[] }
export type Primitive =
  | 'string'
  | 'code'
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'uri'
  | 'latitude'
  | 'longitude'

export interface Field {
  readonly kind: Kind
  readonly isList: boolean
}
export type Fields = Readonly<Record<string, Field>>

const one = (kind: Kind): Field => ({ kind, isList: false })
const many = (kind: Kind): Field => ({ kind, isList: true })
const group = (fields: Fields): Kind => ({ fields })
const codes = (text: string): Kind => ({ codes: text.split(' ') })

const text = one('string')
const flag = one('boolean')
const period = group({ start: one('dateTime'), end: one('dateTime') })
const coding = group({ system: one('uri'), version: text, code: one('code'), display: text })
const concept = group({ coding: many(coding), text })
const reference = group({
  reference: text,
  type: one('uri'),
  display: text,
  identifier: one(group({ system: one('uri'), value: text })),
})
const identifier = group({
  use: one(codes('usual official temp secondary old')),
  type: one(concept),
  system: one('uri'),
  value: text,
  period: one(period),
})
const humanName = group({
  use: one(codes('usual official temp nickname anonymous old maiden')),
  text,
  family: text,
  given: many('string'),
  prefix: many('string'),
  suffix: many('string'),
  period: one(period),
})
const telecom = group({
  system: one(codes('phone fax email pager url sms other')),
  value: text,
  use: one(codes('home work temp old mobile')),
  rank: one('integer'),
  period: one(period),
})
const address = group({
  use: one(codes('home work temp old billing')),
  text,
  line: many('string'),
  city: text,
  district: text,
  state: text,
  postalCode: text,
  country: text,
  period: one(period),
})
const gender = one(codes('male female other unknown'))
const hours = many(
  group({
    daysOfWeek: many(codes('mon tue wed thu fri sat sun')),
    allDay: flag,
    availableStartTime: one('time'),
    availableEndTime: one('time'),
  }),
)
const absences = many(group({ description: text, during: one(period) }))

const identified: Fields = { identifier: many(identifier), active: flag }
const reached: Fields = { telecom: many(telecom) }
const contact = many(group({ telecom: many(telecom), name: one(humanName), address: one(address) }))

/** By resource type. What is not named here is stored as it came, unlooked at. */
export const fieldsByType: Readonly<Record<string, Fields>> = {
  Organization: {
    ...identified,
    ...reached,
    type: many(concept),
    name: text,
    alias: many('string'),
    address: many(address),
    partOf: one(reference),
    contact: many(
      group({ telecom: many(telecom), name: one(humanName), address: one(address), purpose: one(concept) }),
    ),
  },
  Location: {
    ...reached,
    identifier: many(identifier),
    status: one(codes('active suspended inactive')),
    name: text,
    alias: many('string'),
    description: text,
    type: many(concept),
    address: one(address),
    position: one(group({ longitude: one('longitude'), latitude: one('latitude'), altitude: one('decimal') })),
    managingOrganization: one(reference),
    partOf: one(reference),
    hoursOfOperation: many(
      group({
        daysOfWeek: many(codes('mon tue wed thu fri sat sun')),
        allDay: flag,
        openingTime: one('time'),
        closingTime: one('time'),
      }),
    ),
  },
  Practitioner: {
    ...identified,
    ...reached,
    name: many(humanName),
    address: many(address),
    gender,
    birthDate: one('date'),
    communication: many(concept),
    qualification: many(
      group({ identifier: many(identifier), code: one(concept), period: one(period), issuer: one(reference) }),
    ),
  },
  PractitionerRole: {
    ...identified,
    ...reached,
    period: one(period),
    practitioner: one(reference),
    organization: one(reference),
    code: many(concept),
    specialty: many(concept),
    location: many(reference),
    healthcareService: many(reference),
    availableTime: hours,
    notAvailable: absences,
  },
  HealthcareService: {
    ...identified,
    ...reached,
    providedBy: one(reference),
    category: many(concept),
    type: many(concept),
    specialty: many(concept),
    location: many(reference),
    name: text,
    comment: text,
    coverageArea: many(reference),
    communication: many(concept),
    appointmentRequired: flag,
    availableTime: hours,
    notAvailable: absences,
  },
  OrganizationAffiliation: {
    ...identified,
    ...reached,
    period: one(period),
    organization: one(reference),
    participatingOrganization: one(reference),
    network: many(reference),
    code: many(concept),
    specialty: many(concept),
    location: many(reference),
    healthcareService: many(reference),
  },
  InsurancePlan: {
    identifier: many(identifier),
    status: one(codes('draft active retired unknown')),
    type: many(concept),
    name: text,
    alias: many('string'),
    period: one(period),
    ownedBy: one(reference),
    administeredBy: one(reference),
    coverageArea: many(reference),
    network: many(reference),
    contact,
    plan: many(group({ identifier: many(identifier), type: one(concept), network: many(reference) })),
  },
  Patient: {
    ...identified,
    ...reached,
    name: many(humanName),
    gender,
    birthDate: one('date'),
    deceasedBoolean: flag,
    deceasedDateTime: one('dateTime'),
    address: many(address),
    maritalStatus: one(concept),
    contact: many(group({ relationship: many(concept), name: one(humanName), telecom: many(telecom), gender })),
    communication: many(group({ language: one(concept), preferred: flag })),
    generalPractitioner: many(reference),
    managingOrganization: one(reference),
    link: many(group({ other: one(reference), type: one(codes('replaced-by replaces refer seealso')) })),
  },
  Coverage: {
    identifier: many(identifier),
    status: one(codes('active cancelled draft entered-in-error')),
    type: one(concept),
    policyHolder: one(reference),
    subscriber: one(reference),
    subscriberId: text,
    beneficiary: one(reference),
    dependent: text,
    relationship: one(concept),
    period: one(period),
    payor: many(reference),
    class: many(group({ type: one(concept), value: text, name: text })),
    order: one('integer'),
    network: text,
  },
}
