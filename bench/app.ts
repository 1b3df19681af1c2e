/** The real app on a free port of this machine, in a process of its own: as `attend` with `--only=web` runs it. */
import { buildApp, plan } from '../server/app.ts'
import type { Context } from '../server/platform/context.ts'
import { closePools, openPools } from '../server/platform/db.ts'
import { announcer } from '../server/platform/events.ts'
import { keysFrom } from '../server/platform/ids.ts'
import { openBoss } from '../server/platform/jobs.ts'
import { passwordOf } from '../server/platform/migrate.ts'
import { passingKeys } from '../server/platform/vault/local-keys.ts'
import { pages, webFolder } from '../server/platform/pages.ts'
import { openLive } from '../server/scheduling/index.ts'

export interface AppSetUp {
  logins: { host: string; port: number; database: string }
  secret: string
  /** Also serves the built pages. */
  withPages?: boolean
  /** Every pool logs in as this one instead: past row-level security. */
  pastTheWalls?: { user: string; password?: string }
}

export interface AppSays {
  port: number
}

if (process.send) process.once('message', (setUp: AppSetUp) => void open(setUp))

async function open({ logins, secret, withPages, pastTheWalls }: AppSetUp) {
  const connect = (login: string) => {
    const { user, password } = pastTheWalls ?? { user: login, password: passwordOf(secret, login) }
    return { ...logins, user, ssl: false, ...(password !== undefined && { password }) }
  }
  const pools = openPools(connect)
  const boss = await openBoss(connect, { supervise: false, log: { info() {}, error() {} } })
  const live = openLive(connect('app_worker'))
  const config = {
    production: false,
    publicUrl: 'http://localhost:8080',
    mailFrom: 'Attend <no-reply@localhost>',
    smtpUrl: undefined,
  }
  const context: Context = {
    db: pools,
    announce: announcer(boss, plan.listeners),
    now: () => Temporal.Now.instant(),
    keys: keysFrom(secret),
    keyProvider: passingKeys(),
    config,
  }
  const http = await buildApp(context, {
    live,
    config: { production: false, publicUrl: context.config.publicUrl, trustProxyHops: 0, logLevel: 'info' },
  })
  if (withPages) await pages(http, webFolder)
  await http.listen({ host: '127.0.0.1', port: 0 })
  const address = http.server.address()
  const close = async () => {
    await http.close()
    await boss.stop({ graceful: false })
    await live.close()
    await closePools(pools)
    process.exit(0)
  }
  process.once('SIGTERM', () => void close())
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 } satisfies AppSays)
}
