/** What the rules leave of clinicians' openings: asked by whatever computes the index anew. */
import type { Tx } from '../../platform/db.ts'
import { toMinute } from '../openings/minutes.ts'
import { decidingOn, type Rule } from './in-force.ts'
import { brokenBy, counts, isOfDays, isOfPatients, type Taken, type Visit } from './judge.ts'
import { readRulesInForce, readVisits } from './read-rules.ts'
import { dayAt, whenOn } from './when.ts'

export interface Shaped extends Omit<Visit, 'when'> {
  zone: string
  minutes: number
}

interface Span {
  firstDay: Temporal.PlainDate
  days: number
}

/** Gives those of the starts of a local date that no rule closes for everybody. */
export type Shape = (offering: Shaped, date: string, starts: number[]) => number[]

interface Asked {
  whose: readonly string[]
  now: Temporal.Instant
  /** Instead of those in force: what they would leave. */
  rules?: readonly Rule[] | undefined
}

/** Asks nothing more where there are no rules. */
export async function readShape(
  tx: Tx,
  organizationId: string,
  { whose, now, ...given }: Asked,
  span: Span,
): Promise<Shape> {
  const rules = given.rules ?? (await readRulesInForce(tx, organizationId, whose))
  if (rules.length === 0) return (_offering, _date, starts) => starts
  const at = (day: Temporal.PlainDate) => day.toZonedDateTime('UTC').toInstant()
  const around = {
    from: at(span.firstDay.subtract({ days: 8 })),
    until: at(span.firstDay.add({ days: span.days + 9 })),
  }
  const visits = rules.some(counts) ? await readVisits(tx, whose, around) : new Map<string, Taken[]>()
  return shapeBy(rules, visits, toMinute(now))
}

/** The same from what was read. */
export function shapeBy(rules: readonly Rule[], visits: ReadonlyMap<string, readonly Taken[]>, now: number): Shape {
  const none: readonly Taken[] = []
  return (offering, date, starts) => {
    if (starts.length === 0) return starts
    const deciding = decidingOn(rules, offering, date)
    // Those that need a patient close nothing for everybody, but new patients' visits and places out of the licence.
    const closing = deciding.filter(
      (rule) => !isOfPatients(rule) || offering.forPatients === 'new' || rule.kind === 'licence',
    )
    if (closing.length === 0) return starts
    const seen = { now, taken: visits.get(offering.practitionerId) ?? none }
    const local = dayAt(date, offering.zone)
    const isOpen = (by: readonly Rule[], start: number) =>
      !brokenBy(by, { ...offering, when: whenOn(local, start, offering.minutes) }, seen)
    const { ofDays = [], ofTimes = [] } = Object.groupBy(closing, (rule) => (isOfDays(rule) ? 'ofDays' : 'ofTimes'))
    const [first] = starts
    if (first === undefined || !isOpen(ofDays, first)) return []
    return ofTimes.length === 0 ? starts : starts.filter((start) => isOpen(ofTimes, start))
  }
}
