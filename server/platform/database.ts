/** Which database this process works on: the embedded PostgreSQL of the data folder, or an outside one. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import pg from 'pg'
import type { Config } from './config.ts'
import type { Connect } from './db.ts'
import { findRunningPostgres, startPostgres, type FoundPostgres } from './embedded.ts'
import { passwordOf } from './migrate.ts'

const databaseName = 'attend'

export interface Database {
  /** As the role that migrates. */
  admin: pg.ClientConfig
  connect: Connect
  secret: string
  /** Stops the embedded server if this process started it. Close the pools first. */
  close(): Promise<void>
}

interface Options {
  onProgress?: (line: string) => void
  /** A server owns its data: a second one is refused. Commands and workers join a running one. */
  join?: boolean
}

/** Opens the database of this configuration. Throws an error fit to print when it cannot. */
export async function openDatabase(config: Config, options: Options = {}): Promise<Database> {
  const secret = config.secret ?? developmentSecret(config.dataDir)
  if (config.databaseUrl) return outside(config.databaseUrl, secret)
  const dataDir = resolve(config.dataDir, 'postgres')
  const running = options.join ? await findRunningPostgres(dataDir) : undefined
  if (running) return embedded(running, secret, async () => undefined)
  mkdirSync(config.dataDir, { recursive: true })
  const started = await startPostgres({ dataDir, ...(options.onProgress && { onProgress: options.onProgress }) })
  await ensureDatabase(started)
  return embedded(started, secret, () => started.stop())
}

function embedded(server: FoundPostgres, secret: string, close: () => Promise<void>): Database {
  return {
    admin: server.connection(databaseName, server.superuser),
    connect: (login) => server.connection(databaseName, login, passwordOf(secret, login)),
    secret,
    close,
  }
}

function outside(url: string, secret: string): Database {
  return {
    admin: { connectionString: url },
    connect: (login) => {
      const own = new URL(url)
      own.username = login
      own.password = passwordOf(secret, login)
      return { connectionString: own.href }
    },
    secret,
    close: async () => undefined,
  }
}

async function ensureDatabase(server: FoundPostgres) {
  const client = new pg.Client(server.connection('postgres', server.superuser))
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName])
    if (!rowCount) await client.query(`create database ${databaseName}`)
  } finally {
    await client.end()
  }
}

/** Development makes its own secret once and keeps it beside the data, readable by its owner only. */
function developmentSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, randomBytes(48).toString('base64'), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(file, 'utf8')
}
