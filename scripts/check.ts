/** `npm run check`: all that can be known about the code without running it. `npm run check -- borders lint` runs some. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { checkBorders } from './check-borders.ts'
import { checkBudgets } from './check-budgets.ts'
import { checkDataBorders } from './check-data-borders.ts'
import { checkHabits } from './check-habits.ts'
import { checkLinks } from './check-links.ts'
import { checkMigrations } from './check-migrations.ts'
import { checkNames } from './check-names.ts'
import { readTree, type Finding } from './source.ts'

const major = Number(process.versions.node.split('.')[0])
if (major < 26) {
  console.error(
    `Attend needs Node 26 or later, and this is ${process.versions.node}: run "npm ci", then "npm run check".`,
  )
  process.exit(1)
}

const root = join(import.meta.dirname, '..')
process.chdir(root)

interface Check {
  readonly name: string
  run(): Promise<Finding>
}

const files = readTree(root)
const has = (pattern: RegExp) => files.filter(({ path }) => pattern.test(path)).length

/** Runs a tool of node_modules/.bin. `looked` says how many files it had before it, from its output or from ours. */
function tool(name: string, args: readonly string[], looked: (output: string) => number): () => Promise<Finding> {
  return async () => {
    const { code, output } = await run(name, args)
    const lines = output.split('\n').filter((line) => line.trim() !== '')
    return {
      looked: looked(output),
      breaches: code === 0 ? [] : lines.length > 0 ? lines : [`${name} ended with ${code}`],
    }
  }
}

function run(name: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    // Knip reads the Vite configuration, whose plugin advertises.
    const env = { ...process.env, LINGUI_SUPPRESS_BABEL_WARNING: '1' }
    const child = spawn(`node_modules/.bin/${name}`, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

interface LintReport {
  readonly number_of_files: number
  readonly diagnostics: readonly {
    filename: string
    message: string
    code?: string
    labels: readonly { span: { line: number } }[]
  }[]
}

async function lint(): Promise<Finding> {
  const { code, output } = await run('oxlint', ['--type-aware', '--deny-warnings', '--format', 'json'])
  if (!output.startsWith('{')) return { looked: 0, breaches: [output.trim()] }
  const { number_of_files, diagnostics } = JSON.parse(output) as LintReport
  const breaches = diagnostics.map(
    (one) => `${one.filename}:${one.labels[0]?.span.line ?? 1}: ${one.message} ${one.code ?? ''}`,
  )
  return {
    looked: number_of_files,
    breaches: breaches.length > 0 || code === 0 ? breaches : [`oxlint ended with ${code}`],
  }
}

const types = (project: string, sources: RegExp) =>
  tool('tsc', ['--noEmit', '--pretty', 'false', '-p', project], () => has(sources))
const own = (name: string, check: (all: typeof files) => Finding): Check => ({ name, run: async () => check(files) })

const checks: readonly Check[] = [
  { name: 'types', run: types('tsconfig.json', /^(server|scripts|bench|demo)\/.*\.ts$/) },
  { name: 'types-web', run: types('web/tsconfig.json', /^web\/src\/.*\.tsx?$/) },
  { name: 'types-test', run: types('test/tsconfig.json', /^(test|web\/src)\/.*\.test\.ts$/) },
  { name: 'lint', run: lint },
  { name: 'format', run: tool('prettier', ['--check', '--log-level', 'warn', '.'], () => has(/\.tsx?$/)) },
  { name: 'unused', run: tool('knip', ['--no-progress', '--no-config-hints'], () => has(/\.tsx?$/)) },
  own('borders', checkBorders),
  own('data-borders', checkDataBorders),
  own('migrations', checkMigrations),
  own('budgets', checkBudgets),
  own('names', checkNames),
  own('habits', checkHabits),
  own('links', checkLinks),
]

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !checks.some((check) => check.name === name))
if (unknown.length > 0 || !existsSync('node_modules/.bin')) {
  console.error(unknown.length > 0 ? `There is no check ${unknown.join(', ')}.` : 'Run "npm ci" first.')
  process.exit(1)
}

/** Reasons a check prints before it says how many more there are. */
const mostShown = 60
const waiting = checks.filter((check) => asked.length === 0 || asked.includes(check.name))
let passed = 0
let failed = 0

async function work() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const { looked, breaches, note } = await check
      .run()
      .catch((error: unknown): Finding => ({ looked: 1, breaches: [String(error)] }))
    const reasons = looked === 0 ? ['looked at nothing, so it has checked nothing', ...breaches] : breaches
    if (reasons.length === 0) passed++
    else failed++
    const shown =
      reasons.length > mostShown ? [...reasons.slice(0, mostShown), `and ${reasons.length - mostShown} more`] : reasons
    const verdict = reasons.length === 0 ? 'ok' : 'FAILED'
    console.log(
      [`${check.name}: ${verdict}${note ? ` (${note})` : ''}`, ...shown.map((reason) => `  ${reason}`)].join('\n'),
    )
  }
}

await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, work))
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
