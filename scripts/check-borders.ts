/** Imports look back along the journey, never ahead, and reach another slice only through its door. */
import { isAhead, journey } from './journey.ts'
import { importsOf, type Import } from './imports.ts'
import { isCode, isTest, type Finding, type SourceFile } from './source.ts'

/** Wire things together or stand outside the product, so they may use the door of any slice. */
const overseers = new Set(['app', 'main', 'cli', 'testing', 'tests', 'test', 'bench', 'demo', 'scripts'])
/** Folders and files that only these may import. */
const reservedFor: Record<string, ReadonlySet<string>> = {
  testing: new Set(['testing', 'tests', 'test', 'bench']),
  tests: new Set(),
  app: new Set(['app', 'main', 'cli', 'testing', 'tests', 'test', 'bench', 'scripts']),
  main: new Set(['main', 'cli', 'tests', 'test', 'bench']),
  cli: new Set(['cli', 'tests', 'test', 'bench']),
  demo: new Set(['demo', 'main', 'cli', 'tests', 'test', 'bench']),
  web: new Set(['web', 'test']),
  build: new Set(['build', 'main', 'cli', 'tests', 'test', 'bench']),
  test: new Set(['test']),
  bench: new Set(['bench']),
  scripts: new Set(['scripts']),
}
const doors = ['index.ts', 'tables.ts', 'contract.ts']
/** Packages that run in a browser as they do here: all that a contract may stand on. */
const shared = /^typebox(\/|$)/

/** Checks every import of the project's own code. */
export function checkBorders(files: readonly SourceFile[]): Finding {
  const imports = files.filter(({ path }) => isCode(path)).flatMap(importsOf)
  const breaches = imports.flatMap((one) => {
    const why = breachOf(one)
    return why ? [`${one.place}: imports ${one.to ?? 'a computed path'}: ${why}`] : []
  })
  return { looked: imports.filter((one) => one.isOurs).length, breaches: [...breaches, ...heavyContracts(imports)] }
}

function breachOf({ from, to, isOurs }: Import): string | undefined {
  const here = homeOf(from)
  if (to === null) return here === 'scripts' || here === 'web' || isTest(from) ? undefined : 'a border nobody can check'
  if (!isOurs) return here === 'web' && !isTest(from) && to.startsWith('node:') ? 'a browser has no Node' : undefined
  if (to.startsWith('..')) return 'outside the project'
  const there = homeOf(to)
  if (there === here) return undefined
  if (here === 'web') return ofWeb(to)
  if (isTest(from) && there === 'testing') return undefined
  const only = reservedFor[there]
  if (only) return only.has(here) ? undefined : `${there} is not for ${here}`
  if (!journey.includes(there)) return `${there} is not a slice of the journey (scripts/journey.ts)`
  if (journey.includes(here) && isAhead(there, here))
    return `${there} comes after ${here} on the journey; announce a fact instead`
  if (!journey.includes(here) && !overseers.has(here))
    return `${here} is not a slice of the journey (scripts/journey.ts)`
  if (there === 'platform' || doors.some((door) => to === `server/${there}/${door}`)) return undefined
  return `past the door of ${there}: import server/${there}/index.ts or tables.ts`
}

function ofWeb(to: string): string | undefined {
  if (to === 'server/platform/endpoint.ts' || /^server\/.+\/contract\.ts$/.test(to)) return undefined
  return 'the web may know only contracts and server/platform/endpoint.ts'
}

/** The slice, overseer or part of the project a file belongs to. */
function homeOf(path: string): string {
  const [top = '', second = '', ...deeper] = path.split('/')
  // What builds the web is Node's, not the browser's: web/build.ts beside web/src/.
  if (top === 'web') return deeper.length === 0 && isCode(path) ? 'build' : 'web'
  if (top !== 'server') return top
  if (deeper.length > 0) return second
  return isTest(path) ? 'tests' : second.replace(/\.ts$/, '')
}

/** A contract travels to the browser with all it imports, so nothing on that way may need Node or the database. */
function heavyContracts(imports: readonly Import[]): string[] {
  const carried = imports.filter((one) => !one.isType)
  const heavy: string[] = []
  const seen = new Set(imports.map((one) => one.from).filter((path) => /^server\/.+\/contract\.ts$/.test(path)))
  for (const path of seen)
    for (const one of carried)
      if (one.from === path && one.to !== null) {
        if (one.isOurs) seen.add(one.to)
        else if (!shared.test(one.to))
          heavy.push(`${one.place}: imports ${one.to}, but contracts carry ${path} to the browser`)
      }
  return heavy
}
