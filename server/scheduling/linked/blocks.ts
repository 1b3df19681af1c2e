/** Where a family fits: starts of one clinician right after each other, or of several at one time. Pure: no clock, no database. */

export interface Length {
  minutes: number
  bufferBefore: number
  bufferAfter: number
  stepMinutes: number
}

/**
 * Every block of `count` starts (sorted minutes since 1970) of one clinician in which each visit begins at the first
 * moment that the one before it and the buffers leave, or less than a step later. One block a first start at the most.
 */
export function adjacentBlocks(starts: readonly number[], offering: Length, count: number): number[][] {
  const whole = offering.bufferBefore + offering.minutes + offering.bufferAfter
  const following = starts.map((start) => indexesWithin(starts, start + whole, start + whole + offering.stepMinutes))
  // How many visits in a row can begin here: from the last start back, so that each is reckoned once.
  const reach: number[] = []
  for (let at = starts.length - 1; at >= 0; at--)
    reach[at] = 1 + Math.max(0, ...(following[at] ?? []).map((next) => reach[next] ?? 0))
  return starts.flatMap((_, first) => {
    if ((reach[first] ?? 0) < count) return []
    const block = [first]
    while (block.length < count) {
      const left = count - block.length
      const next = (following[block.at(-1) ?? first] ?? []).find((one) => (reach[one] ?? 0) >= left)
      if (next === undefined) return []
      block.push(next)
    }
    return [block.map((at) => starts[at] ?? 0)]
  })
}

/** The places, in a sorted list, of what is at least `from` and less than `until`. */
function indexesWithin(starts: readonly number[], from: number, until: number): number[] {
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  const found = []
  for (let at = low; (starts[at] ?? until) < until; at++) found.push(at)
  return found
}

export interface Parallel {
  start: number
  offeringIds: string[]
}

/** Every start that at least `count` of these offerings have open, with the first `count` of them, in order of time. */
export function parallelBlocks(open: ReadonlyMap<string, readonly number[]>, count: number): Parallel[] {
  const byStart = new Map<number, string[]>()
  for (const [offeringId, starts] of open)
    for (const start of starts) byStart.set(start, [...(byStart.get(start) ?? []), offeringId])
  return [...byStart]
    .filter(([, offeringIds]) => offeringIds.length >= count)
    .sort(([one], [other]) => one - other)
    .map(([start, offeringIds]) => ({ start, offeringIds: offeringIds.slice(0, count) }))
}
