/** Starts Attend: configuration, database, jobs, HTTP. `--only=web` or `--only=worker` splits it; `--practice` starts a copy to practise on. */
import { buildApp, plan } from './app.ts'
import { clockOf } from './platform/clock.ts'
import { ConfigFault, readConfig, readPracticeConfig, type Config } from './platform/config.ts'
import { openDatabase, type Database } from './platform/database.ts'
import { closePools, openPools } from './platform/db.ts'
import { announcer } from './platform/events.ts'
import { closeTrail } from './platform/heads.ts'
import { keysFrom } from './platform/ids.ts'
import { openBoss, startWorker } from './platform/jobs.ts'
import { migrate } from './platform/migrate.ts'
import { keyProviderOf } from './platform/vault/key-provider-of.ts'
import { areStale, pages, webFolder } from './platform/pages.ts'
import type { Context } from './platform/context.ts'
import { openLive } from './scheduling/index.ts'

const [major] = process.versions.node.split('.').map(Number)
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length)

if ((major ?? 0) < 26)
  fail(`Attend runs on Node 26; this is ${process.version}. Use \`npm start\`, which brings its own.`)
await start().catch((error: unknown) => fail(sentence(error)))

async function start() {
  const config = process.argv.includes('--practice') ? readPracticeConfig() : readConfig()
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const database = await openDatabase(config, { onProgress: say, join: only !== undefined })
  // Whatever keeps us from starting, the database that we started is stopped in order.
  const running = await run(config, database).catch(async (error: unknown) => {
    await database.close()
    throw error
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1))
      say('Finishing what is under way…')
      running.stop().then(
        () => process.exit(0),
        (error: unknown) => fail(sentence(error)),
      )
    })
  }
  if (only === 'worker') return
  say(`\nAttend is open at ${config.publicUrl}\n`)
  if (config.practice) say('This is a practice copy: nothing in it is real, and it can message nobody.\n')
}

async function run(config: Config, database: Database) {
  await migrate({ admin: database.admin, secret: database.secret, listeners: plan.listeners })
  const pools = openPools(database.connect)
  // The boss is made before the app, whose log it writes to once that exists.
  const log = {
    info: (fields: object, message: string) => http.log.info(fields, message),
    error: (fields: object, message: string) => http.log.error(fields, message),
  }
  const boss = await openBoss(database.connect, { supervise: only !== 'web', log })
  const context: Context = {
    db: pools,
    announce: announcer(boss, plan.listeners),
    ...clockOf(config),
    keys: keysFrom(database.secret, config.secretsBefore),
    keyProvider: keyProviderOf(config),
    config,
  }
  const live = openLive(database.connect('app_worker'))
  const http = await buildApp(context, { config, live })
  if (only !== 'worker') {
    if (!config.production) await (await import('../demo/load.ts')).loadDemo(context, say)
    if (areStale(webFolder)) {
      say('Building the pages…')
      await (await import('../web/build.ts')).buildWeb()
    }
    await pages(http, webFolder)
    await http.listen({ host: config.host, port: config.port })
  }
  const worker = only === 'web' ? undefined : await startWorker(context, boss, plan, log)
  return {
    /** In the order in which things lean on each other: requests, jobs, connections, database. */
    async stop() {
      await http.close()
      await (worker ? worker.stop() : boss.stop({ graceful: false }))
      if (worker)
        await closeTrail(context).catch((error: unknown) =>
          log.error({ err: error }, 'the heads of the trail were not copied'),
        )
      await live.close()
      await closePools(pools)
      await database.close()
    },
  }
}

function say(line: string) {
  process.stdout.write(`${line}\n`)
}

/** One clear sentence for what a person must mend; the whole error for what we must. */
function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const meant = error instanceof ConfigFault || /^(CannotStartPostgres|PostgresInUse|UnfitDatabase)$/.test(error.name)
  if (meant) return error.message
  if ('code' in error && error.code === 'ECONNREFUSED')
    return 'The database of DATABASE_URL does not answer. Is it running, and reachable from here?'
  if ('code' in error && error.code === 'EADDRINUSE')
    return `Something else already listens there: ${error.message}. Set PORT to another one.`
  return `${error.stack ?? error.message}${error.cause instanceof Error ? `\nbecause ${error.cause.stack}` : ''}`
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
