/** Which new time fits a displaced visit best. Pure: minutes since 1970. */

export interface Candidate {
  offeringId: string
  practitionerId: string
  locationId: string
  bufferBefore: number
  minutes: number
  bufferAfter: number
  /** In order. */
  starts: readonly number[]
}

export interface Displaced {
  practitionerId: string
  locationId: string
  start: number
}

export interface Time {
  offeringId: string
  start: number
}

export interface Busy {
  practitionerId: string
  start: number
  end: number
}

const soon = 14 * 1440

/** The time a candidate's visit takes, with its buffers. */
export const spanOf = ({ practitionerId, bufferBefore, minutes, bufferAfter }: Candidate, start: number): Busy => ({
  practitionerId,
  start: start - bufferBefore,
  end: start + minutes + bufferAfter,
})

/**
 * The best times first, never before the visit would have been: one's own clinician within two weeks; else another at
 * the place within two weeks; else whatever comes. In each the earliest. What is promised to others already is no time.
 */
export function bestTimes(
  visit: Displaced,
  candidates: readonly Candidate[],
  promised: readonly Busy[],
  most = 1,
): Time[] {
  const rank = (candidate: Candidate, start: number) =>
    (start - visit.start > soon ? 2 : 0) + (candidate.practitionerId === visit.practitionerId ? 0 : 1)
  const found = candidates.flatMap((candidate) => {
    const theirs = promised.filter(({ practitionerId }) => practitionerId === candidate.practitionerId)
    const isFree = (start: number) => {
      const span = spanOf(candidate, start)
      return !theirs.some((busy) => busy.start < span.end && busy.end > span.start)
    }
    const free: { rank: number; away: number; time: Time }[] = []
    for (const start of candidate.starts) {
      if (free.length >= most * 2) break
      if (start < visit.start || !isFree(start)) continue
      const away = candidate.locationId === visit.locationId ? 0 : 1
      free.push({ rank: rank(candidate, start), away, time: { offeringId: candidate.offeringId, start } })
    }
    return free
  })
  return found
    .sort((a, b) => a.rank - b.rank || a.away - b.away || a.time.start - b.time.start)
    .slice(0, most)
    .map(({ time }) => time)
}
