/** One launcher a data folder: a lock the kernel gives back when its holder dies, and a note of who holds it and where. */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { CannotStartPostgres, hasCode, PostgresInUse } from './embedded-fault.ts'

/** Where the server answers: a socket folder (it begins with `/`) or 127.0.0.1, and a port. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** What `running.json` in the data folder tells other processes. */
export interface RunningNote {
  /** Process id of the Attend that launched the server, or is about to. */
  readonly launcher: number
  /** Absent until the server answers. */
  readonly address?: Address
}

/**
 * Takes the data folder for this process, making it when it is not there; the result gives it back.
 * @throws PostgresInUse while another start, in this process or another, holds it
 * @throws CannotStartPostgres when the folder cannot be made, written or safely used
 */
export async function takeFolder(folder: string): Promise<() => void> {
  await openFolder(folder)
  // SQLite's file lock is the one lock Node offers that no crash, reboot or reused process id can leave behind.
  const file = new DatabaseSync(join(folder, 'lock'), { timeout: 0 })
  try {
    file.exec('pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    file.close()
    if (!isBusy(error)) throw cannotUse(folder, error)
    throw new PostgresInUse(folder, await waitForHolder(folder))
  }
  return () => file.close()
}

/** Writes the note of `folder` in one step, so that a reader never sees half of it. */
export async function writeNote(folder: string, note: RunningNote): Promise<void> {
  const fresh = join(folder, 'running.json.new')
  await writeFile(fresh, JSON.stringify(note), { mode: 0o600 })
  await rename(fresh, join(folder, 'running.json'))
}

/**
 * Reads the note of `folder`; undefined where there is none. The note may be older than the last crash.
 * @throws CannotStartPostgres when this user may not look into the folder
 */
export async function readNote(folder: string): Promise<RunningNote | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'running.json'), 'utf8')) as RunningNote
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM')) throw cannotUse(folder, error)
    if (hasCode(error, 'ENOENT', 'ENOTDIR') || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Whether a process of this id lives, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

async function openFolder(folder: string): Promise<void> {
  let entries: string[]
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    entries = (await readdir(folder)).filter((name) => !name.startsWith('.') && name !== 'lost+found')
  } catch (error) {
    throw cannotUse(folder, error)
  }
  // The folder will be closed to everyone else: a slip such as '/home' must not lock people out of their own files.
  if (entries.length > 0 && !entries.includes('lock') && !entries.includes('cluster'))
    throw new CannotStartPostgres(
      `The folder ${folder} holds other files and no database of Attend: give an empty or a new folder for the database.`,
    )
}

async function waitForHolder(folder: string): Promise<number | undefined> {
  for (let tries = 0; tries < 40; tries += 1) {
    const note = await readNote(folder)
    if (note !== undefined && isAlive(note.launcher)) return note.launcher
    await pause(25)
  }
  return undefined
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

function cannotUse(folder: string, error: unknown): CannotStartPostgres {
  const cause = error instanceof Error ? error.message : String(error)
  return new CannotStartPostgres(
    `The database folder ${folder} cannot be used by this user (${cause}): start Attend as the user who owns it, or give it to this one.`,
    { cause: error },
  )
}
