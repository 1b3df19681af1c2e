/** What a command works with: the database of this configuration, brought to this version, and everything a slice receives. */
import { plan } from '../app.ts'
import { clockOf } from '../platform/clock.ts'
import { readConfig } from '../platform/config.ts'
import type { Context } from '../platform/context.ts'
import { openDatabase } from '../platform/database.ts'
import { closePools, openPools } from '../platform/db.ts'
import { announcer } from '../platform/events.ts'
import { keysFrom } from '../platform/ids.ts'
import { openBoss } from '../platform/jobs.ts'
import { migrate } from '../platform/migrate.ts'
import { keyProviderOf } from '../platform/vault/key-provider-of.ts'

/** Runs one command; a fault is one line on stderr and exit code 1. */
export async function withContext(work: (context: Context) => Promise<void>) {
  const config = readConfig()
  const database = await openDatabase(config, { join: true })
  const pools = openPools(database.connect)
  try {
    await migrate({ admin: database.admin, secret: database.secret, listeners: plan.listeners })
    const quiet = { info() {}, error: (_fields: object, message: string) => void process.stderr.write(`${message}\n`) }
    const boss = await openBoss(database.connect, { supervise: false, log: quiet })
    const context = {
      db: pools,
      announce: announcer(boss, plan.listeners),
      ...clockOf(config),
      keys: keysFrom(database.secret, config.secretsBefore),
      keyProvider: keyProviderOf(config),
      config,
    }
    try {
      await work(context)
    } finally {
      // A library that still works its queues would keep a failed command from ending.
      await boss.stop({ graceful: false })
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  } finally {
    await closePools(pools)
    await database.close()
  }
}
