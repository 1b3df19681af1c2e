/** Where things stand on a day's page: what is in each column, in order, and how tall. Pure. */
import type { Reply } from '../../../../server/platform/endpoint.ts'
import type { readDay } from '../../../../server/scheduling/contract.ts'

export type DayView = Reply<typeof readDay>
export type Column = DayView['columns'][number]
export type Entry = Column['entries'][number]

/** One thing in a column: a visit, a block, a hold, or free time between them. Minutes count from the page's first. */
export interface Piece {
  key: string
  kind: Entry['kind'] | 'free'
  from: number
  until: number
  startsAt: string
  endsAt: string
  entry?: Entry
  /** Of a group visit: all who come, by the number of their seat. */
  group?: Entry[]
  /** Where visits stand side by side: which of how many. */
  side?: { at: number; of: number }
}

export interface Page {
  /** The first and last instant shown, whole hours, in milliseconds. */
  first: number
  last: number
  columns: { column: Column; pieces: Piece[] }[]
}

const hour = 3_600_000
const minute = 60_000
/** Free time shorter than this is nobody's. */
const leastFree = 10

/** Lays a day out between its earliest and latest open hour or entry. */
export function layOut(day: DayView): Page {
  const instants = day.columns.flatMap(({ openHours, entries }) =>
    [...openHours, ...entries.filter(({ kind }) => kind !== 'block')].flatMap(({ startsAt, endsAt }) => [
      Date.parse(startsAt),
      Date.parse(endsAt),
    ]),
  )
  const first = Math.floor(Math.min(...instants) / hour) * hour
  const last = Math.ceil(Math.max(...instants) / hour) * hour
  if (instants.length === 0) return { first: 0, last: 0, columns: [] }
  return { first, last, columns: day.columns.map((column) => ({ column, pieces: piecesOf(column, first, last) })) }
}

function piecesOf({ openHours, entries }: Column, first: number, last: number): Piece[] {
  const groups = Map.groupBy(entries, ({ session }) => session?.id)
  const taken = entries.flatMap((entry): Piece[] => {
    const group = entry.session ? groups.get(entry.session.id) : undefined
    // A session is one piece, at the entry of its first seat.
    if (group && group[0] !== entry) return []
    const [start, end] = [Math.max(Date.parse(entry.startsAt), first), Math.min(Date.parse(entry.endsAt), last)]
    return start < end
      ? [{ key: entry.id, kind: entry.kind, ...span(start, end, first), entry, ...(group && { group }) }]
      : []
  })
  const free = openHours.flatMap((open) => {
    let gaps = [{ start: Date.parse(open.startsAt), end: Date.parse(open.endsAt) }]
    for (const { startsAt, endsAt } of entries) {
      const [start, end] = [Date.parse(startsAt), Date.parse(endsAt)]
      gaps = gaps.flatMap((gap) =>
        [
          { start: gap.start, end: Math.min(gap.end, start) },
          { start: Math.max(gap.start, end), end: gap.end },
        ].filter((rest) => rest.end - rest.start >= leastFree * minute),
      )
    }
    return gaps.map((gap): Piece => ({ key: `free ${gap.start}`, kind: 'free', ...span(gap.start, gap.end, first) }))
  })
  return [...sideBySide(taken), ...free].sort(
    (a, b) => a.from - b.from || (a.side?.at ?? 0) - (b.side?.at ?? 0) || a.until - b.until,
  )
}

/** Visits that overlap share the width, those that are overbooked behind the others. */
function sideBySide(pieces: readonly Piece[]): Piece[] {
  const visits = pieces
    .filter(({ kind }) => kind === 'appointment')
    .sort((a, b) => Number(a.entry?.overbooked ?? false) - Number(b.entry?.overbooked ?? false) || a.from - b.from)
  const ats = new Map<Piece, number>()
  const besideOf = (piece: Piece) =>
    visits.filter((other) => other !== piece && other.from < piece.until && other.until > piece.from)
  for (const piece of visits) {
    const used = new Set(besideOf(piece).map((other) => ats.get(other)))
    let at = 0
    while (used.has(at)) at++
    ats.set(piece, at)
  }
  return pieces.map((piece) => {
    const others = ats.has(piece) ? besideOf(piece) : []
    if (others.length === 0) return piece
    const of = 1 + Math.max(...[piece, ...others].map((one) => ats.get(one) ?? 0))
    return { ...piece, side: { at: ats.get(piece) ?? 0, of } }
  })
}

const span = (start: number, end: number, first: number) => ({
  from: (start - first) / minute,
  until: (end - first) / minute,
  startsAt: new Date(start).toISOString(),
  endsAt: new Date(end).toISOString(),
})

/** The piece of another column that stands beside this one: the one that covers its start, else the next, else the last. */
export function beside(pieces: readonly Piece[], from: number): Piece | undefined {
  return (
    pieces.find((piece) => piece.from <= from && piece.until > from) ??
    pieces.find((piece) => piece.from >= from) ??
    pieces.at(-1)
  )
}
