/**
 * When one of several linked visits moves: where the others go. As few move as can, then by as little as can be, and every
 * gap is kept. Pure: no clock, no database.
 */
import { isKept, type Gap, type Slot } from './slots.ts'

export interface Member {
  current: Slot
  /** Where it could go; none for a visit that has been, or may not be moved. */
  slots: readonly Slot[]
  /** To the member before. */
  gap: Gap | null
}

interface Way {
  slot: Slot
  moves: number
  minutes: number
  from: Way | undefined
}

/** The place of each member when that at `moved` goes to `to`; undefined when the others cannot follow. */
export function proposeMoves(members: readonly Member[], moved: number, to: Slot): Slot[] | undefined {
  const after = walk(to, members.slice(moved + 1), ({ gap }, before, slot) => isKept(gap, before, slot))
  const earlier = members.slice(0, moved).toReversed()
  // The gap between two is the later one's.
  const gaps = members.slice(1, moved + 1).toReversed()
  const before = walk(to, earlier, (_, later, slot, at) => isKept(gaps[at]?.gap ?? null, slot, later))
  return after && before && [...before.toReversed(), to, ...after]
}

type Follows = (member: Member, last: Slot, slot: Slot, at: number) => boolean

/** The cheapest way from a slot through all these members, each next to the one before it. */
function walk(from: Slot, members: readonly Member[], follows: Follows): Slot[] | undefined {
  let ways: Way[] = [{ slot: from, moves: 0, minutes: 0, from: undefined }]
  for (const [at, member] of members.entries()) {
    const cheapest = ways.toSorted(byCost)
    ways = [member.current, ...member.slots].flatMap((slot): Way[] => {
      const last = cheapest.find((way) => follows(member, way.slot, slot, at))
      if (!last) return []
      const isMoved = slot !== member.current
      const minutes = Math.abs(slot.start - member.current.start)
      return [{ slot, moves: last.moves + (isMoved ? 1 : 0), minutes: last.minutes + minutes, from: last }]
    })
  }
  let way = ways.toSorted(byCost)[0]
  if (!way) return undefined
  const path: Slot[] = []
  for (; way?.from; way = way.from) path.unshift(way.slot)
  return path
}

const byCost = (one: Way, other: Way) =>
  one.moves - other.moves || one.minutes - other.minutes || one.slot.start - other.slot.start
