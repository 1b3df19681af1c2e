/** Bundles of type searchset, the one form in which lists and operations answer here (also IHE's ihe-sched-avail-bundle). */
import type { Resource } from './resource.ts'

export interface Answer {
  base: string
  matches?: readonly Resource[]
  included?: readonly Resource[]
  /** An OperationOutcome with what the caller should know. */
  remarks?: Resource | undefined
  /** Of all pages; left out where counting costs too much. */
  total?: number | undefined
  self?: string
  next?: string | undefined
  profile?: string
}

export function searchset({
  base,
  matches = [],
  included = [],
  remarks,
  total,
  self,
  next,
  profile,
}: Answer): Resource {
  const entry = (mode: 'match' | 'include' | 'outcome') => (resource: Resource) => ({
    ...(resource.id !== undefined && { fullUrl: `${base}/${resource.resourceType}/${resource.id}` }),
    resource,
    search: { mode },
  })
  const link = [
    ...(self === undefined ? [] : [{ relation: 'self', url: self }]),
    ...(next === undefined ? [] : [{ relation: 'next', url: next }]),
  ]
  const entries = [
    ...matches.map(entry('match')),
    ...included.map(entry('include')),
    ...(remarks ? [remarks] : []).map(entry('outcome')),
  ]
  return {
    resourceType: 'Bundle',
    ...(profile !== undefined && { meta: { profile: [profile] } }),
    type: 'searchset',
    ...(total !== undefined && { total }),
    ...(link.length > 0 && { link }),
    // FHIR's JSON has no empty arrays.
    ...(entries.length > 0 && { entry: entries }),
  }
}

/** The address of a search: links say what was used, with ids in place of anything that names a person. */
export function address(base: string, path: string, parameters: readonly (readonly [string, string])[]): string {
  const text = new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString()
  return `${base}/${path}${text === '' ? '' : `?${text}`}`
}
