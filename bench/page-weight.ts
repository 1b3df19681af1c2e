/** What a patient's first page costs on the wire, script and style, as the real server sends it compressed. */
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { buildWeb } from '../web/build.ts'
import { webFolder } from '../server/platform/pages.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { openStage } from './stage.ts'

const figure = figures('page-weight')
const manifestFile = join(webFolder, '.vite/manifest.json')

/** The screens of the map; what they load later is not a first page. */
const screenFile = /^src\/scheduling\/(find\/(home|results|clinician)|book\/book|visit\/visit)\.tsx$/

interface Piece {
  file: string
  imports?: string[]
  css?: string[]
}

export async function run({ note }: Bench): Promise<Measured[]> {
  if (!existsSync(manifestFile)) await buildWeb()
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, Piece>
  const screens = Object.keys(manifest).filter((name) => screenFile.test(name))
  if (screens.length !== 5) throw new Error('the build has not the five patient pages')
  await using stage = await openStage()
  const app = await stage.app([], { withPages: true })
  const sent = new Map<string, number>()
  const kilobytes = async (files: Iterable<string>) => {
    let bytes = 0
    for (const file of files) {
      const known = sent.get(file) ?? (await bytesSent(app.port, file))
      sent.set(file, known)
      bytes += known
    }
    return bytes / 1000
  }
  const measured: Measured[] = []
  for (const screen of screens) {
    // The larger of the two languages counts; each visitor loads one.
    const words = ['src/lang/es.po', ...(/\/(book|visit)\//.test(screen) ? ['src/lang/booking/es.po'] : [])]
    const pieces = [...reach(manifest, ['index.html', 'src/app.tsx', ...words, screen])].flatMap(
      (name) => manifest[name] ?? [],
    )
    const scripts = new Set(pieces.map(({ file }) => file).filter((file) => file.endsWith('.js')))
    const name = screen.replace(/^src\/scheduling\/|\.tsx$/g, '')
    measured.push(
      figure(`script, ${name}`, await kilobytes(scripts), 'kB', {
        n: scripts.size,
        goal: { of: 'value', atMost: 140 },
      }),
      figure(`style, ${name}`, await kilobytes(new Set(pieces.flatMap(({ css = [] }) => css))), 'kB', { n: 1 }),
    )
  }
  note(`page-weight: ${screens.length} patient pages, as sent with brotli`)
  return measured
}

/** Pieces and all that they need before they can run. */
function reach(manifest: Record<string, Piece>, names: readonly string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    if (seen.has(name) || !manifest[name]) continue
    seen.add(name)
    reach(manifest, manifest[name].imports ?? [], seen)
  }
  return seen
}

/** Bytes of the body on the wire, still compressed. */
async function bytesSent(port: number, file: string): Promise<number> {
  const request = get({ host: '127.0.0.1', port, path: `/${file}`, headers: { 'accept-encoding': 'br' } })
  const [reply] = (await once(request, 'response')) as [IncomingMessage]
  let bytes = 0
  for await (const chunk of reply) bytes += (chunk as Buffer).length
  if (reply.statusCode !== 200 || reply.headers['content-encoding'] !== 'br')
    throw new Error(`${file} was sent ${reply.statusCode}, ${reply.headers['content-encoding']}`)
  return bytes
}
