/** The database Attend brings along: started, kept running, found by other Attend processes, and stopped only when told. */
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  chooseAddress,
  type Cluster,
  openCluster,
  readPassword,
  removeShortFolder,
  superuser,
} from './embedded-cluster.ts'
import { type Address, readNote, takeFolder, writeNote } from './embedded-lock.ts'
import { isReady, launchServer, type Server } from './embedded-process.ts'
import { settingArguments } from './embedded-settings.ts'
import { launchOnWindows } from './embedded-windows.ts'

export { CannotStartPostgres, PostgresInUse } from './embedded-fault.ts'
export { throwawaySettings } from './embedded-settings.ts'

/** What `pg` and pg-boss take to connect. */
export interface Connection {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password?: string
  /** Never needed: the way is a closed socket or this machine alone. Said aloud, as PGSSLMODE would else ask for it. */
  readonly ssl: false
}

/** A database server that other code may connect to. */
export interface FoundPostgres {
  /** A socket folder (it begins with `/`), or 127.0.0.1 on Windows. */
  readonly host: string
  readonly port: number
  readonly superuser: string
  /** The superuser's password; absent where the socket folder is the guard. */
  readonly password?: string
  /** Fields for `pg` and pg-boss. The user is the superuser unless named; only the superuser's password is known here. */
  connection(database: string, user?: string, password?: string): Connection
  /** The same as one `postgres://` text. */
  url(database: string, user?: string, password?: string): string
}

/** A server that this process launched. */
export interface RunningPostgres extends FoundPostgres {
  /** Ends it and waits until it is gone from the process table. Close HTTP, jobs and pools first. May be called twice. */
  stop(): Promise<void>
}

/** How to start. */
export interface StartOptions {
  /** The folder of the database, made when missing: by itself, as everything in it is closed to other users. */
  readonly dataDir: string
  /** Server settings over our own, such as `throwawaySettings`. */
  readonly settings?: Readonly<Record<string, string>>
  /** Told, in plain sentences, what takes time or went wrong. */
  readonly onProgress?: (line: string) => void
  /** Told when a server that died could not be brought back; Attend should then end with an error. */
  readonly onLost?: (error: unknown) => void
}

/**
 * Starts PostgreSQL on `dataDir`, making the database the first time and recovering it after a crash. While this
 * process lives, a server that dies is started again.
 * @throws PostgresInUse while another process runs it; CannotStartPostgres where a person must act
 */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  const { dataDir, settings = {}, onProgress: tell = () => undefined, onLost = () => undefined } = options
  const folder = resolve(dataDir)
  const release = await takeFolder(folder)
  try {
    const earlier = (await readNote(folder))?.address
    await writeNote(folder, { launcher: process.pid, ...(earlier === undefined ? {} : { address: earlier }) })
    const cluster = await openCluster(folder, settings['fsync'] !== 'off', tell)
    const address = await chooseAddress(cluster)
    // Noted before it runs, so that a kill in between leaves no socket folder that nobody knows of.
    await writeNote(folder, { launcher: process.pid, address })
    const start = () => launch(cluster, settingArguments(settings, address, cluster.tag), tell)
    const stopServer = await keepRunning(start, tell, onLost)
    let stopping: Promise<void> | undefined
    const stop = async () => {
      await stopServer()
      await rm(join(folder, 'running.json'), { force: true })
      await removeShortFolder(address)
      release()
    }
    return { ...describe(address, await readPassword(folder)), stop: () => (stopping ??= stop()) }
  } catch (error) {
    release()
    throw error
  }
}

/**
 * Finds the server that another Attend process runs on `dataDir`; undefined when none answers.
 * @throws CannotStartPostgres when this user may not look into the folder
 */
export async function findRunningPostgres(dataDir: string): Promise<FoundPostgres | undefined> {
  const folder = resolve(dataDir)
  const address = (await readNote(folder))?.address
  // After a kill the file may still say ready, and during a repair the socket may already listen: both must hold.
  if (address === undefined || !(await isReady(join(folder, 'cluster'))) || !(await answers(address))) return undefined
  return describe(address, await readPassword(folder))
}

async function launch(cluster: Cluster, settings: string[], tell: (line: string) => void): Promise<Server> {
  return process.platform === 'win32' ? launchOnWindows(cluster, settings) : launchServer(cluster, settings, tell)
}

/** Launches, and launches again whenever the server ends by itself; gives up when it cannot, or ends over and over. */
async function keepRunning(
  start: () => Promise<Server>,
  tell: (line: string) => void,
  onLost: (error: unknown) => void,
): Promise<() => Promise<void>> {
  let server = await start()
  let stopping = false
  const watch = async () => {
    for (let soonAgain = 0; ;) {
      const since = performance.now()
      const how = await server.ended
      if (stopping) return
      soonAgain = performance.now() - since < 60_000 ? soonAgain + 1 : 0
      if (soonAgain > 5) throw new Error(`PostgreSQL keeps ending by itself: ${how}`)
      tell(`PostgreSQL ended by itself (${how}): starting it again`)
      await pause(soonAgain > 1 ? 1_000 : 0)
      if (stopping) return
      server = await start()
      if (stopping) return server.stop()
    }
  }
  const watching = watch().catch(onLost)
  return async () => {
    stopping = true
    await server.stop()
    await watching
  }
}

function describe(address: Address, known: string | undefined): FoundPostgres {
  const connection = (database: string, user = superuser, given?: string): Connection => {
    const password = given ?? (user === superuser ? known : undefined)
    return { ...address, database, user, ssl: false, ...(password === undefined ? {} : { password }) }
  }
  return {
    ...address,
    superuser,
    ...(known === undefined ? {} : { password: known }),
    connection,
    url: (database, user, password) => asUrl(connection(database, user, password)),
  }
}

function asUrl({ host, port, database, user, password }: Connection): string {
  const who = [user, ...(password === undefined ? [] : [password])].map(encodeURIComponent).join(':')
  const onSocket = host.startsWith('/')
  const query = onSocket ? `?host=${encodeURIComponent(host)}` : ''
  // A host must stand there for the text to be a URL to every reader; pg and libpq take the one in the query.
  return `postgres://${who}@${onSocket ? 'localhost' : host}:${port}/${encodeURIComponent(database)}${query}`
}

async function answers({ host, port }: Address): Promise<boolean> {
  const socket = connect(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port })
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
