/** What a person reads of a resource: one line with its day. Pure; what has no words is left to the other file. */
import type { Resource } from '../wire/resource.ts'

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): Fields[] =>
  Array.isArray(value) ? value.filter(isFields) : isFields(value) ? [value] : []
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

export interface Line {
  /** YYYY-MM-DD; absent where the resource names none. */
  day?: string
  words: string
}

/** The sections of the readable record, in the order a person looks for them. */
export const sections = [
  'AllergyIntolerance',
  'MedicationRequest',
  'Condition',
  'Immunization',
  'Appointment',
  'Encounter',
  'Procedure',
  'DiagnosticReport',
  'Observation',
  'CarePlan',
  'Goal',
  'CareTeam',
  'Coverage',
  'Claim',
  'ExplanationOfBenefit',
  'DocumentReference',
  'ImagingStudy',
  'Device',
  'Communication',
] as const
export type Section = (typeof sections)[number]

const dayFields = [
  'onsetDateTime',
  'effectiveDateTime',
  'authoredOn',
  'occurrenceDateTime',
  'performedDateTime',
  'recordedDate',
  'start',
  'sent',
  'date',
  'issued',
  'started',
  'created',
]

/** Undefined when the resource says nothing in words. */
export function lineOf(resource: Resource): Line | undefined {
  const words = [name(resource), value(resource), status(resource)].filter((part) => part !== undefined).join(', ')
  if (words === '') return undefined
  const day = dayOf(resource)
  return { ...(day !== undefined && { day }), words }
}

function dayOf(resource: Fields): string | undefined {
  const periods = ['period', 'performedPeriod', 'effectivePeriod', 'billablePeriod'].flatMap((name) =>
    list(resource[name]),
  )
  const said = [...dayFields.map((name) => resource[name]), ...periods.map(({ start }) => start)].find((one) =>
    text(one),
  )
  return typeof said === 'string' ? said.slice(0, 10) : undefined
}

function name(resource: Fields): string | undefined {
  const concepts = [
    'code',
    'vaccineCode',
    'medicationCodeableConcept',
    'type',
    'serviceType',
    'topic',
    'category',
    'description',
  ]
  for (const concept of concepts.flatMap((field) => [resource[field]].flat())) {
    const said = text(concept) ?? spoken(concept)
    if (said !== undefined) return said
  }
  return text(resource['title'])
}

function spoken(concept: unknown): string | undefined {
  if (!isFields(concept)) return undefined
  return (
    text(concept['text']) ??
    list(concept['coding'])
      .map(({ display }) => text(display))
      .find((one) => one !== undefined)
  )
}

/** A measured value with its unit, or the parts of one that has several, like a blood pressure. */
function value(resource: Fields): string | undefined {
  const own = measured(resource)
  if (own !== undefined) return own
  const parts = list(resource['component']).flatMap((part) => {
    const said = measured(part)
    return said === undefined ? [] : [`${spoken(part['code']) ?? ''} ${said}`.trim()]
  })
  return parts.length > 0 ? parts.join('; ') : undefined
}

function measured(from: Fields): string | undefined {
  const quantity = from['valueQuantity']
  if (isFields(quantity) && typeof quantity['value'] === 'number')
    return `${Number(quantity['value'].toFixed(2))} ${text(quantity['unit']) ?? ''}`.trim()
  return text(from['valueString']) ?? spoken(from['valueCodeableConcept'])
}

/** Only a state that changes what is meant. */
function status(resource: Fields): string | undefined {
  const clinical = list(resource['clinicalStatus']).flatMap(({ coding }) =>
    list(coding).map(({ code }) => text(code)),
  )[0]
  const said = clinical ?? text(resource['status'])
  return said !== undefined &&
    ['resolved', 'inactive', 'stopped', 'cancelled', 'not-done', 'entered-in-error'].includes(said)
    ? said
    : undefined
}
