/** Imports one input in a process of its own, so that its peak memory is its own. */
import { feedCoverage } from '../server/coverage/index.ts'
import { feedDirectory } from '../server/directory/index.ts'
import type { Context } from '../server/platform/context.ts'
import { closePools, openPools } from '../server/platform/db.ts'
import { keysFrom } from '../server/platform/ids.ts'
import { passwordOf } from '../server/platform/migrate.ts'
import { passingKeys } from '../server/platform/vault/local-keys.ts'
import { importRecords, type ImportSummary } from '../server/record/index.ts'
import type { AppSetUp } from './app.ts'

export interface ImportSetUp extends AppSetUp {
  organizationId: string
  path: string
}

export interface ImportSays {
  summary: ImportSummary
  seconds: number
  /** Peak resident memory in MB (10^6 bytes). */
  peak: number
}

if (process.send) process.once('message', (setUp: ImportSetUp) => void work(setUp))

async function work({ logins, secret, organizationId, path }: ImportSetUp) {
  const pools = openPools((login) => ({ ...logins, user: login, password: passwordOf(secret, login), ssl: false }))
  const config = {
    production: false,
    publicUrl: 'http://localhost:8080',
    mailFrom: 'Attend <no-reply@localhost>',
    smtpUrl: undefined,
  }
  const context: Context = {
    db: pools,
    announce: async () => undefined,
    now: () => Temporal.Now.instant(),
    keys: keysFrom(secret),
    keyProvider: passingKeys(),
    config,
  }
  const began = performance.now()
  const summary = await importRecords(context, organizationId, [path], { feeds: [feedDirectory, feedCoverage] })
  const seconds = (performance.now() - began) / 1000
  await closePools(pools)
  process.send?.({ summary, seconds, peak: (process.resourceUsage().maxRSS * 1024) / 1e6 } satisfies ImportSays)
  process.disconnect?.()
}
