/** When all that a visit needs beside its clinician is free: any room that will do, any device, an interpreter. Pure. */
import type { LocalDays } from '../openings/local-days.ts'
import { merged, startsOnDays, type Busy, type Calendar, type OfferingRule, type Range } from '../openings/openings.ts'

export type ResourceKind = 'room' | 'device' | 'interpreter'
export type Modality = 'in_person' | 'video' | 'phone'

export interface Resource {
  id: string
  kind: ResourceKind
  name: string
  /** Null: serves every place. */
  locationId: string | null
  features: readonly string[]
  modality: Modality | null
  calendar: Calendar
  busy: readonly Busy[]
}

/** One of this kind with all of these features. A visit has one need of a kind at the most. */
export interface Need {
  kind: ResourceKind
  features: readonly string[]
  /** Of an interpreter: only so; without it any way will do. */
  modality?: Modality | undefined
}

/** Gives the local days of a zone; the caller finds them once. */
export type DaysOf = (zone: string) => LocalDays

/** The order in which things are taken, and so waited for, everywhere. */
const kinds: readonly ResourceKind[] = ['room', 'device', 'interpreter']
const nearness: readonly (Modality | null)[] = ['in_person', 'video', 'phone', null]

/**
 * Those that meet a need at a place, the best first: an interpreter who is in the room before one by video or phone, what is
 * good for little else before what others may want, then by name.
 */
export function membersOf(resources: readonly Resource[], need: Need, locationId: string): Resource[] {
  return resources
    .filter(
      (one) =>
        one.kind === need.kind &&
        (one.locationId === null || one.locationId === locationId) &&
        need.features.every((feature) => one.features.includes(feature)) &&
        (need.modality === undefined || one.modality === need.modality),
    )
    .sort(
      (a, b) =>
        nearness.indexOf(a.modality) - nearness.indexOf(b.modality) ||
        a.features.length - b.features.length ||
        (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
    )
}

export const inOrder = (needs: readonly Need[]) =>
  needs.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))

interface Asked {
  needs: readonly Need[]
  locationId: string
  offering: OfferingRule
  daysOf: DaysOf
}

/** When a visit may start so that each need has somebody or something free for the whole of it. In order. */
export function startsForNeeds(
  resources: readonly Resource[],
  { needs, locationId, offering, daysOf }: Asked,
): Range[] {
  const ofNeeds = needs.map((need) =>
    merged(
      membersOf(resources, need, locationId).flatMap(({ calendar, busy }) =>
        startsOnDays(calendar, busy, offering, daysOf(calendar.zone)),
      ),
    ),
  )
  const [first = [], ...others] = ofNeeds
  return others.reduce(inBoth, first)
}

/** For each need the best that is free for a visit at `start`; undefined when one has none. */
export function chooseFor(
  resources: readonly Resource[],
  { start, ...asked }: Asked & { start: number },
): Resource[] | undefined {
  const chosen = inOrder(asked.needs).map((need) =>
    membersOf(resources, need, asked.locationId).find(({ calendar, busy }) =>
      isIn(startsOnDays(calendar, busy, asked.offering, asked.daysOf(calendar.zone)), start),
    ),
  )
  return chosen.every((one) => one !== undefined) ? chosen : undefined
}

/** Both lists in order and apart from each other; so is what is in both. */
export function inBoth(one: readonly Range[], other: readonly Range[]): Range[] {
  const both: Range[] = []
  for (let [i, j] = [0, 0]; i < one.length && j < other.length;) {
    const [a, b] = [one[i], other[j]]
    if (!a || !b) break
    const [start, end] = [Math.max(a[0], b[0]), Math.min(a[1], b[1])]
    if (start < end) both.push([start, end])
    if (a[1] < b[1]) i++
    else j++
  }
  return both
}

/** The starts (in order) that lie in one of the ranges (in order, apart). */
export function startsIn(starts: readonly number[], ranges: readonly Range[]): number[] {
  const kept: number[] = []
  let next = 0
  for (const start of starts) {
    while (next < ranges.length && (ranges[next]?.[1] ?? 0) <= start) next++
    const range = ranges[next]
    if (!range) break
    if (range[0] <= start) kept.push(start)
  }
  return kept
}

const isIn = (ranges: readonly Range[], start: number) => startsIn([start], ranges).length > 0
