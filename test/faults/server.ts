// A whole Attend server and worker in a process of its own, to be killed: on the database that the test names.
import { buildApp, plan } from '../../server/app.ts'
import { openPools } from '../../server/platform/db.ts'
import { announcer } from '../../server/platform/events.ts'
import { keysFrom } from '../../server/platform/ids.ts'
import { openBoss, startWorker } from '../../server/platform/jobs.ts'
import { openLive } from '../../server/scheduling/index.ts'
import type { Context } from '../../server/platform/context.ts'
import { connectTo, type FaultDatabase } from './database.ts'
import { passingKeys } from '../../server/platform/vault/local-keys.ts'

const { connection, secret } = JSON.parse(process.env['FAULT_DATABASE'] ?? '{}') as FaultDatabase
const connect = connectTo({ connection, secret })
const config = {
  production: false,
  publicUrl: 'http://localhost',
  mailFrom: 'Attend <no-reply@localhost>',
  smtpUrl: undefined,
}
const silence = { info() {}, error() {} }

const boss = await openBoss(connect, { supervise: true, log: silence })
const context: Context = {
  db: openPools(connect),
  announce: announcer(boss, plan.listeners),
  now: () => Temporal.Now.instant(),
  keys: keysFrom(secret),
  keyProvider: passingKeys(),
  config,
}
const http = await buildApp(context, {
  config: { production: false, publicUrl: context.config.publicUrl, trustProxyHops: 0, logLevel: 'silent' },
  live: openLive(connect('app_worker')),
})
await startWorker(context, boss, plan, silence)
await http.listen({ host: '127.0.0.1', port: Number(process.env['FAULT_PORT']) })
process.stdout.write('listening\n')
