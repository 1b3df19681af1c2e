/** The files of the embedded database: made whole or not at all, kept between runs, and closed to every other user. */
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, open, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Account, canReach, chooseAccount, giveTo, quietEnvironment } from './embedded-account.ts'
import { findBinaries, programIn } from './embedded-binaries.ts'
import { CannotStartPostgres, hasCode } from './embedded-fault.ts'
import { type Address, readNote } from './embedded-lock.ts'

/** The name of the role that initdb makes and that may do everything. */
export const superuser = 'postgres'

const major = '18'
/** The longest socket path every system takes (104 bytes on macOS, 108 on Linux), with some room. */
const longestSocketPath = 100
const socketFolderPrefix = 'attend-pg-'
const run = promisify(execFile)

/** An initialised database, not yet running. */
export interface Cluster {
  /** The folder given by the caller, with links resolved. */
  readonly folder: string
  /** PostgreSQL's own data directory inside it. */
  readonly data: string
  /** The same directory as the server must name it: see `nameFor`. */
  readonly dataName: string
  readonly binaries: string
  readonly account: Account | undefined
  readonly log: string
  /** Marks the server's processes in the process table as belonging to this folder. */
  readonly tag: string
}

/**
 * Makes the cluster in `folder`, whose lock the caller holds, or opens the one that is there.
 * `durable` false skips the final flush to disk, for databases that tests throw away.
 * @throws CannotStartPostgres
 */
export async function openCluster(folder: string, durable: boolean, tell: (line: string) => void): Promise<Cluster> {
  const home = await realpath(folder)
  const data = join(home, 'cluster')
  const account = await chooseAccount(data)
  const binaries = await findBinaries(account)
  await closeToOthers(account, home)
  await removeHalfMade(home)
  const tag = `attend-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`
  if ((await versionIn(data)) === undefined) {
    tell(`Making a new PostgreSQL ${major} database in ${home}`)
    await initialise({ home, data, binaries, account, durable })
  }
  const dataName = await nameFor(account, data)
  return { folder: home, data, dataName, binaries, account, log: join(home, 'log', 'postgres.log'), tag }
}

/** Chooses where the server will answer: a closed socket folder, or on Windows a free local port behind a password. */
export async function chooseAddress({ folder, account }: Cluster): Promise<Address> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await freePort() }
  await removeShortFolder((await readNote(folder))?.address)
  const port = 5432
  const near = join(folder, 'socket')
  if (Buffer.byteLength(`${near}/.s.PGSQL.${port}`) <= longestSocketPath && (await canReach(account, folder))) {
    await makeClosedFolder(account, near)
    return { host: near, port }
  }
  for (const parent of [tmpdir(), '/tmp']) {
    if (Buffer.byteLength(parent) > longestSocketPath - 40 || !(await canReach(account, parent))) continue
    const short = await mkdtemp(join(parent, socketFolderPrefix))
    await giveTo(account, short)
    return { host: short, port }
  }
  throw new CannotStartPostgres(
    'PostgreSQL found no folder for its socket: set TMPDIR to a short path that everyone may enter.',
  )
}

/** Removes a socket folder that was made outside the data folder; leaves any other address alone. */
export async function removeShortFolder(address: Address | undefined): Promise<void> {
  if (address === undefined || !basename(address.host).startsWith(socketFolderPrefix)) return
  await rm(address.host, { recursive: true, force: true })
}

/** The superuser's password, which exists only where the server answers on TCP. */
export async function readPassword(folder: string): Promise<string | undefined> {
  return process.platform === 'win32' ? readFile(join(folder, 'password'), 'utf8') : undefined
}

async function closeToOthers(account: Account | undefined, home: string): Promise<void> {
  await giveTo(account, home)
  await giveTo(account, join(home, 'lock'))
  await chmod(home, 0o700)
  await makeClosedFolder(account, join(home, 'log'))
}

async function makeClosedFolder(account: Account | undefined, path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  await giveTo(account, path)
}

async function removeHalfMade(home: string): Promise<void> {
  for (const name of await readdir(home))
    if (name.startsWith('cluster.new-')) await rm(join(home, name), { recursive: true, force: true, maxRetries: 3 })
}

async function versionIn(data: string): Promise<string | undefined> {
  try {
    const version = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
    if (version === major) return version
    throw new CannotStartPostgres(
      `The database in ${data} was made by PostgreSQL ${version} and this Attend brings ${major}: move its data over before starting here.`,
    )
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
    const remains = await readdir(data).catch(() => [])
    if (remains.length === 0) return undefined
    throw new CannotStartPostgres(
      `The database in ${data} is damaged (PG_VERSION is missing): restore it from a backup, or move it away.`,
    )
  }
}

interface NewCluster {
  readonly home: string
  readonly data: string
  readonly binaries: string
  readonly account: Account | undefined
  readonly durable: boolean
}

/** Makes the cluster beside its place and moves it there when whole, so that a kill half-way leaves nothing to misread. */
async function initialise({ home, data, binaries, account, durable }: NewCluster): Promise<void> {
  const fresh = await mkdtemp(join(home, 'cluster.new-'))
  await giveTo(account, fresh)
  const options = [
    '-D',
    await nameFor(account, fresh),
    '-U',
    superuser,
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
  ]
  options.push(
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(await authentication(home)),
  )
  if (!durable) options.push('--no-sync')
  try {
    await run(programIn(binaries, 'initdb'), options, { ...account, cwd: fresh, env: quietEnvironment })
  } catch (cause) {
    await rm(fresh, { recursive: true, force: true })
    throw new CannotStartPostgres(`PostgreSQL could not make its database in ${home}: ${reasonOf(cause)}`, { cause })
  }
  await rm(data, { recursive: true, force: true })
  await rename(fresh, data)
  if (process.platform !== 'win32') await flushFolder(dirname(data))
}

/** On a socket in a folder closed to others, being able to knock is the proof; on TCP it is a password. */
async function authentication(home: string): Promise<string[]> {
  if (process.platform !== 'win32') return ['--auth-local=trust', '--auth-host=reject']
  const file = join(home, 'password')
  await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return ['--auth=scram-sha-256', `--pwfile=${file}`]
}

/**
 * The name by which the account can open `path`, which every program gets as its working directory. A checkout in a
 * closed home such as /root cannot be walked into by a lesser account; Linux lets it use the directory it stands in.
 */
async function nameFor(account: Account | undefined, path: string): Promise<string> {
  if (await canReach(account, path)) return path
  if (process.platform === 'linux') return '/proc/self/cwd'
  throw new CannotStartPostgres(
    `PostgreSQL refuses to run as root and no lesser user can enter ${path}: move Attend to a folder everyone may enter, or start it as an ordinary user.`,
  )
}

async function flushFolder(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function reasonOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? error.stderr : undefined
  const text = typeof said === 'string' && said !== '' ? said : String(error)
  return text.trim().split('\n').at(-1) ?? text
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a numbered port')
  return address.port
}
