/** The embedded database, started, killed, raced and found as it will be on the machine of a small clinic. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import {
  CannotStartPostgres,
  findRunningPostgres,
  PostgresInUse,
  startPostgres,
  throwawaySettings,
} from './embedded.ts'

const isRoot = process.getuid?.() === 0
/** Kept durable: what is asked here is what survives a kill. */
const settings = { shared_buffers: '32MB', max_connections: '20' }
let home: string
let dataDir: string
const children = new Set<ChildProcess>()

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'attend-test-'))
  // Root's database runs as another user, who must be able to come by.
  await chmod(home, 0o755)
  dataDir = join(home, 'data', 'postgres')
})

after(async () => {
  for (const child of children) child.kill('SIGKILL')
  // An orphan that a failed test left behind is ended by starting and stopping once more.
  for (const folder of [dataDir, join(home, 'race')])
    await startPostgres({ dataDir: folder, settings }).then(
      (server) => server.stop(),
      () => undefined,
    )
  await rm(home, { recursive: true, force: true })
})

async function ask(connection: pg.ClientConfig | string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}

/** Another Attend, reduced to its database: says `running` or its error, and lives until it is ended. */
async function startElsewhere(folder: string, user?: number): Promise<{ child: ChildProcess; said: string }> {
  const code = `
    const { startPostgres } = await import(${JSON.stringify(import.meta.resolve('./embedded.ts'))})
    try {
      await startPostgres({ dataDir: ${JSON.stringify(folder)}, settings: ${JSON.stringify(settings)} })
      console.log('running')
    } catch (error) {
      console.log(error.name + ': ' + error.message)
    }`
  const as = user === undefined ? {} : { uid: user, gid: user }
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    ...as,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.add(child)
  const [said] = (await once(child.stdout!, 'data')) as [Buffer]
  return { child, said: String(said).trim() }
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

async function serverPid(folder: string): Promise<number> {
  return Number((await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await holds().catch(() => false)) return
    await pause(25)
  }
  assert.fail('it did not come true in ten seconds')
}

test('the first start makes a safe database, and what was written is there after a restart', async () => {
  const first = await startPostgres({ dataDir, settings })
  const shown = await ask(
    first.connection('postgres'),
    `select current_setting('data_checksums') as checksums, current_setting('fsync') as fsync,
            current_setting('full_page_writes') as pages, current_setting('listen_addresses') as tcp,
            current_setting('TimeZone') as zone, current_setting('jit') as jit,
            current_setting('password_encryption') as passwords, current_setting('max_connections') as connections,
            (select datlocprovider::text || datlocale || pg_encoding_to_char(encoding)
               from pg_database where datname = 'postgres') as locale`,
  )
  assert.deepEqual(shown, [
    {
      checksums: 'on',
      fsync: 'on',
      pages: 'on',
      tcp: '',
      zone: 'UTC',
      jit: 'off',
      passwords: 'scram-sha-256',
      connections: '20',
      locale: 'bC.UTF-8UTF8',
    },
  ])
  await ask(
    first.url('postgres'),
    `create role "front desk" login; create table visit (who text); insert into visit values ('Ada')`,
  )
  assert.deepEqual(await ask(first.url('postgres', 'front desk'), 'select current_user::text as me'), [
    { me: 'front desk' },
  ])
  const pid = await serverPid(dataDir)
  await first.stop()
  await first.stop()
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
  assert.equal(await findRunningPostgres(dataDir), undefined)

  const second = await startPostgres({ dataDir, settings })
  assert.deepEqual(await ask(second.connection('postgres'), 'select who from visit'), [{ who: 'Ada' }])
  await second.stop()
})

test('a database killed outright comes back by itself, with everything that was confirmed', async () => {
  const lines: string[] = []
  const server = await startPostgres({ dataDir, settings, onProgress: (line) => lines.push(line) })
  try {
    await ask(server.connection('postgres'), `insert into visit values ('Rui')`)
    const pid = await serverPid(dataDir)
    process.kill(pid, 'SIGKILL')
    await until(async () => (await serverPid(dataDir)) !== pid && (await findRunningPostgres(dataDir)) !== undefined)
    assert.deepEqual(await ask(server.connection('postgres'), 'select count(*)::int as n from visit'), [{ n: 2 }])
    assert.match(lines.join('\n'), /ended by itself \(it was ended by SIGKILL\): starting it again/)
  } finally {
    await server.stop()
  }
})

test('when Attend is killed its database is found, and the next start takes the folder over', async () => {
  const { child, said } = await startElsewhere(dataDir)
  assert.equal(said, 'running')
  const found = await findRunningPostgres(dataDir)
  assert.ok(found !== undefined)
  await ask(found.connection('postgres'), `insert into visit values ('Ines')`)
  await kill(child)
  const orphan = await serverPid(dataDir)
  process.kill(orphan, 0)

  const next = await startPostgres({ dataDir, settings })
  assert.notEqual(await serverPid(dataDir), orphan)
  assert.deepEqual(await ask(next.connection('postgres'), 'select count(*)::int as n from visit'), [{ n: 3 }])
  await next.stop()
})

test('when Attend and its database are both killed, the next start recovers', async () => {
  const { child } = await startElsewhere(dataDir)
  const pid = await serverPid(dataDir)
  await kill(child)
  process.kill(pid, 'SIGKILL')
  // A killed process takes a moment to be gone.
  await until(async () => (await findRunningPostgres(dataDir)) === undefined)
  const next = await startPostgres({ dataDir, settings })
  assert.deepEqual(await ask(next.connection('postgres'), 'select count(*)::int as n from visit'), [{ n: 3 }])
  await next.stop()
})

test('Ctrl-C in the terminal reaches Attend alone, which stops its database when it has finished its own work', async () => {
  const { child } = await startElsewhere(dataDir)
  const pid = await serverPid(dataDir)
  process.kill(-child.pid!, 'SIGINT')
  await once(child, 'exit')
  await pause(100)
  assert.equal(await serverPid(dataDir), pid)
  assert.notEqual(await findRunningPostgres(dataDir), undefined)
  await startPostgres({ dataDir, settings }).then((server) => server.stop())
})

test('a stale note of a process id that now belongs to another program does not stop the start', async () => {
  await writeFile(join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n5432\n\n\n\nready\n`)
  const next = await startPostgres({ dataDir, settings })
  await next.stop()
})

test('a second start is refused with the process and the folder, while others may connect', async () => {
  const server = await startPostgres({ dataDir, settings })
  try {
    const { child, said } = await startElsewhere(dataDir)
    assert.equal(
      said,
      `PostgresInUse: The database in ${dataDir} is already being run by Attend process ${process.pid}: stop that one first, or give this one another folder.`,
    )
    await kill(child)
    await assert.rejects(startPostgres({ dataDir }), PostgresInUse)
    const found = await findRunningPostgres(dataDir)
    assert.deepEqual(found?.connection('postgres'), server.connection('postgres'))
    assert.deepEqual(await ask(found!.url('postgres'), 'select 1 as one'), [{ one: 1 }])
  } finally {
    await server.stop()
  }
})

test('of two starts at the same moment on a new folder one wins and the other is told who did', async () => {
  const folder = join(home, 'race')
  const both = await Promise.all([startElsewhere(folder), startElsewhere(folder)])
  const winner = both.find(({ said }) => said === 'running')
  const loser = both.find(({ said }) => said.startsWith('PostgresInUse'))
  assert.ok(winner !== undefined && loser !== undefined, both.map(({ said }) => said).join(' | '))
  assert.match(loser.said, new RegExp(`Attend process ${winner.child.pid}:`))
  const found = await findRunningPostgres(folder)
  assert.deepEqual(await ask(found!.connection('postgres'), 'select 1 as one'), [{ one: 1 }])
  await Promise.all(both.map(({ child }) => kill(child)))
  const next = await startPostgres({ dataDir: folder, settings })
  await next.stop()
})

test('what a killed first start left half-made is cleared away, and a very long folder name still works', async () => {
  const folder = join(home, 'long'.repeat(30))
  await mkdir(join(folder, 'cluster.new-abc', 'base'), { recursive: true })
  await writeFile(join(folder, 'lock'), '')
  const server = await startPostgres({ dataDir: folder, settings: { ...settings, ...throwawaySettings } })
  assert.deepEqual(await ask(server.url('postgres'), 'select 1 as one'), [{ one: 1 }])
  assert.ok(Buffer.byteLength(server.host) < 90)
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('cluster')),
    ['cluster'],
  )
  await server.stop()
  await assert.rejects(readdir(server.host), { code: 'ENOENT' })
})

test('the log of the database holds no value that a patient gave', async () => {
  const server = await startPostgres({ dataDir, settings })
  try {
    const sql = `create table if not exists person (email text primary key); insert into person values ('zyxwv@canary.example'), ('zyxwv@canary.example')`
    await assert.rejects(ask(server.connection('postgres'), sql), { code: '23505' })
    await assert.rejects(ask(server.connection('postgres'), `select 'zyxwv-canary'::int`), { code: '22P02' })
  } finally {
    await server.stop()
  }
  const log = await readFile(join(dataDir, 'log', 'postgres.log'), 'utf8')
  assert.match(log, /ready to accept connections/)
  assert.doesNotMatch(log, /zyxwv/)
})

test('a folder that cannot be used is named in one sentence, and nothing in it is touched', async () => {
  const foreign = join(home, 'documents')
  await mkdir(foreign)
  await writeFile(join(foreign, 'letter.txt'), 'Dear Ada')
  await assert.rejects(startPostgres({ dataDir: foreign }), /documents holds other files and no database of Attend/)
  assert.deepEqual(await readdir(foreign), ['letter.txt'])

  const old = join(home, 'old')
  await mkdir(join(old, 'cluster'), { recursive: true })
  await writeFile(join(old, 'cluster', 'PG_VERSION'), '16\n')
  await assert.rejects(startPostgres({ dataDir: old }), /was made by PostgreSQL 16 and this Attend brings 18/)

  await rm(join(old, 'cluster', 'PG_VERSION'))
  await writeFile(join(old, 'cluster', 'pg_hba.conf'), '')
  await assert.rejects(startPostgres({ dataDir: old }), /is damaged \(PG_VERSION is missing\)/)
  await assert.rejects(startPostgres({ dataDir, settings: { shared_buffers: 'much' } }), (error) => {
    assert.ok(error instanceof CannotStartPostgres)
    assert.match(error.message, /FATAL: .*shared_buffers.*its log is/)
    return true
  })
})

test(
  'as root, a folder that no lesser user can enter works all the same',
  { skip: !isRoot && 'needs root' },
  async () => {
    const closed = join(home, 'closed')
    await mkdir(closed, { mode: 0o700 })
    const server = await startPostgres({
      dataDir: join(closed, 'postgres'),
      settings: { ...settings, ...throwawaySettings },
    })
    assert.deepEqual(await ask(server.connection('postgres'), 'select 1 as one'), [{ one: 1 }])
    await server.stop()
  },
)

test(
  'an ordinary user runs it as herself, and is told when the folder is not hers',
  { skip: !isRoot && 'needs root' },
  async () => {
    const nobody = 65534
    const folder = join(home, 'hers')
    await mkdir(folder)
    await chown(folder, nobody, nobody)
    const { child, said } = await startElsewhere(folder, nobody)
    assert.equal(said, 'running')
    const found = await findRunningPostgres(folder)
    assert.deepEqual(await ask(found!.connection('postgres'), 'select 1 as one'), [{ one: 1 }])
    await kill(child)
    const asRoot = await startPostgres({ dataDir: folder, settings })
    await asRoot.stop()
    const again = await startElsewhere(folder, nobody)
    assert.equal(again.said, 'running')
    await kill(again.child)
    await startPostgres({ dataDir: folder, settings }).then((server) => server.stop())

    const refused = await startElsewhere(dataDir, nobody)
    assert.match(refused.said, /^CannotStartPostgres: The database folder .* cannot be used by this user/)
  },
)
