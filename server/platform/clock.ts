/** The one clock of a process: the machine's, or that of a practice copy, which people move. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { invalid } from './errors.ts'

export interface Clock {
  readonly now: () => Temporal.Instant
  /** Only of a practice copy: sets the clock. Refuses `clock_backwards`, as what has passed has left its traces. */
  readonly practice?: { readonly moveTo: (to: Temporal.Instant) => void }
}

const machine = () => Temporal.Now.instant()
/** How long what the file said is believed: commands and other processes move the clock too. */
const believedMs = 250

/** The clock of this configuration. */
export function clockOf({ practice, dataDir }: { practice: boolean; dataDir: string }): Clock {
  return practice ? practiceClock(dataDir) : { now: machine }
}

/** A clock that is ahead of the machine's by what a file in the data folder says; every process of the copy reads it. */
export function practiceClock(dataDir: string): Required<Clock> {
  const file = join(dataDir, 'clock')
  let known = { ahead: 0, readAt: -Infinity }
  const now = () => {
    const at = performance.now()
    if (at - known.readAt > believedMs) known = { ahead: aheadIn(file), readAt: at }
    return machine().add({ milliseconds: known.ahead })
  }
  const moveTo = (to: Temporal.Instant) => {
    known = { ahead: aheadIn(file), readAt: performance.now() }
    if (Temporal.Instant.compare(to, now()) < 0)
      throw invalid('clock_backwards', 'The practice clock only goes forward. Begin again to go back.')
    const ahead = Math.round(to.since(machine()).total('milliseconds'))
    // Whoever reads meanwhile reads the one or the other, never a half.
    writeFileSync(`${file}.new`, String(ahead))
    renameSync(`${file}.new`, file)
    known = { ahead, readAt: performance.now() }
  }
  return { now, practice: { moveTo } }
}

function aheadIn(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
