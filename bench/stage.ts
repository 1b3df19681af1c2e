/** What a case runs on: a PostgreSQL of its own with fsync on, migrated, and the real app in a process of its own. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { plan } from '../server/app.ts'
import { system } from '../server/platform/actor.ts'
import type { Context } from '../server/platform/context.ts'
import { closePools, openPools, within, type Tx } from '../server/platform/db.ts'
import { startPostgres } from '../server/platform/embedded.ts'
import { keysFrom } from '../server/platform/ids.ts'
import { migrate, passwordOf } from '../server/platform/migrate.ts'
import { passingKeys } from '../server/platform/vault/local-keys.ts'
import { createApiClient, foundOrganization } from '../server/people/index.ts'
import type { AppSetUp, AppSays } from './app.ts'
import type { ImportSays, ImportSetUp } from './import-app.ts'
import type { LimitSays } from './limit-app.ts'
import { cpuOf, cpuWithChildren } from './machine.ts'

const secret = 'a secret that only the benchmarks know, 0123456789'
const database = 'bench'

export type Stage = Awaited<ReturnType<typeof openStage>>

/** Sets a stage; leave it with `await using`, which ends every process and removes the folder. */
export async function openStage(settings: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'attend-bench-'))
  const dataDir = join(folder, 'postgres')
  // As a site runs it, but for room for the 200 raw clients of the contended case.
  const server = await startPostgres({ dataDir, settings: { max_connections: '400', ...settings } })
  const admin = server.connection(database, server.superuser)
  await asSuperuser({ ...admin, database: 'postgres' }, (client) => client.query(`create database ${database}`))
  await migrate({ admin, secret, listeners: plan.listeners })
  const logins = (login: string) => server.connection(database, login, passwordOf(secret, login))
  const pools = openPools(logins)
  const now = () => Temporal.Now.instant()
  const config = {
    production: false,
    publicUrl: 'http://localhost:8080',
    mailFrom: 'Attend <no-reply@localhost>',
    smtpUrl: undefined,
  }
  const announce = async () => undefined
  const context: Context = { db: pools, announce, now, keys: keysFrom(secret), keyProvider: passingKeys(), config }
  const organizationId = await foundOrganization(pools, {
    slug: 'bench',
    name: 'Bench Clinic',
    phone: '+16175550100',
    email: null,
    zone: 'America/New_York',
    hostNames: [],
    cancelCutoffMinutes: 1440,
    demo: false,
  })
  const postmaster = Number(readFileSync(join(dataDir, 'cluster/postmaster.pid'), 'utf8').split('\n')[0])
  const children: ChildProcess[] = []
  const setUp: AppSetUp = { logins: { host: server.host, port: server.port, database }, secret }
  return {
    folder,
    context,
    organizationId,
    setUp,
    /** How to reach the database past row-level security. */
    superuser: admin,
    /** Touches rows as the product itself. */
    write: <T>(work: (tx: Tx) => Promise<T>) => within(pools, system(organizationId, 'bench'), work),
    /** One raw connection as the superuser; the caller ends it. */
    async raw() {
      const client = new pg.Client(admin)
      await client.connect()
      return client
    },
    /** Runs SQL as the superuser, past row-level security, and gives its rows. */
    sql: <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      asSuperuser(admin, async (client) => (await client.query<R>(text, values)).rows),
    /** A program's bearer header. */
    async program(name = 'Bench') {
      const { token } = await createApiClient(context, organizationId, name)
      return { authorization: `Bearer ${token}` }
    },
    /** Starts the real app; gives its port and process. `flags` go to Node. */
    app: (flags: string[] = [], more: Partial<AppSetUp> = {}) =>
      launch<AppSays>(children, 'app.ts', { ...setUp, ...more }, flags),
    /** Starts bare Fastify that answers `/0`, `/1` … with these bodies by one keyed read: the limit of an answer here. */
    async limitApp(bodies: readonly string[]) {
      await asSuperuser(admin, async (client) => {
        await client.query('create schema if not exists bench')
        await client.query('create table bench.keyed (id text primary key, body text not null)')
        await client.query(
          'insert into bench.keyed select number::text, body from json_to_recordset($1) as b(number int, body text)',
          [JSON.stringify(bodies.map((body, number) => ({ number, body })))],
        )
        await client.query('vacuum analyze bench.keyed')
      })
      return launch<LimitSays>(children, 'limit-app.ts', { connection: admin }, [])
    },
    /** Imports a file in a process of its own. */
    importFile: (path: string) =>
      launch<ImportSays>(children, 'import-app.ts', { ...setUp, organizationId, path } satisfies ImportSetUp, []),
    cpuOfPostgres: () => cpuWithChildren(postmaster),
    cpuOfNode: cpuOf,
    async [Symbol.asyncDispose]() {
      for (const child of children) await end(child)
      await closePools(pools)
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function launch<Says>(children: ChildProcess[], file: string, setUp: object, flags: string[]) {
  const child = fork(join(import.meta.dirname, file), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...flags],
  })
  children.push(child)
  child.send(setUp)
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended before it was ready`)))
  ended.catch(() => undefined)
  const [said] = await Promise.race([once(child, 'message'), ended])
  return { ...(said as Says), pid: child.pid ?? 0, stop: () => end(child) }
}

/** Asks a child to end, and waits; insists after ten seconds. */
async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const insist = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await gone
  clearTimeout(insist)
}

async function asSuperuser<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
