/** `npm run bench`: every speed we claim, measured beside this machine's own limit. `--json`, `--case NAME`, `--quick`. */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { reached, type Case, type Figure, type Goal, type Measured } from './figure.ts'
import { load } from './machine.ts'

const cases: Readonly<Record<string, () => Promise<{ run: Case }>>> = {
  booking: () => import('./booking.ts'),
  'booking-contended': () => import('./booking-contended.ts'),
  'family-storm': () => import('./family-storm.ts'),
  openings: () => import('./openings.ts'),
  'find-care': () => import('./find-care.ts'),
  'find-care-1m': () => import('./find-care-1m.ts'),
  'find-multi': () => import('./find-multi.ts'),
  'rule-change': () => import('./rule-change.ts'),
  'why-not': () => import('./why-not.ts'),
  import: () => import('./import.ts'),
  'audit-verify': () => import('./audit-verify.ts'),
  'audit-seal': () => import('./audit-seal.ts'),
  'trust-cost': () => import('./trust-cost.ts'),
  'sign-in': () => import('./sign-in.ts'),
  'page-weight': () => import('./page-weight.ts'),
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    case: { type: 'string', multiple: true },
  },
})
const names = Object.keys(cases)
const chosen = values.case ?? names
const unknown = chosen.filter((name) => !names.includes(name))
if (unknown.length > 0) throw new Error(`There is no case '${unknown.join(', ')}'. There are: ${names.join(', ')}.`)

const tell = (line: string) => void process.stderr.write(`${line}\n`)
tell(`Node ${process.version}, ${cpus().length} cores, load ${load().toFixed(1)}${values.quick ? ', quick' : ''}`)
for (const name of chosen) await runCase(name)

async function runCase(name: string) {
  const began = performance.now()
  const before = load()
  const notes: string[] = []
  try {
    const measured = await (await cases[name]?.())?.run({ quick: values.quick, note: (line) => notes.push(line) })
    if (!measured) throw new Error(`there is no case ${name}`)
    if (values.json) for (const one of measured) process.stdout.write(`${JSON.stringify(bare(one))}\n`)
    else print(measured)
  } catch (error) {
    tell(`${name} failed: ${error instanceof Error ? error.stack : String(error)}`)
    process.exitCode = 1
  }
  for (const line of notes) tell(`  ${line}`)
  tell(
    `  ${name}: ${((performance.now() - began) / 1000).toFixed(0)} s, load ${before.toFixed(1)} to ${load().toFixed(1)}\n`,
  )
}

function bare({ goal: _goal, ...figure }: Measured): Figure {
  return figure
}

function print(measured: readonly Measured[]) {
  const rows = measured.map((one) => [
    one.case,
    one.metric,
    `${one.value} ${one.unit}`,
    one.limit === null ? '' : `${one.limit} ${one.unit}`,
    one.ratio === null ? '' : String(one.ratio),
    String(one.n),
    one.goal ? wordsOf(one.goal) : '',
    verdict(reached(one)),
  ])
  const table = [['case', 'metric', 'value', 'limit here', 'ratio', 'n', 'goal', ''], ...rows]
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  for (const row of table)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    )
}

function verdict(isReached: boolean | undefined): string {
  return isReached === undefined ? '' : isReached ? 'reached' : 'SHORT'
}

function wordsOf({ of, atLeast, atMost }: Goal): string {
  const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${Number(atLeast.toFixed(2))}`
  return of === 'ratio' ? `ratio ${bound}` : bound
}
