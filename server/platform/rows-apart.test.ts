// Asks the database itself, as each role of it, with another's context: whatever the code forgets, the rows stay apart.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { openWorld, type World } from '../testing/world.ts'
import type { Actor } from './actor.ts'
import { within } from './db.ts'

/** What the portal may see of every patient of the organization, each with its reason. All else is of one patient. */
const sharedWithPatients = new Map([
  ['people.organization', 'the name and phone of the clinic'],
  ['people.access_rules', 'the ages at which rights change'],
  ['directory.*', 'who works where: public'],
  ['coverage.network', 'public'],
  ['coverage.participation', 'public'],
  ['coverage.payer', 'public'],
  ['coverage.plan', 'public'],
  ['coverage.plan_network', 'public'],
  ['scheduling.visit_type', 'public'],
  ['scheduling.offering', 'public'],
  ['scheduling.opening', 'public'],
  ['scheduling.listing', 'public'],
  ['scheduling.profile', 'public'],
  ['scheduling.weekly_rule', 'hours of clinicians, to make openings from'],
  ['scheduling.calendar_exception', 'the same'],
  ['scheduling.taken_time', 'which time is taken, not by whom'],
  ['scheduling.group_session', 'when groups meet, not who'],
  ['scheduling.seat', 'which seat is taken, not by whom'],
  ['scheduling.resource', 'rooms, devices and interpreters, to make openings from'],
  ['scheduling.resource_rule', 'the same'],
  ['scheduling.resource_closure', 'the same'],
  ['scheduling.visit_need', 'the same'],
  ['scheduling.rule_in_force', 'what booking asks of everybody alike'],
  ['scheduling.hold', 'the same; who holds is a hash'],
  ['platform.request_key', 'hashes, by actor'],
  ['platform.data_key', 'wrapped keys: they open nothing without the one outside'],
])
const isShared = (name: string) => sharedWithPatients.has(name) || sharedWithPatients.has(`${name.split('.')[0]}.*`)

const tenant = '00000000-0000-4000-8000-0000000000a1'
const otherTenant = '00000000-0000-4000-8000-0000000000b2'
const patient = '00000000-0000-4000-8000-0000000000c3'
const otherPatient = '00000000-0000-4000-8000-0000000000d4'
const visit = '00000000-0000-4000-8000-0000000000e5'

interface Column {
  name: string
  type: string
}
interface Table {
  name: string
  columns: Column[]
  readers: string[]
  writers: string[]
}

/** Tables with rows of tenants, and which of our roles may read or change them. */
async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select n.nspname || '.' || c.relname as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null))) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = '') as columns,
      array(select r.rolname::text from pg_roles r where r.rolname in ('app_portal', 'app_staff') and has_table_privilege(r.oid, c.oid, 'select')) as readers,
      array(select r.rolname::text from pg_roles r where r.rolname in ('app_portal', 'app_staff') and (has_any_column_privilege(r.oid, c.oid, 'update') or has_table_privilege(r.oid, c.oid, 'delete'))) as writers
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss', 'migrations')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id')
    order by 1`)
  return rows
}

/** Rules about content are gone, so that a row of any table can be made of nothing but the types of its columns. */
async function loosen(client: pg.Client) {
  const { rows } = await client.query<{ text: string }>(`
    select format('alter table %s drop constraint %I cascade', conrelid::regclass, conname) as text
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype in ('c', 'f') and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')`)
  for (const { text } of rows) await client.query(text)
}

/** One row of the tenant and the patient in each table. */
async function fill(client: pg.Client, { name, columns }: Table) {
  const value = ({ name: column, type }: Column): unknown => {
    if (column === 'organization_id') return tenant
    if (column === 'patient_id' || (column === 'id' && name === 'people.patient')) return patient
    if (column === 'appointment_id' || (column === 'id' && name === 'scheduling.appointment')) return visit
    if (type.endsWith('[]')) return '{}'
    if (type === 'uuid') return '00000000-0000-4000-8000-0000000000f6'
    if (type.startsWith('timestamp')) return '2026-12-01T14:00:00Z'
    if (type === 'date') return '2026-12-01'
    if (type === 'boolean') return true
    if (type === 'bytea') return Buffer.from('x')
    if (type.startsWith('json')) return '{}'
    return /int|double|numeric|real/.test(type) ? 1 : 'x'
  }
  const names = columns.map(({ name: column }) => `"${column}"`).join(', ')
  const places = columns.map((_, at) => `$${at + 1}`).join(', ')
  await client.query(`insert into ${name} (${names}) overriding system value values (${places})`, columns.map(value))
}

async function filled(world: World): Promise<Table[]> {
  const client = new pg.Client(world.database.superuser)
  await client.connect()
  try {
    await loosen(client)
    const tables = await tablesOf(client)
    for (const table of tables) await fill(client, table)
    return tables
  } finally {
    await client.end()
  }
}

const portal = (organizationId: string, ...patientIds: string[]): Actor => ({
  role: 'patient',
  organizationId,
  id: 'person:eve',
  patientIds,
})
const staff = (organizationId: string): Actor => ({
  role: 'front_desk',
  organizationId,
  id: 'person:eve',
  patientIds: [],
})

const seen = (world: World, actor: Actor, { name }: Table) =>
  within(world.db, actor, async (tx) => {
    const { rows } = await sql`select from ${sql.table(name)}`.execute(tx)
    return rows.length
  })

