/** `attend practice …`: a copy of the system to practise on, with a clock that is moved. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { organization } from '../../demo/data/clinic.ts'
import { clockOf } from '../platform/clock.ts'
import { readPracticeConfig } from '../platform/config.ts'
import { findRunningPostgres } from '../platform/embedded.ts'

export const practiceHelp = `
  practice                       starts a copy with synthetic patients, beside the real one, that messages nobody  [--fresh] begins again
  practice set <time>            its clock, from now on: 2027-01-04T09:00 on the clinic’s wall, or with an offset
  practice advance <length>      moves its clock forward: 30m, 4h, 7d, 2w`

export const practiceOptions = { fresh: { type: 'boolean', default: false } } as const

/** One command about the practice copy; gives the line to say. `undefined` starts it. Throws an error fit to print. */
export async function practise([word, value = '']: string[], { fresh }: { fresh: boolean }) {
  const config = readPracticeConfig()
  if (word === undefined) {
    if (fresh) await beginAgain(config.dataDir)
    process.argv.push('--practice')
    await import('../main.ts')
    return undefined
  }
  mkdirSync(config.dataDir, { recursive: true })
  const { now, practice } = clockOf(config)
  const to = word === 'set' ? moment(value) : word === 'advance' ? now().add(lengthOf(value)) : undefined
  if (!to) throw new Error('Say: practice, practice set <time>, or practice advance <length>.')
  practice?.moveTo(to)
  return `In the practice copy it is ${now().toZonedDateTimeISO(organization.zone).toString({ smallestUnit: 'minute' })}.`
}

async function beginAgain(dataDir: string) {
  if (await findRunningPostgres(join(dataDir, 'postgres')))
    throw new Error('The practice copy is running: stop it first.')
  rmSync(dataDir, { recursive: true, force: true })
}

function moment(text: string): Temporal.Instant {
  try {
    return /(Z|[+-]\d\d:?\d\d)$/.test(text)
      ? Temporal.Instant.from(text)
      : Temporal.PlainDateTime.from(text).toZonedDateTime(organization.zone).toInstant()
  } catch {
    throw new Error('Give a time such as 2027-01-04T09:00.')
  }
}

/** Of an instant: a day has 24 hours. */
function lengthOf(text: string): Temporal.DurationLike {
  const [, count, unit] = /^(\d{1,5})([mhdw])$/.exec(text) ?? []
  const minutes = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 }[unit ?? '']
  if (!minutes) throw new Error('Give a length such as 30m, 4h, 7d or 2w.')
  return { minutes: Number(count) * minutes }
}
