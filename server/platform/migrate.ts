/** Brings a database to this version: forward-only SQL files, run once, under a lock when several processes start together. */
import { readdirSync, readFileSync } from 'node:fs'
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { Listener } from './events.ts'
import { prepareQueues } from './jobs.ts'

const folder = join(import.meta.dirname, '../migrations')
const owner = 'attend_owner'
const logins = ['app_public', 'app_portal', 'app_staff', 'app_worker', 'app_auth']
/** Any number, the same in every process of Attend. */
const lock = 4_203_451_210

/** Thrown with one sentence for the operator. */
export class UnfitDatabase extends Error {
  override name = 'UnfitDatabase'
}

/** Refuses a PostgreSQL older than 18, or one that may lose what it confirmed. */
async function checkFit(client: pg.Client) {
  const { rows } = await client.query<{ version: number; fsync: string; pages: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('fsync') as fsync,
       current_setting('full_page_writes') as pages`,
  )
  const found = rows[0]
  if (!found || found.version < 180_000)
    throw new UnfitDatabase(`Attend needs PostgreSQL 18 or later; this database is ${found?.version ?? 'unknown'}.`)
  if (found.fsync === 'off')
    throw new UnfitDatabase('This database has fsync off: a power cut would lose bookings. Turn it on.')
  if (found.pages === 'off')
    throw new UnfitDatabase('This database has full_page_writes off: a power cut could corrupt it. Turn it on.')
}

export interface Migrate {
  /** As a role that may create roles and schemas. */
  admin: pg.ClientConfig
  /** Passwords of the login roles are made from it, so that nothing else has to be kept. */
  secret: string
  listeners: readonly Listener[]
  /** Tests run a throwaway server with fsync off. */
  throwaway?: boolean
}

/** Runs what has not run yet; returns the names of the files that ran. */
export async function migrate({ admin, secret, listeners, throwaway }: Migrate): Promise<string[]> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    if (!throwaway) await checkFit(client)
    await client.query('select pg_advisory_lock($1)', [lock])
    await prepareOwner(client)
    const ran = await runNew(client)
    await setPasswords(client, secret)
    await installJobs(client, admin, listeners)
    return ran
  } finally {
    await client.end()
  }
}

/** The owner of every table, and the login roles: one pool each, none an owner, none past row-level security. */
async function prepareOwner(client: pg.Client) {
  for (const login of logins)
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${login}') then
        create role ${login} login nosuperuser nobypassrls nocreatedb nocreaterole noinherit;
      end if;
    end $$`)
  await client.query(`
    do $$ begin
      if not exists (select from pg_roles where rolname = '${owner}') then create role ${owner} nologin; end if;
      execute format('grant create, connect on database %I to ${owner}', current_database());
      if not pg_has_role(current_user, '${owner}', 'set') then execute format('grant ${owner} to %I', current_user); end if;
    end $$`)
  await client.query(`create schema if not exists migrations authorization ${owner}`)
  await client.query(
    `create table if not exists migrations.ran (file text primary key, ran_at timestamptz not null default now())`,
  )
}

async function runNew(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ file: string }>('select file from migrations.ran')
  const done = new Set(rows.map((row) => row.file))
  const waiting = readdirSync(folder).filter((file) => file.endsWith('.sql') && !done.has(file))
  for (const file of waiting.sort()) {
    await client.query('begin')
    try {
      await client.query(`set local role ${owner}`)
      await client.query(readFileSync(join(folder, file), 'utf8'))
      await client.query('reset role')
      await client.query('insert into migrations.ran (file) values ($1)', [file])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw new Error(`migration ${file} failed`, { cause: error })
    }
  }
  return waiting
}

/** A login role's password: nobody has to keep it, everybody who has the secret can make it. */
export const passwordOf = (secret: string, login: string) =>
  createHmac('sha256', secret).update(`database login ${login}`).digest('base64url')

async function setPasswords(client: pg.Client, secret: string) {
  for (const login of logins)
    await client.query(`alter role ${login} password ${pg.escapeLiteral(passwordOf(secret, login))}`)
}

/** pg-boss brings its own schema; the login roles may send and work jobs in it, not alter it. */
async function installJobs(client: pg.Client, admin: pg.ClientConfig, listeners: readonly Listener[]) {
  const boss = new PgBoss({ ...(admin as object), max: 2, supervise: false, schedule: false })
  const faults: unknown[] = []
  boss.on('error', (error) => faults.push(error))
  await boss.start()
  await prepareQueues(boss, listeners)
  await boss.stop({ graceful: false })
  if (faults.length > 0) throw new Error('the job queues could not be made', { cause: faults[0] })
  await client.query(`
    grant usage on schema pgboss to app_portal, app_staff, app_worker, app_auth;
    grant select on pgboss.queue, pgboss.version to app_portal, app_staff, app_auth;
    grant select, insert on pgboss.job, pgboss.job_common to app_portal, app_staff, app_auth;
    grant select, insert, update, delete on all tables in schema pgboss to app_worker;
    grant usage on all sequences in schema pgboss to app_worker;
    grant execute on all functions in schema pgboss to app_portal, app_staff, app_worker, app_auth;`)
}
