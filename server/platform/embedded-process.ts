/** One running PostgreSQL server: our own child, deaf to the terminal's Ctrl-C, gone from the process table once stopped. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { giveTo, quietEnvironment } from './embedded-account.ts'
import { programIn } from './embedded-binaries.ts'
import type { Cluster } from './embedded-cluster.ts'
import { CannotStartPostgres, hasCode } from './embedded-fault.ts'

const largestLog = 5_000_000
/** How long a fast stop may take to write everything down before the server is cut off (it recovers at the next start). */
const patienceMs = 60_000
const run = promisify(execFile)

/** A server that answers. */
export interface Server {
  /** Settles when the server has gone, with how it went. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

/**
 * Starts the server of `cluster` with these `-c` arguments and waits until it answers, however long a recovery takes.
 * @throws CannotStartPostgres with the server's own last words
 */
export async function launchServer(
  cluster: Cluster,
  settings: string[],
  tell: (line: string) => void,
): Promise<Server> {
  await endLeftovers(cluster, tell)
  const log = await openLog(cluster)
  const child = spawn(programIn(cluster.binaries, 'postgres'), ['-D', cluster.dataName, ...settings], {
    ...cluster.account,
    cwd: cluster.data,
    ...(quietEnvironment === undefined ? {} : { env: quietEnvironment }),
    detached: true,
    stdio: ['ignore', log.file.fd, log.file.fd],
  })
  const ended = endOf(child)
  await log.file.close()
  let how: string | undefined
  void ended.then((words) => (how = words))
  for (let waited = 0; child.pid === undefined || !(await isReady(cluster.data, child.pid)); waited += 10) {
    if (how !== undefined) throw await failure(cluster, log.start, how)
    if (waited > 0 && waited % 5_000 === 0)
      tell('PostgreSQL is still starting; after a crash it first repairs its files')
    await pause(10)
  }
  return { ended, stop: () => stopChild(child, ended) }
}

/**
 * Whether the server of this data directory takes connections, as itself noted it: the eighth line of postmaster.pid
 * says `ready`, the first its process id (any, where none is given).
 */
export async function isReady(data: string, pid?: number): Promise<boolean> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  return lines[7]?.trim() === 'ready' && (pid === undefined || lines[0] === String(pid))
}

/**
 * Ends what an earlier launcher left running on this folder, whose lock we hold: an orphaned server politely, its
 * headless workers after a moment. Then no process uses the files, and a stale postmaster.pid may go.
 */
async function endLeftovers({ tag, data }: Cluster, tell: (line: string) => void): Promise<void> {
  const asked = new Set<number>()
  for (let waited = 0; ; waited += 50) {
    const left = await processesOf(tag)
    if (left.length === 0) break
    const servers = left.filter((process) => process.isServer)
    const ask = servers.filter(({ pid }) => !asked.has(pid))
    if (ask.length > 0) tell('Stopping the PostgreSQL that an earlier Attend left running')
    for (const { pid } of ask) {
      asked.add(pid)
      signal(pid, 'SIGINT')
    }
    if (waited >= (servers.length > 0 ? patienceMs : 5_000)) for (const { pid } of left) signal(pid, 'SIGKILL')
    await pause(50)
  }
  // Its process id may meanwhile be another program's, and PostgreSQL would then refuse to start for ever.
  await rm(join(data, 'postmaster.pid'), { force: true })
}

async function processesOf(tag: string): Promise<{ pid: number; isServer: boolean }[]> {
  const found = process.platform === 'linux' ? await readProcessTable() : await askForProcesses()
  return found.flatMap(({ pid, command }) => {
    const isServer = command.includes(`cluster_name=${tag}`)
    return isServer || command.startsWith(`postgres: ${tag}: `) ? [{ pid, isServer }] : []
  })
}

async function readProcessTable(): Promise<{ pid: number; command: string }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const commands = pids.map(async (pid) => {
    // A process may end while we look at it.
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return { pid: Number(pid), command: command.replaceAll('\0', ' ') }
  })
  return Promise.all(commands)
}

async function askForProcesses(): Promise<{ pid: number; command: string }[]> {
  const { stdout } = await run('ps', ['-axww', '-o', 'pid=,command='], { maxBuffer: 16_000_000 })
  return stdout.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(.*)$/.exec(line)
    return match?.[2] === undefined ? [] : [{ pid: Number(match[1]), command: match[2] }]
  })
}

async function openLog({ log, account }: Cluster): Promise<{ file: Awaited<ReturnType<typeof open>>; start: number }> {
  const size = await sizeOf(log)
  if (size > largestLog) await rename(log, `${log}.1`)
  const file = await open(log, 'a', 0o600)
  await giveTo(account, log)
  return { file, start: size > largestLog ? 0 : size }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0
    throw error
  }
}

async function failure(cluster: Cluster, start: number, how: string): Promise<CannotStartPostgres> {
  const said = (await readFile(cluster.log)).subarray(start).toString().split('\n')
  const last = said.findLast((line) => /FATAL|PANIC|error/i.test(line))?.replace(/^.*?(?=FATAL|PANIC)/, '')
  return new CannotStartPostgres(`PostgreSQL did not start (${last ?? how}): its log is ${cluster.log}.`)
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, name) =>
      resolve(name === null ? `it ended with code ${code}` : `it was ended by ${name}`),
    )
  })
}

async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  // SIGINT is PostgreSQL's 'fast' stop: it ends its connections, writes everything down and leaves. SIGQUIT cuts it off.
  child.kill('SIGINT')
  const impatience = setTimeout(() => child.kill('SIGQUIT'), patienceMs)
  await ended
  clearTimeout(impatience)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error
  }
}
