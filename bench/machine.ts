/** What the machine says of a run: CPU time by process, load, percentiles, and rounds that take turns. */
import { readdirSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'

/** Jiffies a second, as Linux counts CPU time for programs on every platform it runs on. */
const ticksPerSecond = 100

/** The value below which `share` (0 to 1) of the values lie, by the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}

export const median = (values: readonly number[]) => percentile(values, 0.5)

/** Processes that wanted the CPU in the last minute. */
export const load = () => loadavg()[0] ?? Number.NaN

interface Usage {
  parent: number
  microseconds: number
  /** Of children that have ended and were waited for. */
  ofEnded: number
}

function usageOf(pid: number): Usage | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name may hold spaces; what follows its closing bracket is separated by one.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const ticks = (first: number) => (((fields[first] ?? 0) + (fields[first + 1] ?? 0)) * 1e6) / ticksPerSecond
    return { parent: fields[1] ?? 0, microseconds: ticks(11), ofEnded: ticks(13) }
  } catch {
    return undefined
  }
}

/** CPU microseconds a process has used; 0 where the system does not tell (only Linux does). */
export const cpuOf = (pid: number): number => usageOf(pid)?.microseconds ?? 0

/** The same for a process and all its children, ended ones included: a whole PostgreSQL by its first process. */
export function cpuWithChildren(pid: number): number {
  const own = usageOf(pid)
  if (!own) return 0
  const others = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (usageOf(Number(name)) ?? []) : []))
  return others.reduce(
    (sum, { parent, microseconds }) => (parent === pid ? sum + microseconds : sum),
    own.microseconds + own.ofEnded,
  )
}

/** Runs ours and the limit in turns, so that whatever else the machine does falls on both. */
export async function inTurns<A, B>(
  rounds: number,
  ours: (round: number) => Promise<A>,
  limit: (round: number) => Promise<B>,
) {
  const done: { ours: A[]; limit: B[] } = { ours: [], limit: [] }
  for (let round = 0; round < rounds; round++) {
    done.ours.push(await ours(round))
    done.limit.push(await limit(round))
  }
  return done
}
