/** The place that this device works at, kept on it: no word of a patient, and nothing that leaves it. */

const kept = 'desk-place'

/** Undefined for all places, and where a browser forbids storage. */
export function ownPlace(): string | undefined {
  try {
    return localStorage.getItem(kept) ?? undefined
  } catch {
    return undefined
  }
}

/** Where storage is forbidden the choice lasts as long as the page. */
export function keepOwnPlace(placeId: string | undefined): void {
  try {
    if (placeId === undefined) localStorage.removeItem(kept)
    else localStorage.setItem(kept, placeId)
  } catch {
    return
  }
}
