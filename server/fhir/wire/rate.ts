/** How often one address may ask without saying who it is: a bucket an address, in this process's memory, and never many. */
import { tooMany } from '../../platform/errors.ts'

const aMinute = 60_000

/** Lets each address through `most` times a minute; then refuses with how long to wait. Knows at most `known` addresses. */
export function rateBound(most: number, known = 10_000) {
  const asked = new Map<string, { since: number; times: number }>()
  return function pass(address: string, now: Temporal.Instant) {
    const at = now.epochMilliseconds
    const mine = asked.get(address)
    if (!mine || at - mine.since >= aMinute) {
      asked.delete(address)
      // The oldest goes first: a flood of addresses takes no memory.
      const [oldest] = asked.keys()
      if (oldest !== undefined && asked.size >= known) asked.delete(oldest)
      asked.set(address, { since: at, times: 1 })
      return
    }
    if (mine.times >= most)
      throw tooMany('Too many requests. Wait a moment.', Math.ceil((aMinute - (at - mine.since)) / 1000))
    mine.times++
  }
}
