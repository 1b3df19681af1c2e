/** Plans a chain: visits of several kinds, each so long after the one before it. Pure: no clock, no database. */
import { isKept, outsideGap, type Gap, type Slot } from './slots.ts'

export interface Step {
  /** In order of time. */
  slots: readonly Slot[]
  /** To the step before; null for the first, and where only the order counts. */
  gap: Gap | null
}

/** The first step that nothing before it can reach, with what comes nearest after `before`. */
export interface BrokenStep {
  step: number
  nearest: { before: Slot; slot: Slot } | undefined
}

/**
 * Chains in which every gap is kept: for each day on which one can begin the one that begins first, each step as early as
 * the rest still fits. At most `most`.
 */
export function findChains(steps: readonly Step[], most: number): Slot[][] {
  const open = leadingOn(steps)
  const chains: Slot[][] = []
  for (const first of open[0] ?? []) {
    if (chains.length === most) break
    if (chains.at(-1)?.[0]?.day === first.day) continue
    const chain = [first]
    for (const [at, { gap }] of steps.entries()) {
      const before = chain[at - 1]
      const next = before && open[at]?.find((slot) => isKept(gap, before, slot))
      if (next) chain.push(next)
    }
    chains.push(chain)
  }
  return chains
}

/** Of each step the openings from which the steps after it can all follow. */
function leadingOn(steps: readonly Step[]): Slot[][] {
  const open: Slot[][] = []
  for (let at = steps.length - 1; at >= 0; at--) {
    const following = open[at + 1]
    const gap = steps[at + 1]?.gap ?? null
    open[at] = (steps[at]?.slots ?? []).filter(
      (slot) => following === undefined || following.some((next) => isKept(gap, slot, next)),
    )
  }
  return open
}

/** Why there is no chain; undefined when there is one. */
export function brokenStep(steps: readonly Step[]): BrokenStep | undefined {
  let reached: readonly Slot[] = steps[0]?.slots ?? []
  if (reached.length === 0) return { step: 0, nearest: undefined }
  for (const [at, { slots, gap }] of steps.entries()) {
    if (at === 0) continue
    const next = slots.filter((slot) => reached.some((before) => isKept(gap, before, slot)))
    if (next.length === 0) return { step: at, nearest: nearestOutside(reached, slots, gap) }
    reached = next
  }
  return undefined
}

function nearestOutside(reached: readonly Slot[], slots: readonly Slot[], gap: Gap | null) {
  let found: { before: Slot; slot: Slot; off: number } | undefined
  for (const before of reached)
    for (const slot of slots) {
      const off = outsideGap(gap, before, slot)
      if (off !== undefined && (!found || off < found.off)) found = { before, slot, off }
    }
  return found && { before: found.before, slot: found.slot }
}
