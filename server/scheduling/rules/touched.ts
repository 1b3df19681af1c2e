/** On which days a change of a rule can change openings: no other day is computed anew. Pure. */
import type { RuleKind, Settings, SettingsOf } from './contract.ts'
import { isOffWeek } from './judge.ts'

/** What a rule says on a day. */
export interface Saying {
  kind: RuleKind
  standing: 'holds' | 'exempt'
  version: number
  settings: Settings | null
}

type Touches = { [K in RuleKind]?: (settings: SettingsOf[K], day: string) => boolean }

/** Days that settings close, in part or whole; kinds that are not here may close any day. */
const closable: Touches = {
  holidays: ({ days }, day) => days.some(({ on }) => on === day),
  alternate_weeks: ({ anchorOn, everyWeeks }, day) => isOffWeek(anchorOn, everyWeeks, day),
  reserved_time: ({ blocks }, day) => blocks.some(({ weekday }) => weekday === Temporal.PlainDate.from(day).dayOfWeek),
}
/** They ask who the patient is, and leave every opening where it is. */
const leavesOpen: ReadonlySet<RuleKind> = new Set(['ages', 'referral'])

/** Whether openings of a day may differ between what a rule said and what it says now. */
export function touchedBy(before: Saying | undefined, after: Saying | undefined, day: string): boolean {
  const kind = (before ?? after)?.kind
  if (kind === undefined || leavesOpen.has(kind) || before?.version === after?.version) return false
  // An exemption that comes or goes lets a wider rule in or out, whose days are its own.
  if ((before && before.standing === 'exempt') || (after && after.standing === 'exempt')) return true
  // So does a rule that comes or goes where a wider one is behind it: holidays of a place hide those of the clinic.
  if (kind === 'holidays' && (!before || !after)) return true
  return mayClose(kind, before, day) || mayClose(kind, after, day)
}

function mayClose<K extends RuleKind>(kind: K, saying: Saying | undefined, day: string): boolean {
  if (!saying?.settings) return false
  const closes = closable[kind]
  return closes === undefined || closes(saying.settings as SettingsOf[K], day)
}
