/** What the address of the desk says: which view, which day, which place, by what, narrowed to whom. */
import { given, isDay, isId, oneOf, text, type Raw } from '../../address.ts'

export interface DeskSearch {
  /** The day itself when none is said. */
  view?: 'week' | 'month'
  day?: string
  placeId?: string
  /** By clinician when none is said. */
  by?: 'room' | 'place'
  /** Of a month: one clinician, room or place. */
  of?: string
}

/** Reads the address; what does not fit is left out. */
export function deskSearch(raw: Raw): DeskSearch {
  return given({
    view: oneOf(raw, 'view', ['week', 'month']),
    day: text(raw, 'day', isDay),
    placeId: text(raw, 'placeId', isId),
    by: oneOf(raw, 'by', ['room', 'place']),
    of: text(raw, 'of', isId),
  })
}
