/** The same server on Windows, where it must be started and stopped by pg_ctl: there are no signals, nor root to refuse. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { programIn } from './embedded-binaries.ts'
import type { Cluster } from './embedded-cluster.ts'
import { CannotStartPostgres } from './embedded-fault.ts'
import type { Server } from './embedded-process.ts'

const run = promisify(execFile)

/**
 * Starts the server of `cluster` with these `-c` arguments, whose values hold neither spaces nor quotes.
 * Its end is not watched: a server that dies is started again by the next start of Attend.
 * @throws CannotStartPostgres
 */
export async function launchOnWindows(cluster: Cluster, settings: string[]): Promise<Server> {
  const control = programIn(cluster.binaries, 'pg_ctl')
  const stop = async () => void (await run(control, ['stop', '-D', cluster.data, '-m', 'fast', '-w']))
  // Nothing to stop is the common case, and pg_ctl calls that a failure.
  await stop().catch(() => undefined)
  const options = ['start', '-D', cluster.data, '-w', '-t', '600', '-l', cluster.log, '-o', settings.join(' ')]
  // The server inherits pg_ctl's output handles, so waiting for a pipe of it to close would wait for ever.
  const [code] = (await once(spawn(control, options, { stdio: 'ignore' }), 'exit')) as [number | null]
  if (code !== 0) throw new CannotStartPostgres(`PostgreSQL did not start: its log is ${cluster.log}.`)
  return { ended: new Promise(() => undefined), stop }
}
