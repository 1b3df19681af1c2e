// Starts the product as a new user does, and does to it what happens to servers.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { findRunningPostgres } from '../../server/platform/embedded.ts'

const main = join(import.meta.dirname, '../../server/main.ts')
const cli = join(import.meta.dirname, '../../server/cli.ts')

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : 0
}

/** One server process on this data; `said` is all that it printed. */
function start(dataDir: string, port: number) {
  const env = { ...process.env, ATTEND_DATA: dataDir, PORT: String(port), LOG_LEVEL: 'warn' }
  const server = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()))
  const gone = once(server, 'exit').then(([code]) => code as number | null)
  return {
    gone,
    said: () => said,
    kill: (signal: NodeJS.Signals) => server.kill(signal),
    async ready() {
      for (let tries = 0; tries < 600; tries++) {
        const reply = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
        if (reply?.ok) return
        if (server.exitCode !== null) break
        await pause(100)
      }
      assert.fail(`the server did not come up: ${said}`)
    },
  }
}

test('a clinic starts, is refused a second start, is killed, starts again with its data, and stops in order', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'attend-start-'))
  chmodSync(dataDir, 0o755)
  t.after(() => rmSync(dataDir, { recursive: true, force: true }))
  const port = await freePort()
  const ask = async (path: string) =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).json() as Promise<Record<string, unknown>>

  const first = start(dataDir, port)
  await first.ready()
  assert.match(first.said(), /Attend is open at http/)
  assert.equal((await ask('/api/people/clinic'))['name'], 'River Valley Health')
  const care = (await ask('/api/scheduling/care?q=heart%20doctor')) as { results: { openings: string[] }[] }
  assert.ok(care.results.length > 0 && care.results.every(({ openings }) => openings.length > 0), 'a living clinic')

  const second = start(dataDir, await freePort())
  assert.equal(await second.gone, 1)
  assert.match(second.said(), /already being run by Attend process \d+/)
  assert.equal(second.said().trim().split('\n').length, 1, 'one clear sentence')

  const env = { ...process.env, ATTEND_DATA: dataDir }
  const command = spawn(process.execPath, [cli, 'client', 'create'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  command.stderr.on('data', (bytes: Buffer) => (complaint += bytes.toString()))
  assert.deepEqual(await once(command, 'exit'), [1, null], 'a command that fails ends')
  assert.equal(complaint, 'Give the program a name: --name X.\n')

  first.kill('SIGKILL')
  await first.gone
  const again = start(dataDir, port)
  await again.ready()
  assert.equal((await ask('/api/people/clinic'))['name'], 'River Valley Health')
  assert.doesNotMatch(again.said(), /Loading the demo/)

  again.kill('SIGTERM')
  assert.equal(await again.gone, 0)
  assert.equal(await findRunningPostgres(join(dataDir, 'postgres')), undefined, 'no database is left behind')
})
