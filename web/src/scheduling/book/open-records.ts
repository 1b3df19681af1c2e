/** Whom a signed-in patient can book for without typing anything about them. */
import type { Acting } from '../../people/family/acting.ts'

export interface OpenRecord {
  patientId: string
  name: string
  /** One's own. */
  isSelf: boolean
  mayBook: boolean
}

export interface OpenRecords {
  /** Whose record is open now; undefined while it is nobody's. */
  now: OpenRecord | undefined
  all: readonly OpenRecord[]
}

/** Undefined when there is none: then details are typed, as a guest does. */
export function openRecords(acting: Acting | undefined): OpenRecords | undefined {
  if (!acting) return undefined
  const { self, people, now } = acting
  const all = [
    ...(self ? [{ ...self, isSelf: true, mayBook: true }] : []),
    ...people.map(({ patientId, name, scopes }) => ({
      patientId,
      name,
      isSelf: false,
      mayBook: scopes.includes('book'),
    })),
  ]
  if (all.length === 0) return undefined
  return { all, now: all.find(({ patientId, isSelf }) => (now === null ? isSelf : patientId === now)) }
}
