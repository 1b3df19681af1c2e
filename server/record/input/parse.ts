/** Turns one cut of a document into a resource, or into the fault that says why it is none. */
import type { Cut } from './cut.ts'
import { countKeys, findDuplicate } from './keys.ts'
import type { FhirResource } from './shape.ts'

/** Where in the input something stands. */
export interface Where {
  file: string
  /** Index in the Bundle (from 0), or the line of NDJSON (from 1; a resource alone in its file is at 1). */
  entry: number
  /** FHIR path, as far as known: 'Bundle.entry[12].resource.birthDate', 'Patient.birthDate'. */
  path?: string
  /** Bytes before it, counted after unpacking. */
  byteOffset: number
}

export type Fault =
  | 'too-large'
  | 'too-deep'
  | 'not-utf8'
  | 'not-json'
  | 'truncated'
  | 'gzip'
  | 'empty'
  | 'duplicate-key'
  | 'no-type'
  | 'no-resource'

export interface ReadEntry {
  ok: true
  where: Where
  resource: FhirResource
  /** The very text the resource came in. */
  text: string
  fullUrl?: string
  bytes: number
}

export interface FailedEntry {
  ok: false
  where: Where
  reason: string
  detail: string
  /** The text that failed, where there is one of bearable size. */
  text?: string
}

export type Entry = ReadEntry | FailedEntry

/** A fault as this reader finds it. Details never quote the input: they are shown where health data must not be. */
export interface ReadFault extends FailedEntry {
  reason: Fault
}

export const fault = (where: Where, reason: Fault, detail: string, text?: string): ReadFault => ({
  ok: false,
  where,
  reason,
  detail,
  ...(text !== undefined && { text }),
})

type Cutting = Exclude<Cut, { kind: 'fault' }>
type Parsed = { ok: true; value: Record<string, unknown>; text: string } | { ok: false; failed: ReadFault }

const fatal = new TextDecoder('utf-8', { fatal: true })
const lenient = new TextDecoder('utf-8')

/** Parses the bytes of a cut; `root` is the path of its top. */
export function parseCut(cut: Cutting, where: Where, root: string): Parsed {
  let text: string
  try {
    text = fatal.decode(cut.bytes)
  } catch {
    const byteOffset = cut.start + firstBadByte(cut.bytes)
    const detail = `byte ${byteOffset} is not UTF-8`
    return { ok: false, failed: fault({ ...where, byteOffset }, 'not-utf8', detail, lenient.decode(cut.bytes)) }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const byteOffset = cut.start + badJsonAt(error, text)
    return {
      ok: false,
      failed: fault({ ...where, byteOffset }, 'not-json', `not valid JSON at byte ${byteOffset}`, text),
    }
  }
  const found = countKeys(value) === cut.pairs ? undefined : findDuplicate(text)
  if (found) {
    const inside = root || (isObject(value) && typeof value['resourceType'] === 'string' ? value['resourceType'] : '')
    const path = [inside, found.path, found.key].filter((part) => part !== '').join('.')
    return { ok: false, failed: fault({ ...where, path }, 'duplicate-key', `duplicate key '${found.key}'`, text) }
  }
  return isObject(value)
    ? { ok: true, value, text }
    : { ok: false, failed: fault(where, 'no-resource', 'not an object', text) }
}

/** An entry of a Bundle: its resource, in the very text it came in. */
export function readEntry(cut: Cutting & { kind: 'entry' }, where: Where): Entry {
  const path = `Bundle.entry[${cut.index}]`
  const parsed = parseCut(cut, { ...where, path }, path)
  if (!parsed.ok) return parsed.failed
  const { resource, fullUrl } = parsed.value
  if (resource === undefined) return fault({ ...where, path }, 'no-resource', 'the entry has no resource', parsed.text)
  if (!isObject(resource))
    return fault({ ...where, path: `${path}.resource` }, 'no-resource', 'the resource is not an object', parsed.text)
  const [from, to] = cut.resource ?? []
  const bytes = from === undefined ? undefined : cut.bytes.subarray(from, to)
  const text = bytes ? fatal.decode(bytes) : JSON.stringify(resource)
  const at = { ...where, path: `${path}.resource`, byteOffset: cut.start + (from ?? 0) }
  return typed(resource, at, {
    text,
    bytes: bytes?.length ?? cut.bytes.length,
    ...(typeof fullUrl === 'string' && { fullUrl }),
  })
}

/** The resource of an entry or of a whole document, if it says its type. */
export function typed(
  value: Record<string, unknown>,
  where: Where,
  of: { text: string; bytes: number; fullUrl?: string },
): Entry {
  const { resourceType } = value
  if (typeof resourceType === 'string' && resourceType !== '')
    return { ok: true, where, resource: value as unknown as FhirResource, ...of }
  return fault(
    where,
    'no-type',
    resourceType === undefined ? 'resourceType is missing' : 'resourceType is not a name',
    of.text,
  )
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** V8 tells the place in its message, at times; the rest of the message quotes the input and is left out. */
function badJsonAt(error: unknown, text: string): number {
  const place = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
  return place === undefined ? 0 : Buffer.byteLength(text.slice(0, Number(place)))
}

/** Halves its way to the shortest beginning that can not be the beginning of UTF-8. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length + 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (canBegin(bytes.subarray(0, middle))) good = middle
    else bad = middle
  }
  return Math.min(good, bytes.length)
}

function canBegin(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
