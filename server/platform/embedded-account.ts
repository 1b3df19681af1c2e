/** Who PostgreSQL runs as: this user, or, because PostgreSQL refuses root, a lesser account when Attend runs as root. */
import { execFile } from 'node:child_process'
import { lchown, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { CannotStartPostgres, hasCode } from './embedded-fault.ts'

const run = promisify(execFile)

/** A user and group of the operating system, by number. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/**
 * The environment of every PostgreSQL program: nothing of ours, so that neither locale, zone nor secrets leak in.
 * Windows programs do not start without theirs, so there it is inherited (undefined).
 */
export const quietEnvironment: Record<string, string> | undefined =
  process.platform === 'win32' ? undefined : { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * Chooses the account for the cluster at `cluster`: undefined means 'as we are'.
 * As root it is the owner of an existing cluster, else `postgres`, else `nobody`.
 * @throws CannotStartPostgres when an existing cluster belongs to someone else, or root finds no lesser account
 */
export async function chooseAccount(cluster: string): Promise<Account | undefined> {
  const self = process.getuid?.()
  if (self === undefined) return undefined
  const owner = await ownerOf(cluster)
  if (self !== 0) {
    if (owner === undefined || owner.uid === self) return undefined
    throw new CannotStartPostgres(
      `The database in ${cluster} belongs to user number ${owner.uid}: start Attend as that user or as root, or give the folder to this user with chown -R.`,
    )
  }
  if (owner !== undefined && owner.uid !== 0) return owner
  const found = (await lookUp('postgres')) ?? (await lookUp('nobody'))
  if (found !== undefined) return found
  throw new CannotStartPostgres(
    'PostgreSQL refuses to run as root and this machine has neither a user postgres nor nobody: start Attend as an ordinary user, or set DATABASE_URL.',
  )
}

/** Whether the account can pass through every folder to `path` and, with `-x`, run or enter it. */
export async function canReach(account: Account | undefined, path: string): Promise<boolean> {
  if (account === undefined) return true
  try {
    // Asked of the system itself: permission bits alone would not tell of access lists or read-only mounts.
    await run('/bin/sh', ['-c', '[ -r "$1" ] && [ -x "$1" ]', 'sh', path], {
      ...account,
      cwd: '/',
      env: quietEnvironment,
    })
    return true
  } catch {
    return false
  }
}

/** Gives a file or folder to the account; nothing to do where we run as ourselves. */
export async function giveTo(account: Account | undefined, path: string): Promise<void> {
  if (account !== undefined) await lchown(path, account.uid, account.gid)
}

async function ownerOf(path: string): Promise<Account | undefined> {
  try {
    const { uid, gid } = await stat(path)
    return { uid, gid }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [user, group] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(user.stdout), gid: Number(group.stdout) }
  } catch {
    return undefined
  }
}
