/** `attend hours …`: the weekly hours of many clinicians at once. */
import { readFileSync } from 'node:fs'
import { system } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { importHours } from '../scheduling/index.ts'

export const hoursHelp = `
  hours import <file.csv>        weekly hours: clinician (NPI), place, weekday, from, until, valid_from, valid_until
                                 adds what is new and names broken lines       --organization demo [--whole: all or nothing]`

export const hoursOptions = { whole: { type: 'boolean', default: false } } as const

interface HoursWords {
  readonly whole: boolean
  readonly onProgress: (done: number, of: number) => void
}

/** Gives what to show, and whether every line is in. Throws with a sentence when the file cannot be read. */
export async function importHoursFile(
  context: Context,
  organizationId: string,
  path: string | undefined,
  words: HoursWords,
): Promise<{ lines: string[]; isWhole: boolean }> {
  if (path === undefined) throw new Error('Say which file: hours import <file.csv>.')
  const text = readFileSync(path, 'utf8')
  const { added, unchanged, broken } = await importHours(context, system(organizationId, 'command-line'), text, words)
  const isKept = words.whole && broken.length > 0
  const result = isKept ? 'Nothing was taken in' : `${added} added, ${unchanged} as they were`
  return {
    lines: [
      ...broken.map(({ line, reason }) => `line ${line}: ${reason}`),
      broken.length === 0
        ? `${result}.`
        : `${result}; ${broken.length === 1 ? '1 line is' : `${broken.length} lines are`} broken.`,
    ],
    isWhole: broken.length === 0,
  }
}