/** How many rows a change without any condition reaches; refused counts as none. */
async function reached(world: World, actor: Actor, { name, columns }: Table): Promise<number> {
  let most = 0
  for (const { name: column } of columns)
    await within(world.db, actor, async (tx) => {
      const set = sql`${sql.ref(column)} = ${sql.ref(column)}`
      const { numAffectedRows = 0n } = await sql`update ${sql.table(name)} set ${set}`.execute(tx)
      most = Math.max(most, Number(numAffectedRows))
    }).catch(refused)
  await within(world.db, actor, async (tx) => {
    const { numAffectedRows = 0n } = await sql`delete from ${sql.table(name)}`.execute(tx)
    most = Math.max(most, Number(numAffectedRows))
    throw undo
  }).catch(refused)
  return most
}
const undo = new Error('permission denied: undone by the test')
function refused(error: Error) {
  if (!/permission denied|generated column|row-level security/.test(error.message)) throw error
}

test('without any check of ours, staff of another organization read and change nothing, in any table', async () => {
  await using world = await openWorld()
  const tables = await filled(world)
  const read = tables.filter(({ readers }) => readers.includes('app_staff'))
  assert.ok(read.length > 30, `only ${read.length} tables were looked at`)
  for (const table of read) {
    assert.equal(await seen(world, staff(tenant), table), 1, `${table.name}: its own staff see the row`)
    assert.equal(await seen(world, staff(otherTenant), table), 0, `${table.name} is read by another organization`)
    if (table.writers.includes('app_staff'))
      assert.equal(
        await reached(world, staff(otherTenant), table),
        0,
        `${table.name} is changed by another organization`,
      )
  }
})

test('without any check of ours, a patient reads and changes nothing of another patient, nor of another organization', async () => {
  await using world = await openWorld()
  const tables = await filled(world)
  const read = tables.filter(({ readers }) => readers.includes('app_portal'))
  const personal = read.filter(({ name }) => !isShared(name))
  assert.ok(personal.length > 10, `only ${personal.length} tables were looked at`)
  for (const table of read)
    for (const elsewhere of [portal(otherTenant, patient), portal(otherTenant)]) {
      assert.equal(await seen(world, elsewhere, table), 0, `${table.name} is read from another organization`)
      assert.equal(await reached(world, elsewhere, table), 0, `${table.name} is changed from another organization`)
    }
  for (const table of personal) {
    assert.equal(await seen(world, portal(tenant, patient), table), 1, `${table.name}: the patient sees their row`)
    for (const stranger of [portal(tenant, otherPatient), portal(tenant)]) {
      assert.equal(await seen(world, stranger, table), 0, `${table.name} is read by another patient`)
      assert.equal(await reached(world, stranger, table), 0, `${table.name} is changed by another patient`)
    }
  }
})

test('what every patient may see names no patient', async () => {
  await using world = await openWorld()
  const client = new pg.Client(world.database.superuser)
  await client.connect()
  const tables = await tablesOf(client)
  await client.end()
  for (const { name, columns, readers } of tables) {
    if (!readers.includes('app_portal') || !isShared(name)) continue
    const about = columns.filter(({ name: column }) => /patient_id|person_id|contact|given_name/.test(column))
    const isPublic = name.startsWith('directory.')
    assert.deepEqual(isPublic ? [] : about, [], `${name} says whose it is`)
  }
})

test('a row cannot be written for another patient or organization, however the statement is put', async () => {
  await using world = await openWorld()
  const tables = await filled(world)
  for (const { name, columns } of tables) {
    const names = sql.join(columns.map(({ name: column }) => sql.ref(column)))
    const copy = (actor: Actor) =>
      within(world.db, actor, (tx) =>
        sql`insert into ${sql.table(name)} (${names}) overriding system value
          select ${names} from json_populate_record(null::${sql.table(name)}, ${JSON.stringify(
            Object.fromEntries(columns.map(({ name: column, type }) => [column, sample(column, type, name)])),
          )}::json)`.execute(tx),
      )
    for (const actor of [staff(otherTenant), portal(otherTenant, patient)])
      await assert.rejects(copy(actor), /permission denied|row-level security/, `${name} is written by ${actor.role}`)
    // The trail takes whatever somebody did, to whomever: it can be added to, and read by nobody of the portal.
    if (name === 'platform.audit_event') continue
    if (!isShared(name) && columns.some(({ name: column }) => column === 'patient_id'))
      await assert.rejects(
        copy(portal(tenant, otherPatient)),
        /permission denied|row-level security/,
        `${name} is written for another patient`,
      )
  }
})

function sample(column: string, type: string, table: string): unknown {
  if (column === 'organization_id') return tenant
  if (column === 'patient_id' || (column === 'id' && table === 'people.patient')) return patient
  if (type.endsWith('[]')) return []
  if (type === 'uuid') return '00000000-0000-4000-8000-0000000000aa'
  if (type.startsWith('timestamp')) return '2026-12-02T14:00:00Z'
  if (type === 'date') return '2026-12-02'
  if (type === 'boolean') return true
  if (type === 'bytea') return '\\x79'
  if (type.startsWith('json')) return {}
  return /int|double|numeric|real/.test(type) ? 2 : 'y'
}
