/** A fresh health system for a test: its own database, the real app, and people who act in it. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { PgBoss } from 'pg-boss'
import { buildApp, plan } from '../app.ts'
import { system, type Actor, type StaffRole } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { closePools, openPools, within, type Connect, type Tx } from '../platform/db.ts'
import { announcer, type Fact } from '../platform/events.ts'
import { keysFrom, newId } from '../platform/ids.ts'
import { hear, openBoss } from '../platform/jobs.ts'
import { passwordOf } from '../platform/migrate.ts'
import { pages, webFolder } from '../platform/pages.ts'
import { passingKeys } from '../platform/vault/local-keys.ts'
import { createApiClient, foundOrganization } from '../people/index.ts'
import { enterOwnCarriers } from '../partners/index.ts'
import { openLive } from '../scheduling/index.ts'
import { lazyCompilers } from './compiled.ts'
import { templateName, type TestServer } from './postgres.ts'
import { Writable } from 'node:stream'

export type World = Awaited<ReturnType<typeof openWorld>>

interface WorldOptions {
  /** The clock of this world; `world.at()` moves it. */
  now?: string
  /** Serves the pages too. */
  web?: boolean
  /** As a practice copy, with what an operator configured besides. */
  practice?: { smtpUrl?: string }
}

const silence = { info() {}, error() {} }

/** Opens a world; close it with `await using`. */
export async function openWorld({ now = '2026-12-01T14:00:00Z', web = false, practice }: WorldOptions = {}) {
  const database = await cloneDatabase()
  const pools = openPools(database.connect, { public: 8, portal: 8, staff: 8, worker: 6, auth: 4 })
  const boss = await openBoss(database.connect, { supervise: false, log: silence })
  let instant = asKept(now)
  const logLines: string[] = []
  const context: Context = {
    db: pools,
    announce: announcer(boss, plan.listeners),
    now: () => instant,
    keys: keysFrom(database.secret),
    keyProvider: passingKeys(),
    config: {
      production: false,
      publicUrl: 'http://localhost:8080',
      mailFrom: 'Attend <no-reply@localhost>',
      smtpUrl: practice?.smtpUrl,
    },
    ...(practice && { practice: { moveTo: (to) => void (instant = to) } }),
  }
  const logTo = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logLines.push(chunk.toString())
      done()
    },
  })
  const live = openLive(database.connect('app_worker'))
  const app = await buildApp(context, {
    live,
    compilers: await lazyCompilers(),
    config: { production: false, publicUrl: context.config.publicUrl, trustProxyHops: 0, logLevel: 'info' },
    logTo,
  })
  if (web) await pages(app, webFolder)
  await app.ready()
  const organizationId = await foundOrganization(pools, {
    slug: 'river',
    name: 'River Clinic',
    phone: '+16175550100',
    email: null,
    zone: 'America/New_York',
    hostNames: [],
    cancelCutoffMinutes: 1440,
    demo: false,
  })
  await enterOwnCarriers(context, organizationId)
  return {
    ...context,
    app,
    boss,
    database,
    organizationId,
    logLines,
    /** Moves the clock. */
    at(time: string | Temporal.Instant) {
      instant = asKept(time)
    },
    /** Asks over HTTP; gives status and parsed body. */
    ask: (
      method: 'GET' | 'POST' | 'PUT' | 'DELETE',
      url: string,
      payload?: object,
      headers: Record<string, string> = {},
    ) => ask(app, { method, url, headers, ...(payload && { payload }) }),
    /** A program with its own token. */
    async client(name = 'Tests') {
      const { token } = await createApiClient(context, organizationId, name)
      return asker(app, { authorization: `Bearer ${token}` })
    },
    /** Rui at the front desk, signed in. */
    frontDesk: () => signedInAs(app, 'front_desk'),
    /** The demo's person of any role, signed in. */
    as: (role: StaffRole | 'patient') => signedInAs(app, role),
    /** Touches rows as the product itself, inside row-level security. */
    write: <T>(work: (tx: Tx) => Promise<T>, organization = organizationId) =>
      within(pools, system(organization, 'test'), work),
    /** Hears every announced fact until none is left; then nothing is waiting. */
    settle: () => settle(context, boss),
    /** Runs one chore now. */
    async chore(task: string) {
      const chore = plan.chores.find((one) => one.task === task)
      if (!chore) throw new Error(`no chore ${task}`)
      await chore.run(context)
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await live.close()
      await boss.stop({ graceful: false })
      await closePools(pools)
      await database.drop()
    },
  }
}

export type Asker = ReturnType<typeof asker>

async function signedInAs(app: FastifyInstance, role: StaffRole | 'patient') {
  const reply = await app.inject({ method: 'POST', url: '/api/people/demo-session', payload: { role } })
  const cookie = String(reply.headers['set-cookie']).split(';')[0] ?? ''
  return asker(app, { cookie })
}

function asker(app: FastifyInstance, headers: Record<string, string>) {
  return {
    headers,
    asks: (
      method: 'GET' | 'POST' | 'PUT' | 'DELETE',
      url: string,
      payload?: object,
      more: Record<string, string> = {},
    ) => ask(app, { method, url, headers: { ...headers, ...more }, ...(payload && { payload }) }),
  }
}

/** A part of a reply, `any` on purpose: tests read replies freely, and what they rely on they assert. */
export type Json = any

async function ask(app: FastifyInstance, options: InjectOptions) {
  const reply = await app.inject(options)
  const body: unknown =
    reply.body === '' || !String(reply.headers['content-type']).includes('json') ? reply.body : reply.json()
  return { status: reply.statusCode, headers: reply.headers, body: body as Record<string, Json> }
}

async function settle(context: Context, boss: PgBoss) {
  for (let heard = 1; heard > 0;) {
    heard = 0
    for (const listener of plan.listeners) {
      for (const job of await boss.fetch<Fact>(listener.queue, { batchSize: 50 })) {
        await hear(context, listener, job.data)
        await boss.complete(listener.queue, job.id)
        heard++
      }
    }
  }
}

/** A clone of the migrated template, and how to reach it as each role. */
export async function cloneDatabase() {
  const given = process.env['ATTEND_TEST_POSTGRES']
  if (!given) throw new Error('run tests with --test-global-setup=server/testing/postgres.ts')
  const { superuser, secret } = JSON.parse(given) as TestServer
  const name = `t_${process.pid}_${randomUUID().slice(0, 8)}`
  const admin = async (text: string) => {
    const client = new pg.Client(superuser)
    await client.connect()
    try {
      await client.query(text)
    } finally {
      await client.end()
    }
  }
  // The files as they are: nothing of a test is worth a line in the log of the server.
  await admin(`create database ${name} template ${templateName} strategy file_copy`)
  const connect: Connect = (login) => ({
    ...superuser,
    database: name,
    user: login,
    password: passwordOf(secret, login),
  })
  return {
    name,
    secret,
    connect,
    superuser: { ...superuser, database: name },
    drop: () => admin(`drop database ${name} with (force)`),
  }
}

export { newId, sql, type Actor }

/** As finely as PostgreSQL keeps it: a clock that stands must not be a little before what it wrote. */
const asKept = (time: string | Temporal.Instant) =>
  Temporal.Instant.from(time).round({ smallestUnit: 'microsecond', roundingMode: 'trunc' })
