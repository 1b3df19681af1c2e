/** A figure of a benchmark, and what a case is. */

/** A line of the report. `ratio` is what we reach of `limit`: of a rate ours / limit, of a time or size limit / ours. */
export interface Figure {
  case: string
  metric: string
  value: number
  unit: string
  /** This machine's own limit for the work, measured in the same run; null where there is none to measure. */
  limit: number | null
  ratio: number | null
  /** How many operations the value stands on. */
  n: number
}

/** What a figure must reach; only told to people, as figures of a shared machine are no test. */
export interface Goal {
  of: 'value' | 'ratio'
  atLeast?: number
  atMost?: number
}

export type Measured = Figure & { goal?: Goal }

export interface Bench {
  /** A small version that says the same with less certainty. */
  quick: boolean
  /** What a reader of the table should know besides. */
  note(line: string): void
}

export type Case = (bench: Bench) => Promise<Measured[]>

const lessIsBetter = new Set(['ms', 'µs', 's', 'MB', 'kB', '%'])

/** Makes figures of one case, each with its ratio to the limit. */
export function figures(name: string) {
  return (metric: string, value: number, unit: string, more: { n: number; limit?: number; goal?: Goal }): Measured => {
    const limit = more.limit ?? null
    const ratio =
      limit === null || limit === 0 || value === 0 ? null : lessIsBetter.has(unit) ? limit / value : value / limit
    return {
      case: name,
      metric,
      value: round(value),
      unit,
      limit: limit === null ? null : round(limit),
      ratio: ratio === null ? null : round(ratio),
      n: more.n,
      ...(more.goal && { goal: more.goal }),
    }
  }
}

/** Whether the goal is reached; undefined without a goal. */
export function reached({ value, ratio, goal }: Measured): boolean | undefined {
  if (!goal) return undefined
  const seen = goal.of === 'value' ? value : (ratio ?? Number.NaN)
  return seen >= (goal.atLeast ?? -Infinity) && seen <= (goal.atMost ?? Infinity)
}

/** Three digits that count. */
const round = (value: number) => Number(value.toPrecision(Math.abs(value) >= 1000 ? 4 : 3))
