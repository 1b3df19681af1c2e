/** `npm run attend -- <command>`: thin; each command calls a slice. */
import { parseArgs } from 'node:util'
import { readConfig } from './platform/config.ts'
import type { Context } from './platform/context.ts'
import { openDatabase } from './platform/database.ts'
import { staffRoles, system } from './platform/actor.ts'
import { within } from './platform/db.ts'
import { feedCoverage } from './coverage/index.ts'
import { feedDirectory } from './directory/index.ts'
import { addStaff, createApiClient, findOrganization, foundOrganization, revokeApiClient } from './people/index.ts'
import { importRecords, listSetAside, retrySetAside } from './record/index.ts'
import { progressBar } from './platform/progress-bar.ts'
import { relist } from './scheduling/index.ts'
import { addApp, appHelp, appOptions, endAppOf, showApps } from './cli/app.ts'
import { auditHelp, verifyAudit } from './cli/audit.ts'
import { hoursHelp, hoursOptions, importHoursFile } from './cli/hours.ts'
import { keysHelp, rotateAllKeys, showKeys } from './cli/keys.ts'
import { eraseRetention, retentionHelp, showRetention } from './cli/retention.ts'
import { practise, practiceHelp, practiceOptions } from './cli/practice.ts'
import { withContext } from './cli/with-context.ts'
import { addWebhook, showWebhooks, stopWebhook, turnWebhook, webhookHelp, webhookOptions } from './cli/webhook.ts'
import { ownVendor, showVendors, signVendor, stopVendor, vendorHelp, vendorOptions } from './cli/vendor.ts'

const help = `attend <command>

  import <file|folder|-> …       FHIR R4 bundles and NDJSON, plain or .gz      --organization demo
  set-aside list                 what could not be taken in, with where and why --organization demo
  set-aside retry                tries it again                                --organization demo
  organization create            a new organization                            --slug x --name "X" --phone +1… --zone America/New_York
  staff create                   a colleague’s account and the link to set it up --organization demo --name "X" --email x@y --role front_desk,nurse
  client create                  a program’s token, shown once                 --organization demo --name X
  client revoke <id>             ends it at once                               --organization demo${appHelp}${webhookHelp}${vendorHelp}${keysHelp}${auditHelp}${retentionHelp}${hoursHelp}${practiceHelp}
  migrate                        brings the database to this version
  worker                         runs the jobs apart from the server
  database                       starts the embedded database alone and says its address, until Ctrl-C
`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    organization: { type: 'string', default: 'demo' },
    name: { type: 'string' },
    slug: { type: 'string' },
    phone: { type: 'string' },
    zone: { type: 'string' },
    email: { type: 'string' },
    role: { type: 'string' },
    json: { type: 'boolean', default: false },
    ...appOptions,
    ...practiceOptions,
    ...vendorOptions,
    ...webhookOptions,
    ...hoursOptions,
  },
})

const commands: Record<string, (context: Context, words: string[]) => Promise<void>> = {
  import: importFiles,
  'set-aside list': listWaiting,
  'set-aside retry': retryWaiting,
  'organization create': createOrganization,
  'staff create': createStaff,
  'client create': createClient,
  'client revoke': revokeClient,
  'app create': async (context) => say((await addApp(context, await organizationId(context), values)).join('\n')),
  'app list': async (context) => say((await showApps(context, await organizationId(context))).join('\n')),
  'app revoke': async (context, [id]) => say(await endAppOf(context, await organizationId(context), id)),
  'vendor list': async (context) => say((await showVendors(context, await organizationId(context))).join('\n')),
  'vendor sign': async (context) =>
    say(`Agreement ${await signVendor(context, await organizationId(context), values)}.`),
  'vendor own': async (context) => say(`Vendor ${await ownVendor(context, await organizationId(context), values)}.`),
  'vendor end': async (context, [id]) => stopVendor(context, await organizationId(context), id),
  'webhook create': async (context) => say(await addWebhook(context, await organizationId(context), values)),
  'webhook list': async (context) => say((await showWebhooks(context, await organizationId(context))).join('\n')),
  'webhook rotate': async (context, [id]) => say(await turnWebhook(context, await organizationId(context), id)),
  'webhook end': async (context, [id]) => stopWebhook(context, await organizationId(context), id),
  'keys list': async (context) => say((await showKeys(context)).join('\n')),
  'keys rotate': async (context) => say((await rotateAllKeys(context)).join('\n')),
  'hours import': async (context, [path]) => {
    const bar = progressBar(process.stderr)
    const onProgress = (done: number, of: number) => bar.show({ bytes: done, ofBytes: of, resources: done })
    const words = { whole: values.whole, onProgress }
    const taken = await importHoursFile(context, await organizationId(context), path, words)
    bar.end()
    report(taken)
  },
  'audit verify': async (context) => report(await verifyAudit(context)),
  'retention list': async (context) => say((await showRetention(context, await organizationId(context))).join('\n')),
  'retention erase': async (context, ids) =>
    say((await eraseRetention(context, await organizationId(context), ids)).join('\n')),
  migrate: async () => say('The database is at this version.'),
  database: waitForStop,
}

