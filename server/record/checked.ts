/** Whether an entry can be taken in: FHIR's shape, and an id that stays the same when it comes again. Pure. */
import { sha256 } from '../platform/ids.ts'
import type { Entry, FailedEntry } from './input/index.ts'
import { checkShape } from './input/shape.ts'
import type { Incoming } from './take-in.ts'

/** The resource with an id, or what is wrong with it and where. */
export function checked(entry: Entry): { ok: true; incoming: Incoming } | { ok: false; failed: FailedEntry } {
  if (!entry.ok) return { ok: false, failed: entry }
  const fault = checkShape(entry.resource)[0]
  const { resource, text, fullUrl } = entry
  if (fault)
    return {
      ok: false,
      failed: { ok: false, where: { ...entry.where, path: fault.path }, reason: 'shape', detail: fault.reason, text },
    }
  const id = resource.id ?? fullUrl?.replace(/^urn:uuid:/, '') ?? sha256(text).toString('hex').slice(0, 32)
  return { ok: true, incoming: { resource: { ...resource, id }, text, ...(fullUrl && { fullUrl }) } }
}
