/** A rule as it is typed, and what the API wants of it. */
import type { RuleKind, Settings } from '../../../../server/scheduling/rules/contract.ts'
import { wallOf } from './rule-words.ts'

export interface Block {
  weekday: string
  from: string
  until: string
}

export interface Draft {
  words: Readonly<Record<string, string>>
  blocks: readonly Block[]
}

export const emptyBlock: Block = { weekday: '1', from: '09:00', until: '12:00' }
export const emptyDraft: Draft = { words: {}, blocks: [emptyBlock] }

/** What is typed for settings that are there. */
export function draftOf(settings: Settings | null): Draft {
  if (!settings) return emptyDraft
  if ('days' in settings)
    return { ...emptyDraft, words: { days: settings.days.map(({ on, name }) => `${on} ${name}`).join('\n') } }
  if ('states' in settings) return { ...emptyDraft, words: { states: settings.states.join(', ') } }
  const blocks =
    'blocks' in settings
      ? settings.blocks.map((one) => ({
          weekday: String(one.weekday),
          from: wallOf(one.fromMinute),
          until: wallOf(one.untilMinute),
        }))
      : emptyDraft.blocks
  const words = Object.entries(settings).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [],
  )
  return { words: Object.fromEntries(words), blocks }
}

/** Undefined while something is missing or cannot be read. */
export function settingsIn(kind: RuleKind, { words, blocks }: Draft): Settings | undefined {
  const text = (name: string) => (words[name] ?? '').trim() || undefined
  const number = (name: string) => (/^\d{1,5}$/.test(text(name) ?? '') ? Number(text(name)) : undefined)
  const whole = <T extends object>(some: { [K in keyof T]: T[K] | undefined }) =>
    Object.values(some).every((value) => value !== undefined) ? (some as T) : undefined
  switch (kind) {
    case 'holidays':
      return daysIn(text('days') ?? '')
    case 'alternate_weeks':
      return whole({ anchorOn: text('anchorOn'), everyWeeks: number('everyWeeks') })
    case 'reserved_time':
      return whole({
        forVisitTypeId: text('forVisitTypeId'),
        blocks: blocksIn(blocks),
        releaseHours: number('releaseHours'),
      })
    case 'daily_cap':
      return whole({ visits: number('visits') })
    case 'pair_buffer':
      return whole({
        firstVisitTypeId: text('firstVisitTypeId'),
        thenVisitTypeId: text('thenVisitTypeId'),
        minutes: number('minutes'),
      })
    case 'new_patient_quota':
      return whole({ visits: number('visits'), per: words['per'] === 'day' ? ('day' as const) : ('week' as const) })
    case 'licence': {
      const states = (text('states') ?? '')
        .toUpperCase()
        .split(/[\s,]+/)
        .filter(Boolean)
      return states.length > 0 && states.every((one) => /^[A-Z]{2}$/.test(one)) ? { states } : undefined
    }
    case 'ages':
      return whole({ minYears: number('minYears'), maxYears: number('maxYears') })
    case 'referral':
      return { needs: words['needs'] === 'authorization' ? 'authorization' : 'referral' }
  }
}

function daysIn(text: string) {
  const lines = text.split('\n').filter((line) => line.trim())
  const days = lines.flatMap((line) => {
    const [, on, name] = /^\s*(\d{4}-\d{2}-\d{2})\s+(\S.*)$/.exec(line) ?? []
    return on && name ? [{ on, name: name.trim() }] : []
  })
  return days.length > 0 && days.length === lines.length ? { days } : undefined
}

function blocksIn(blocks: readonly Block[]) {
  const minute = (time: string) =>
    /^\d\d:\d\d$/.test(time) ? Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) : undefined
  const read = blocks.flatMap(({ weekday, from, until }) => {
    const [fromMinute, untilMinute] = [minute(from), minute(until)]
    return fromMinute === undefined || untilMinute === undefined
      ? []
      : [{ weekday: Number(weekday), fromMinute, untilMinute }]
  })
  return read.length === blocks.length && read.length > 0 ? read : undefined
}
