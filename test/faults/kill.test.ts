// Server and database are killed at random while people book: nothing that was confirmed is lost, nobody is booked
// twice, and every confirmed booking sends exactly one confirmation.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { plan } from '../../server/app.ts'
import { system } from '../../server/platform/actor.ts'
import { closePools, openPools, within, type Tx } from '../../server/platform/db.ts'
import { startPostgres } from '../../server/platform/embedded.ts'
import { migrate } from '../../server/platform/migrate.ts'
import { createApiClient, foundOrganization } from '../../server/people/index.ts'
import { addPatient, openClinic } from '../../server/testing/clinic.ts'
import type { Context } from '../../server/platform/context.ts'
import { connectTo } from './database.ts'

const seed = Number(process.env['FAULT_SEED'] ?? 7)
const bookings = 160
const clients = 8
const kills = 6

test(`kill -9 of server and database at random loses nothing and says nothing twice (seed ${seed})`, async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'attend-kill-'))
  chmodSync(dataDir, 0o755)
  const server = await startPostgres({ dataDir })
  t.after(async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const secret = 'a secret of the fault tests 0123456789'
  await createDatabase(server.connection('postgres', server.superuser))
  await migrate({ admin: server.connection('faults', server.superuser), secret, listeners: plan.listeners })
  const connection = server.connection('faults', server.superuser)
  const pools = openPools(connectTo({ connection, secret }), { worker: 2, auth: 1 })
  t.after(() => closePools(pools))
  const organizationId = await foundOrganization(pools, {
    slug: 'kill',
    name: 'Kill Clinic',
    phone: '+16175550100',
    email: null,
    zone: 'America/New_York',
    hostNames: [],
    cancelCutoffMinutes: 60,
    demo: false,
  })
  const write = <T>(work: (tx: Tx) => Promise<T>) => within(pools, system(organizationId, 'test'), work)
  const founded = { organizationId, write, now: () => Temporal.Now.instant() }
  const clinic = await openClinic(founded)
  const patientId = await addPatient(founded, 'Ada')
  const { token } = await createApiClient({ db: pools } as Context, organizationId, 'Faults')

  const port = await freePort()
  const child = keepAlive({ FAULT_DATABASE: JSON.stringify({ connection, secret }), FAULT_PORT: String(port) })
  t.after(() => child.stop())
  await child.up()

  const starts = await openTimes(write, clinic.osei.office)
  assert.ok(starts.length >= bookings, `only ${starts.length} openings`)
  const dice = random(seed)
  const acknowledged = new Map<string, string>()
  const waiting = starts.slice(0, bookings)
  let asked = 0
  const finished = Promise.all(
    Array.from({ length: clients }, async () => {
      for (let startsAt = waiting.shift(); startsAt; startsAt = waiting.shift()) {
        const id = await bookUntilKnown(port, token, {
          offeringId: clinic.osei.office,
          startsAt,
          patientId,
          language: 'en',
        })
        acknowledged.set(startsAt, id)
        asked++
        await pause(20)
      }
    }),
  )
  for (let kill = 1; kill <= kills; kill++) {
    while (asked < (kill * bookings) / (kills + 1)) await pause(20)
    if (dice() < 0.5) child.kill()
    else process.kill(postmaster(dataDir), 'SIGKILL')
  }
  await finished

  const count = async (query: ReturnType<typeof sql<{ n: number }>>) =>
    (await write((tx) => query.execute(tx))).rows[0]?.n ?? -1
  const unsent = sql<{ n: number }>`select (select count(*) from scheduling.appointment a where not exists
    (select from conversations.message m where m.appointment_id = a.id and m.status = 'sent'))::int as n`
  for (let second = 0; second < 90 && (await count(unsent).catch(() => 1)) > 0; second++) await pause(1000)

  const rows = await write((tx) => tx.selectFrom('scheduling.appointment').select(['id', 'startsAt']).execute())
  assert.equal(rows.length, bookings, 'as many visits as were asked for')
  for (const { id, startsAt } of rows)
    assert.equal(acknowledged.get(startsAt.toString()), id, 'the visit that was confirmed is the one there')
  assert.equal(await count(unsent), 0, 'every visit was confirmed by a message')
  assert.equal(await count(sql`select count(*)::int as n from conversations.message`), bookings)
  assert.equal(
    await count(sql`select count(*)::int as n from conversations.local_mailbox`),
    bookings,
    'none was said twice',
  )
  assert.equal(
    await count(sql`select count(*)::int as n from scheduling.taken_time a join scheduling.taken_time b
      on a.id < b.id and a.resource_id = b.resource_id and a.starts_at < b.ends_at and b.starts_at < a.ends_at`),
    0,
  )
  assert.equal(
    await count(
      sql`select count(*)::int as n from platform.audit_event where action = 'create' and resource_type = 'Appointment'`,
    ),
    bookings,
  )
})

/** Asks with one key until an answer comes: a server that died may or may not have booked. */
async function bookUntilKnown(port: number, token: string, body: object): Promise<string> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  }
  for (let attempt = 0; attempt < 600; attempt++) {
    try {
      const reply = await fetch(`http://127.0.0.1:${port}/api/scheduling/appointments`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(5000),
      })
      const answer = (await reply.json()) as { appointment?: { id: string }; code?: string }
      if (reply.status === 200 && answer.appointment) return answer.appointment.id
      assert.ok(reply.status >= 500, `a distinct opening was refused: ${reply.status} ${answer.code}`)
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error
    }
    await pause(50)
  }
  throw new Error('no answer in all this time')
}

/** A server process that is started again whenever it dies, until stopped. */
function keepAlive(env: Record<string, string>) {
  let process_: ChildProcess
  let stopped = false
  let listening = Promise.withResolvers<void>()
  const start = () => {
    process_ = spawn(process.execPath, [join(import.meta.dirname, 'server.ts')], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    process_.stdout?.on('data', () => listening.resolve())
    process_.on('exit', () => {
      listening = Promise.withResolvers()
      if (!stopped) setTimeout(start, 100)
    })
  }
  start()
  return {
    up: () => listening.promise,
    kill: () => process_.kill('SIGKILL'),
    stop() {
      stopped = true
      process_.kill('SIGKILL')
    },
  }
}

const postmaster = (dataDir: string) => Number(readFileSync(pidFile(dataDir), 'utf8').split('\n')[0])

function pidFile(dataDir: string): string {
  return join(dataDir, 'cluster', 'postmaster.pid')
}

async function openTimes(
  write: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  offeringId: string,
): Promise<string[]> {
  const rows = await write((tx) =>
    tx
      .selectFrom('scheduling.opening')
      .where('offeringId', '=', offeringId)
      .orderBy('firstStart')
      .select('starts')
      .execute(),
  )
  const soon = Temporal.Now.instant().epochMilliseconds / 60_000 + 24 * 60
  return rows
    .flatMap(({ starts }) => starts)
    .filter((start) => start > soon)
    .map((start) => Temporal.Instant.fromEpochMilliseconds(start * 60_000).toString())
}

async function createDatabase(connection: pg.ClientConfig) {
  const client = new pg.Client(connection)
  await client.connect()
  await client.query('create database faults')
  await client.end()
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** Mulberry32: numbers of 0 to 1 from a seed, the same on every machine. */
function random(state: number) {
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
