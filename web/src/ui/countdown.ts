/** How much of a kept time is left, and when to say so aloud. */

/** Whole seconds from `now` (ms since 1970) until an ISO instant; never below 0. */
export function secondsLeft(until: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(until) - now) / 1000))
}

const marks = [120, 60, 30, 0]

/** The mark (in seconds left) passed between two looks at the clock, if any: the lowest, after a long sleep. */
export function markPassed(before: number, now: number): number | undefined {
  return marks.findLast((mark) => before > mark && now <= mark)
}

/** '4:05' */
export function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
