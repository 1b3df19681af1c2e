/** The times that the API offers instead of one that is gone. */
import { Refused } from '../../call.ts'

/** ISO instants, perhaps none; undefined when the refusal is about something else. */
export function nextOpenings(error: unknown): string[] | undefined {
  if (!(error instanceof Refused) || error.code !== 'slot_taken') return undefined
  const { openings } = error.extra
  return Array.isArray(openings) ? openings.filter((one) => typeof one === 'string') : []
}