const [first = '', second = ''] = positionals
const command = commands[`${first} ${second}`] ?? commands[first]
if (first === 'worker') {
  process.argv.push('--only=worker')
  await import('./main.ts')
} else if (first === 'practice') {
  await practise(positionals.slice(1), values).then(
    (line) => line !== undefined && say(line),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
      process.exitCode = 1
    },
  )
} else if (!command) {
  process.stdout.write(help)
  process.exitCode = first === '' || first === 'help' ? 0 : 1
} else {
  await withContext((context) => command(context, positionals.slice(commands[`${first} ${second}`] ? 2 : 1)))
}

function report({ lines, isWhole }: { lines: readonly string[]; isWhole: boolean }) {
  say(lines.join('\n'))
  if (!isWhole) process.exitCode = 1
}

async function importFiles(context: Context, paths: string[]) {
  if (paths.length === 0) throw new Error('Say what to import: files, folders, or - for standard input.')
  const organization = await organizationId(context)
  const bar = progressBar(process.stderr)
  const summary = await importRecords(context, organization, paths, {
    feeds: [feedDirectory, feedCoverage],
    onProgress: bar.show,
  })
  bar.end()
  await within(context.db, system(organization, 'import'), (tx) => relist(tx, organization))
  if (values.json) return say(JSON.stringify(summary))
  const { files, added, changed, unchanged, setAside, dangling, faults } = summary
  say(
    `${files} files: ${added} resources added, ${changed} changed, ${unchanged} as they were, ${setAside} set aside, ${dangling} references wait for their target.`,
  )
  for (const { file, entry, path, detail } of faults)
    say(`  set aside: ${file}, entry ${entry}${path ? `, ${path}` : ''}: ${detail}`)
  if (setAside > faults.length) say(`  … and ${setAside - faults.length} more`)
}

async function listWaiting(context: Context) {
  const waiting = await listSetAside(context, await organizationId(context))
  for (const { file, entry, path, detail } of waiting)
    say(`${file}, entry ${entry}${path ? `, ${path}` : ''}: ${detail}`)
  say(`${waiting.length} set aside.`)
}

async function retryWaiting(context: Context) {
  const organization = await organizationId(context)
  const { settled, waiting } = await retrySetAside(context, organization, [feedDirectory, feedCoverage])
  await within(context.db, system(organization, 'import'), (tx) => relist(tx, organization))
  say(`${settled} settled, ${waiting} still set aside.`)
}

async function createOrganization({ db }: Context) {
  const { slug, name, phone, zone } = values
  if (!slug || !name || !phone || !zone) throw new Error('Give --slug, --name, --phone and --zone.')
  const id = await foundOrganization(db, {
    slug,
    name,
    phone,
    zone,
    email: null,
    hostNames: [],
    cancelCutoffMinutes: 1440,
    demo: false,
  })
  say(`Organization ${slug} is there (${id}).`)
}

async function createStaff(context: Context) {
  const { name, email, role = '' } = values
  const roles = staffRoles.filter((one) => role.split(',').includes(one))
  if (!name || !email || roles.length === 0 || roles.length !== new Set(role.split(',')).size)
    throw new Error(`Give --name, --email and --role: ${staffRoles.join(', ')}; more than one with commas between.`)
  const organization = await organizationId(context)
  const actor = system(organization, 'command-line')
  const { id, enrolmentUrl } = await addStaff(context, actor, { name, email, roles })
  say(
    `${name} (${id}) may be ${roles.join(', ')}. This link sets the account up, once, within three days:\n${enrolmentUrl}`,
  )
}

async function createClient(context: Context) {
  if (!values.name) throw new Error('Give the program a name: --name X.')
  const { id, token } = await createApiClient(context, await organizationId(context), values.name)
  say(`Client ${values.name} (${id}). This token is shown once:\n${token}`)
}

async function revokeClient(context: Context, [id]: string[]) {
  if (!id) throw new Error('Say which client: its id.')
  await revokeApiClient(context, await organizationId(context), id)
  say('From now on its token opens nothing.')
}

async function organizationId({ db }: Context): Promise<string> {
  const found = await findOrganization(db.worker, values.organization)
  if (!found)
    throw new Error(`There is no organization '${values.organization}'. Make it with: attend organization create`)
  return found.id
}

/** For the client tools of PostgreSQL: moving to an outside server, or back. */
async function waitForStop() {
  const { admin } = await openDatabase(readConfig(), { join: true })
  const { host, port, user, database } = admin
  say(`postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(String(host))}`)
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
}

function say(line: string) {
  process.stdout.write(`${line}\n`)
}
