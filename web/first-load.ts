/** Says what a patient's first page costs in scripts and styles, and fails above the budget. Run it after the build. */
import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'

/** kB (1,000 bytes) of gzipped script on the first load of any patient page. */
const budget = 140
const dist = `${import.meta.dirname}/dist`

interface Piece {
  file: string
  imports?: string[]
  css?: string[]
}

const manifest = JSON.parse(await readFile(`${dist}/.vite/manifest.json`, 'utf8')) as Record<string, Piece>

/** A piece and all that it needs before it can run. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const needed of manifest[name]?.imports ?? []) withImports(needed, seen)
  return seen
}

async function kilobytes(files: Iterable<string>): Promise<number> {
  let bytes = 0
  for (const file of files) bytes += gzipSync(await readFile(`${dist}/${file}`), { level: 9 }).length
  return bytes / 1000
}

async function cost(screen: string) {
  const first = ['index.html', 'src/app.tsx', 'src/lang/es.po', screen]
  if (/\/(book|visit)\//.test(screen)) first.push('src/lang/booking/es.po')
  const names = first.flatMap((name) => [...withImports(name)])
  const pieces = [...new Set(names)].flatMap((name) => manifest[name] ?? [])
  const scripts = await kilobytes(new Set(pieces.map((piece) => piece.file).filter((file) => file.endsWith('.js'))))
  const styles = await kilobytes(new Set(pieces.flatMap((piece) => piece.css ?? [])))
  return { screen, 'script kB gzip': Number(scripts.toFixed(1)), 'style kB gzip': Number(styles.toFixed(1)) }
}

// The screens of the map; what they load later is not a first page.
const patientScreens = Object.keys(manifest).filter((name) =>
  /^src\/scheduling\/(find\/(home|results|clinician)|book\/book|visit\/visit)\.tsx$/.test(name),
)
if (patientScreens.length !== 5)
  throw new Error('A patient screen is not in the manifest: this check has not looked at it')
const costs = await Promise.all(patientScreens.map(cost))
console.table(costs)
if (costs.some((row) => row['script kB gzip'] > budget)) {
  console.error(`A first page costs more than ${budget} kB of script`)
  process.exitCode = 1
}
