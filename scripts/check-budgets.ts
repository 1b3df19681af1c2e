/** Files stay small enough to read in one sitting, and slices small enough to know. */
import { posix } from 'node:path'
import { journey } from './journey.ts'
import { isCode, isTest, type Finding, type SourceFile } from './source.ts'

const most = { bytes: 12_000, lines: 300, testLines: 500, doorLines: 15, readmeLines: 70, sliceFiles: 25, scripts: 8 }
/** Tables of data, not code: long because the world is. */
const dataTables = [/^server\/directory\/words(\/|[.-])/, /^web\/src\/lang\//, /^demo\/data\//]
const counted = /^(server|web|test|bench|demo|scripts)\/.*\.(tsx?|css)$/

/** Checks sizes of files, doors and slices; tells the median and the ninth decile beside their goals. */
export function checkBudgets(files: readonly SourceFile[]): Finding {
  const code = files.filter(({ path }) => counted.test(path) && !dataTables.some((table) => table.test(path)))
  const breaches = [...code.flatMap(tooLong), ...crowded(files), ...longReadmes(files), ...manyScripts(files)]
  return { looked: code.length, breaches, note: spread(code.filter(({ path }) => isCode(path) && !isTest(path))) }
}

function tooLong({ path, text }: SourceFile): string[] {
  const [lines, bytes] = [linesOf(text), Buffer.byteLength(text)]
  const isDoor = /^server\/\w+\/index\.ts$/.test(path)
  if (isDoor && lines > most.doorLines) return [`${path}: a door of ${lines} lines; ${most.doorLines} at the most`]
  if (isTest(path))
    return lines > most.testLines ? [`${path}: ${lines} lines; a test has ${most.testLines} at the most`] : []
  if (lines > most.lines) return [`${path}: ${lines} lines; ${most.lines} at the most`]
  return bytes > most.bytes ? [`${path}: ${bytes} bytes; ${most.bytes} at the most`] : []
}

function crowded(files: readonly SourceFile[]): string[] {
  return journey.slice(1).flatMap((slice) => {
    const here = files.filter(({ path }) => posix.dirname(path) === `server/${slice}` && isCode(path) && !isTest(path))
    return here.length > most.sliceFiles
      ? [`server/${slice}: ${here.length} files; past ${most.sliceFiles} it wants sub-folders`]
      : []
  })
}

function longReadmes(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path, text }) => /^server\/\w+\/README\.md$/.test(path) && linesOf(text) > most.readmeLines)
    .map(({ path, text }) => `${path}: ${linesOf(text)} lines; a page has ${most.readmeLines}`)
}

function manyScripts(files: readonly SourceFile[]): string[] {
  const manifest = files.find(({ path }) => path === 'package.json')
  const { scripts = {} } = JSON.parse(manifest?.text ?? '{}') as { scripts?: object }
  const count = Object.keys(scripts).length
  return count > most.scripts ? [`package.json: ${count} scripts; ${most.scripts} at the most`] : []
}

function spread(code: readonly SourceFile[]): string {
  const sizes = code.map(({ text }) => Buffer.byteLength(text)).sort((a, b) => a - b)
  const at = (share: number) => ((sizes[Math.floor(sizes.length * share)] ?? 0) / 1000).toFixed(1)
  return `${sizes.length} files, p50 ${at(0.5)} kB (goal 1.5), p90 ${at(0.9)} kB (goal 6), largest ${at(0.9999)} kB`
}

const linesOf = (text: string) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
