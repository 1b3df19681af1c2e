/** Which rule holds where and when: versions cut into days, and the more specific rule before the wider. Pure. */
import type { RuleKind, Settings, Standing } from './contract.ts'

export interface Scope {
  locationId: string | null
  practitionerId: string | null
  visitTypeId: string | null
}

/** A rule on the days on which one of its versions holds. Days are YYYY-MM-DD, both included. */
export interface Rule extends Scope {
  ruleId: string
  version: number
  kind: RuleKind
  subject: string
  standing: 'holds' | 'exempt'
  settings: Settings | null
  fromDay: string
  untilDay: string | null
}

/** An approved version. */
export interface Approved {
  version: number
  standing: Standing
  settings: Settings | null
  fromDay: string
  untilDay: string | null
}

type Held = Omit<Approved, 'standing'> & { standing: Rule['standing'] }

/**
 * The approved versions of a rule cut into days that do not overlap, in order. On each day the newest version whose days
 * it is in holds: one that ends leaves the one before. Days of an ended version have none.
 */
export function spansOf(versions: readonly Approved[]): Held[] {
  const newestFirst = versions.toSorted((a, b) => b.version - a.version)
  const edges = [
    ...new Set(versions.flatMap(({ fromDay, untilDay }) => [fromDay, ...(untilDay ? [dayAfter(untilDay)] : [])])),
  ].sort()
  const spans: Held[] = []
  for (const [at, fromDay] of edges.entries()) {
    const next = edges[at + 1]
    const held = newestFirst.find((one) => covers(one, fromDay))
    if (!held || held.standing === 'ended') continue
    const untilDay = next === undefined ? null : dayBefore(next)
    const last = spans.at(-1)
    if (last?.version === held.version && last.untilDay !== null && dayAfter(last.untilDay) === fromDay)
      last.untilDay = untilDay
    else spans.push({ ...held, standing: held.standing, fromDay, untilDay })
  }
  return spans
}

const covers = ({ fromDay, untilDay }: Pick<Approved, 'fromDay' | 'untilDay'>, day: string) =>
  fromDay <= day && (untilDay === null || day <= untilDay)

const dayAfter = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString()
const dayBefore = (day: string) => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()

/** What is booked, as a scope sees it. */
export interface Offered {
  practitionerId: string
  locationId: string
  visitTypeId: string
}

/** A clinician before a kind of visit, that before a place, all before everywhere. */
export const weightOf = ({ practitionerId, visitTypeId, locationId }: Scope) =>
  (practitionerId === null ? 0 : 4) + (visitTypeId === null ? 0 : 2) + (locationId === null ? 0 : 1)

/** Whether a scope is about this; of what is left open in the question every scope is. */
export const isAbout = (scope: Scope, offered: Partial<Offered>) =>
  (['practitionerId', 'visitTypeId', 'locationId'] as const).every(
    (part) => scope[part] === null || scope[part] === offered[part],
  )

/** The rules about what is booked on a day: of one kind and subject the most specific first, those it wins over behind it. */
export function rulesOn(rules: readonly Rule[], offered: Partial<Offered>, day: string): Rule[][] {
  const here = rules.filter((rule) => covers(rule, day) && isAbout(rule, offered))
  const sides = Map.groupBy(here, ({ kind, subject }) => `${kind} ${subject}`)
  return [...sides.values()].map((same) => same.toSorted((a, b) => weightOf(b) - weightOf(a)))
}

/** Those of them that decide. */
export const decidingOn = (rules: readonly Rule[], offered: Offered, day: string): Rule[] =>
  rulesOn(rules, offered, day).flatMap(([first]) => (first?.standing === 'holds' ? [first] : []))

/** What tells rules of one kind apart that hold side by side. */
export function subjectOf(
  kind: RuleKind,
  settings: Settings | null,
  { visitTypeId }: Pick<Scope, 'visitTypeId'>,
): string {
  if (settings && 'firstVisitTypeId' in settings) return `${settings.firstVisitTypeId} ${settings.thenVisitTypeId}`
  if (settings && 'forVisitTypeId' in settings) return settings.forVisitTypeId
  if (settings && 'per' in settings) return `${settings.per} ${visitTypeId ?? 'all'}`
  return kind === 'daily_cap' ? (visitTypeId ?? 'all') : ''
}
