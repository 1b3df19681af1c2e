/** A visit that is dragged through the day or the week: where it was let go, and which opening that means. */
import type { DragEvent } from 'react'
import type { Entry } from './lay-out.ts'

export interface Drop {
  /** In whose column or row; nobody's in a list by room or place. */
  clinicianId: string | undefined
  day: string
  /** The free time it was dropped on, and how far down. */
  free?: { from: string; until: string; near: string }
}

/** The opening nearest to where it was dropped, within that free time; none where only a day was meant. */
export function nearestTo(times: readonly string[], { free }: Drop): string | undefined {
  if (!free) return undefined
  const [from, until, near] = [free.from, free.until, free.near].map((moment) => Date.parse(moment))
  const off = (time: string) => Math.abs(Date.parse(time) - (near ?? 0))
  return times
    .filter((time) => Date.parse(time) >= (from ?? 0) && Date.parse(time) < (until ?? 0))
    .reduce<string | undefined>((best, time) => (best === undefined || off(time) < off(best) ? time : best), undefined)
}

const kind = 'text/x-visit'
/** What is dragged: other windows are told nothing but that it is a visit. */
let dragged: Entry | undefined

/** For a visit that may be moved. */
export const dragOf = (entry: Entry) => ({
  draggable: true,
  onDragStart(event: DragEvent) {
    event.dataTransfer.setData(kind, '')
    event.dataTransfer.effectAllowed = 'move'
    dragged = entry
  },
  onDragEnd() {
    dragged = undefined
  },
})

/** For where a visit may be let go. */
export const dropOf = (onDrop: (entry: Entry, event: DragEvent<HTMLElement>) => void) => ({
  onDragOver(event: DragEvent) {
    if (event.dataTransfer.types.includes(kind)) event.preventDefault()
  },
  onDrop(event: DragEvent<HTMLElement>) {
    if (!dragged) return
    event.preventDefault()
    onDrop(dragged, event)
    dragged = undefined
  },
})
