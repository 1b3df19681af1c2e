/**
 * Decides whether a visit is against a rule: the one place. What leaves a time out of the openings, what refuses a booking
 * and what says why all ask here, so that they name the same rule. Pure: no clock, no database.
 */
import type { RuleKind, SettingsOf } from './contract.ts'
import type { Offered, Rule } from './in-force.ts'

/** What is booked, with all that a rule may look at. */
export interface Visit extends Offered {
  mode: 'in_person' | 'video'
  forPatients: 'any' | 'new' | 'established'
  /** Of the place. */
  state: string | null
  when: When
}

type Range = readonly [from: number, until: number]

/** Minutes since 1970, the end excluded; `…Wall` are minutes since local midnight. */
export interface When {
  start: number
  end: number
  fromWall: number
  untilWall: number
  date: string
  /** ISO 8601: Monday is 1. */
  weekday: number
  /** The local day, and the local week from Monday on. */
  day: Range
  week: () => Range
}

/** A visit or a hold of the same clinician. */
export interface Taken {
  start: number
  end: number
  visitTypeId: string
  isNew: boolean
}

export interface Seen {
  /** Minutes since 1970. */
  now: number
  /** All others of the clinician in the week around, without the one that is judged. */
  taken: readonly Taken[]
}

export interface Patient {
  /** In whole years on the day of the visit; null when nobody knows: then ages are the front desk's. */
  age: number | null
  isNew: boolean
  /** Where they live; null when nobody knows: then the place's counts. */
  state: string | null
  cleared: readonly SettingsOf['referral']['needs'][]
}

type Judge<K extends RuleKind> = (
  settings: SettingsOf[K],
  visit: Visit,
  at: { rule: Rule; seen: Seen; patient?: Patient },
) => boolean

/** True when the rule refuses. Without a patient, only what holds for everybody. In the order in which they are asked. */
const judges: { [K in RuleKind]: Judge<K> } = {
  holidays: ({ days }, { when }) => days.some(({ on }) => on === when.date),
  alternate_weeks: ({ anchorOn, everyWeeks }, { when }) => isOffWeek(anchorOn, everyWeeks, when.date),
  reserved_time: ({ forVisitTypeId, blocks, releaseHours }, { visitTypeId, when }, { seen }) =>
    visitTypeId !== forVisitTypeId &&
    blocks.some(
      ({ weekday, fromMinute, untilMinute }) =>
        weekday === when.weekday &&
        when.fromWall < untilMinute &&
        when.untilWall > fromMinute &&
        seen.now < releasedAt(when.day[0], fromMinute, releaseHours),
    ),
  daily_cap: ({ visits }, { when }, { rule, seen }) => counted(rule, seen, when.day).length >= visits,
  pair_buffer: ({ firstVisitTypeId, thenVisitTypeId, minutes }, { visitTypeId, when }, { seen }) =>
    seen.taken.some(
      (other) =>
        (other.visitTypeId === firstVisitTypeId &&
          visitTypeId === thenVisitTypeId &&
          isWithin(when.start - other.end, minutes)) ||
        (visitTypeId === firstVisitTypeId &&
          other.visitTypeId === thenVisitTypeId &&
          isWithin(other.start - when.end, minutes)),
    ),
  new_patient_quota: ({ visits, per }, { forPatients, when }, { rule, seen, patient }) =>
    (patient?.isNew === true || forPatients === 'new') &&
    counted(rule, seen, per === 'day' ? when.day : when.week()).filter(({ isNew }) => isNew).length >= visits,
  licence: ({ states }, { mode, state }, { patient }) => {
    if (mode === 'video' && !patient) return false
    const there = (mode === 'video' ? patient?.state : undefined) ?? state
    return there !== null && !states.includes(there)
  },
  ages: ({ minYears, maxYears }, _, { patient }) => {
    const age = patient?.age ?? null
    return age !== null && (age < minYears || age > maxYears)
  },
  referral: ({ needs }, _, { patient }) => patient !== undefined && !patient.cleared.includes(needs),
}

const inOrder = Object.keys(judges) as RuleKind[]

/** The first of these rules that the visit is against; undefined when none is. */
export function brokenBy(rules: readonly Rule[], visit: Visit, seen: Seen, patient?: Patient): Rule | undefined {
  const at = { seen, ...(patient && { patient }) }
  if (rules.length === 0) return undefined
  return rules
    .toSorted((a, b) => inOrder.indexOf(a.kind) - inOrder.indexOf(b.kind))
    .find((rule) => rule.settings !== null && refuses(rule.kind, rule, visit, at))
}

function refuses<K extends RuleKind>(
  kind: K,
  rule: Rule,
  visit: Visit,
  at: { seen: Seen; patient?: Patient },
): boolean {
  const judge: Judge<K> = judges[kind]
  return judge(rule.settings as SettingsOf[K], visit, { rule, ...at })
}

/** Rules that look at the clinician's other visits. */
export const counts = ({ kind }: Pick<Rule, 'kind'>) =>
  kind === 'daily_cap' || kind === 'pair_buffer' || kind === 'new_patient_quota'

/** Rules that look at the date alone: what they say of one start of a day holds for all. */
export const isOfDays = ({ kind }: Pick<Rule, 'kind'>) => kind === 'holidays' || kind === 'alternate_weeks'

/** Rules that look at the patient: they leave no opening out, but for what holds for everybody. */
export const isOfPatients = ({ kind }: Pick<Rule, 'kind'>) =>
  kind === 'ages' || kind === 'referral' || kind === 'licence' || kind === 'new_patient_quota'

/** When a block of a local day, given by its first minute, is opened to all: minutes since 1970. */
export const releasedAt = (dayStart: number, fromMinute: number, releaseHours: number) =>
  dayStart + fromMinute - releaseHours * 60

/** Whether a day lies in a week between those that are open. */
export const isOffWeek = (anchorOn: string, everyWeeks: number, day: string) =>
  (weekOf(day) - weekOf(anchorOn)) % everyWeeks !== 0

function counted({ visitTypeId }: Rule, { taken }: Seen, [from, until]: Range): Taken[] {
  return taken.filter(
    (other) =>
      other.start >= from && other.start < until && (visitTypeId === null || other.visitTypeId === visitTypeId),
  )
}

const isWithin = (gap: number, minutes: number) => gap >= 0 && gap < minutes

const aMonday = Temporal.PlainDate.from('1970-01-05')
const weeks = new Map<string, number>()

/** Weeks since 1970, from Mondays on; days are asked for again and again, and found once. */
function weekOf(day: string): number {
  const known = weeks.get(day)
  if (known !== undefined) return known
  if (weeks.size > 5000) weeks.clear()
  const week = Math.floor(aMonday.until(Temporal.PlainDate.from(day)).days / 7)
  weeks.set(day, week)
  return week
}
