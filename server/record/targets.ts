/** Finds what references mean: in the batch at hand, or among what came before. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { parseReference, referencesIn } from './input/references.ts'
import type { FhirResource } from './input/shape.ts'

export interface Target {
  type: string
  id: string
}

interface Reference {
  reference?: string
  identifier?: { system?: string; value?: string }
  type?: string
}

export interface Targets {
  /** What a reference means; undefined when it can not be known (yet). */
  of(reference: Reference | undefined, type?: string): Target | undefined
  /** The same, only for references that had to be looked up (urn:uuid:, conditional). */
  lookedUp(reference: string): Target | undefined
  /** Whether a reference should mean something here and does not. */
  isUnknown(reference: string): boolean
}

interface Wanted {
  type: string
  system: string
  value: string
}

/** Looks up, in one query, all that the batch refers to by anything but 'Type/id'. */
export async function openTargets(
  tx: Tx,
  organizationId: string,
  batch: readonly { resource: FhirResource & { id: string }; fullUrl?: string }[],
): Promise<Targets> {
  const known = new Map<string, Target>()
  for (const { resource, fullUrl } of batch) {
    const target = { type: resource.resourceType, id: resource.id }
    if (fullUrl) known.set(keyOf({ type: '', system: 'urn', value: fullUrl }), target)
    for (const one of identifiers(resource)) known.set(keyOf({ type: resource.resourceType, ...one }), target)
  }
  const wanted = new Map<string, Wanted>()
  for (const { resource } of batch)
    for (const found of wantedBy(resource)) if (!known.has(keyOf(found))) wanted.set(keyOf(found), found)
  for (const row of await look(tx, organizationId, [...wanted.values()])) known.set(row.key, row.target)

  const lookedUp = (reference: string) => {
    const want = wantedOf(reference)
    return want ? known.get(keyOf(want)) : undefined
  }
  return {
    lookedUp,
    of(reference, type = '') {
      if (!reference) return undefined
      if (reference.reference !== undefined) {
        const parsed = parseReference(reference.reference)
        return parsed.kind === 'relative' || parsed.kind === 'absolute'
          ? { type: parsed.type, id: parsed.id }
          : lookedUp(reference.reference)
      }
      const { system, value } = reference.identifier ?? {}
      return system && value ? known.get(keyOf({ type: reference.type ?? type, system, value })) : undefined
    },
    isUnknown: (reference) => wantedOf(reference) !== undefined && lookedUp(reference) === undefined,
  }
}

const keyOf = ({ type, system, value }: Wanted) => `${system === 'urn' ? '' : type}|${system}|${value}`

/** A reference that must be looked up, as what to look for. */
function wantedOf(reference: string): Wanted | undefined {
  const parsed = parseReference(reference)
  if (parsed.kind === 'urn') return { type: '', system: 'urn', value: reference }
  if (parsed.kind !== 'conditional') return undefined
  const [, said] = parsed.search.find(([name]) => name === 'identifier') ?? []
  const bar = said?.indexOf('|') ?? -1
  return said && bar > 0 ? { type: parsed.type, system: said.slice(0, bar), value: said.slice(bar + 1) } : undefined
}

function wantedBy(resource: FhirResource): Wanted[] {
  return [...referencesIn(resource).flatMap(({ reference }) => wantedOf(reference) ?? []), ...logical(resource)]
}

/** PractitionerRole names its practitioner and places by identifier alone in some systems' exports. */
function logical(resource: FhirResource): Wanted[] {
  if (resource.resourceType !== 'PractitionerRole') return []
  const { practitioner, organization, location } = resource as {
    practitioner?: Reference
    organization?: Reference
    location?: Reference[]
  }
  const said: [string, Reference | undefined][] = [
    ['Practitioner', practitioner],
    ['Organization', organization],
    ...(location ?? []).map((one): [string, Reference] => ['Location', one]),
  ]
  return said.flatMap(([type, one]) => {
    const { system, value } = one?.identifier ?? {}
    return system && value ? [{ type, system, value }] : []
  })
}

function identifiers(resource: FhirResource): { system: string; value: string }[] {
  const { identifier } = resource as { identifier?: { system?: string; value?: string }[] }
  if (!Array.isArray(identifier)) return []
  return identifier.flatMap(({ system, value }) => (system && value ? [{ system, value }] : []))
}

async function look(tx: Tx, organizationId: string, wanted: readonly Wanted[]) {
  if (wanted.length === 0) return []
  const { rows } = await sql<Wanted & { found: string; foundType: string }>`
    select distinct on (w.type, w.system, w.value) w.type, w.system, w.value, i.type as found_type, i.fhir_id as found
    from json_to_recordset(${JSON.stringify(wanted)}::json) as w(type text, system text, value text)
    join record.identifier i on i.organization_id = ${organizationId} and i.system = w.system and i.value = w.value
      and (i.type = w.type or w.type = '')
    order by w.type, w.system, w.value, i.fhir_id`.execute(tx)
  return rows.map((row) => ({ key: keyOf(row), target: { type: row.foundType, id: row.found } }))
}
