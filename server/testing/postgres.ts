/** Global set-up of the test run: one throwaway PostgreSQL, one migrated template; every world is a clone of it. */
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { plan } from '../app.ts'
import { startPostgres, type RunningPostgres } from '../platform/embedded.ts'
import { migrate } from '../platform/migrate.ts'

/** Everything a test process needs to reach the server; handed on in the environment. */
export interface TestServer {
  superuser: pg.ClientConfig
  secret: string
}

export const testSecret = 'a secret that only the tests know, 0123456789'
export const templateName = 'attend_template'

/** A test loses nothing in a power cut: durability off makes every commit free. */
const fast = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
  shared_buffers: '128MB',
}

/** Bytes: the databases of a whole run at once are about a tenth of it. */
const leastRoom = 4 * 2 ** 30

let server: RunningPostgres | undefined
let dataDir: string | undefined

export async function globalSetup() {
  dataDir = mkdtempSync(join(quickFolder(), 'attend-test-'))
  server = await startPostgres({ dataDir, settings: fast })
  const superuser = server.connection('postgres', server.superuser)
  const client = new pg.Client(superuser)
  await client.connect()
  await client.query(`create database ${templateName}`)
  await client.end()
  await migrate({
    admin: server.connection(templateName, server.superuser),
    secret: testSecret,
    listeners: plan.listeners,
    throwaway: true,
  })
  // Handed on as well: each file is a process of its own, and loads much the same modules.
  process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../../node_modules/.cache/compiled')
  process.env['ATTEND_TEST_POSTGRES'] = JSON.stringify({ superuser, secret: testSecret } satisfies TestServer)
}

/** In memory where there is room: a world is a thousand small files, made and thrown away. */
function quickFolder(): string {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= leastRoom ? memory : tmpdir()
}

export async function globalTeardown() {
  await server?.stop()
  if (dataDir) rmSync(dataDir, { recursive: true, force: true })
}
