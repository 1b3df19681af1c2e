/** What FHIR references say, where they stand in a resource, and which patient a resource belongs to. */
import { isObject } from './parse.ts'
import { isResourceType } from './known-resources.ts'
import type { FhirResource } from './shape.ts'

/** A literal reference, taken apart (FHIR R4, 2.3.0 References). */
export type Reference =
  | { kind: 'urn'; uuid: string }
  | { kind: 'relative'; type: string; id: string; version?: string }
  | { kind: 'absolute'; url: string; type: string; id: string; version?: string }
  | { kind: 'conditional'; type: string; search: [name: string, value: string][] }
  | { kind: 'contained'; id: string }
  | { kind: 'unknown' }

const urn = /^urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i
const literal =
  /^(https?:\/\/[^?#]+\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/([A-Za-z0-9\-.]{1,64}))?$/
const conditional = /^([A-Z][A-Za-z]+)\?(.+)$/

/** Takes a reference apart; a urn's uuid in lower case. What is no known form is 'unknown', never an error. */
export function parseReference(text: string): Reference {
  if (text.startsWith('#')) return { kind: 'contained', id: text.slice(1) }
  const uuid = urn.exec(text)?.[1]
  if (uuid !== undefined) return { kind: 'urn', uuid: uuid.toLowerCase() }
  const [, base, type = '', id = '', version] = literal.exec(text) ?? []
  if (isResourceType(type)) {
    const target = { type, id, ...(version !== undefined && { version }) }
    return base === undefined ? { kind: 'relative', ...target } : { kind: 'absolute', url: text, ...target }
  }
  const [, searched = '', query = ''] = conditional.exec(text) ?? []
  if (!isResourceType(searched)) return { kind: 'unknown' }
  return { kind: 'conditional', type: searched, search: query.split('&').filter(Boolean).map(parameter) }
}

function parameter(text: string): [string, string] {
  const at = text.indexOf('=')
  return at < 0 ? [decoded(text), ''] : [decoded(text.slice(0, at)), decoded(text.slice(at + 1))]
}

/** Exporters write these both percent-encoded and plain; what is not an encoding stands as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Every literal reference in a resource with its path, those of extensions and contained resources among them. */
export function referencesIn(resource: FhirResource): { path: string; reference: string }[] {
  const found: { path: string; reference: string }[] = []
  gather(resource, [resource.resourceType], found)
  return found
}

function gather(value: object, path: (string | number)[], found: { path: string; reference: string }[]): void {
  for (const [name, inner] of Object.entries(value)) {
    const isText = typeof inner === 'string'
    if (!isText && (typeof inner !== 'object' || inner === null)) continue
    path.push(Array.isArray(value) ? Number(name) : name)
    if (!isText) gather(inner as object, path, found)
    else if (name === 'reference') found.push({ path: written(path), reference: inner })
    path.pop()
  }
}

const written = (path: readonly (string | number)[]) =>
  path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('')

/** Elements that name the patient of a resource, by type (FHIR R4 CompartmentDefinition/patient); others use `common`. */
const patientElements: Record<string, readonly string[]> = {
  Account: ['subject'],
  Appointment: ['participant.actor'],
  AppointmentResponse: ['actor'],
  AuditEvent: ['agent.who', 'entity.what'],
  Coverage: ['beneficiary', 'subscriber', 'policyHolder'],
  EnrollmentRequest: ['candidate'],
  Group: ['member.entity'],
  Person: ['link.target'],
  Provenance: ['target'],
  ResearchSubject: ['individual'],
  Schedule: ['actor'],
  Task: ['for'],
}
const common = ['subject', 'patient']

/**
 * The reference to the patient a resource belongs to, as it stands there: the resource's own for a Patient. Undefined
 * when it names none, or names several different ones (a Group, a shared Provenance).
 */
export function patientReferenceOf(resource: FhirResource): string | undefined {
  if (resource.resourceType === 'Patient') return resource.id === undefined ? undefined : `Patient/${resource.id}`
  for (const element of patientElements[resource.resourceType] ?? common) {
    const named = at(resource, element.split('.'))
    const sure = named.filter(
      ({ text, type }) => parseReference(text).kind !== 'urn' && typeOf(text, type) === 'Patient',
    )
    // A urn does not say what it names.
    const likely = named.filter(
      ({ text, type }) => parseReference(text).kind === 'urn' && (type ?? 'Patient') === 'Patient',
    )
    const [reference, other] = new Set((sure.length > 0 ? sure : likely).map(({ text }) => text))
    if (other !== undefined) return undefined
    if (reference !== undefined) return reference
  }
  return undefined
}

interface Named {
  text: string
  type: unknown
}

function at(value: unknown, [name, ...rest]: readonly string[]): Named[] {
  if (Array.isArray(value)) return value.flatMap((one) => at(one, name === undefined ? [] : [name, ...rest]))
  if (!isObject(value)) return []
  if (name !== undefined) return at(value[name], rest)
  return typeof value['reference'] === 'string' ? [{ text: value['reference'], type: value['type'] }] : []
}

function typeOf(text: string, type: unknown): unknown {
  const parsed = parseReference(text)
  return 'type' in parsed ? parsed.type : type
}
