import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { openWorld } from '../testing/world.ts'
import { system, type Actor } from './actor.ts'
import { within, withinSignIn } from './db.ts'

/** Tables without a tenant of their own, each with its reason. */
const apart = new Set([
  'people.organization', // is the tenant
  'platform.clockwork', // names of chores and when they ran
])

async function catalogue(connection: pg.ClientConfig) {
  const client = new pg.Client(connection)
  await client.connect()
  const { rows } = await client.query<{
    name: string
    secured: boolean
    forced: boolean
    tenant: boolean
    key: string[]
    granted: string[]
    policed: string[]
  }>(`
    select n.nspname || '.' || c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id' and a.attnotnull) as tenant,
      coalesce((select array_agg(a.attname::text order by array_position(i.indkey::int[], a.attnum::int)) from pg_index i
        join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) where i.indrelid = c.oid and i.indisprimary), '{}') as key,
      array(select distinct g.grantee::text from information_schema.role_table_grants g
        where g.table_schema = n.nspname and g.table_name = c.relname and g.grantee like 'app\\_%') as granted,
      array(select distinct r::text from pg_policies p, unnest(p.roles) r where p.schemaname = n.nspname and p.tablename = c.relname) as policed
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss', 'migrations')`)
  await client.end()
  return rows
}

test('every table has forced row-level security, a tenant in its key, and a policy for each role that has a grant', async () => {
  await using world = await openWorld()
  const tables = await catalogue(world.database.superuser)
  assert.ok(tables.length > 25, `only ${tables.length} tables were looked at`)
  for (const { name, secured, forced, tenant, key, granted, policed } of tables) {
    if (name === 'platform.clockwork') continue
    assert.ok(secured && forced, `${name} has no forced row-level security`)
    assert.deepEqual(
      granted.filter((role) => !policed.includes(role)),
      [],
      `${name} grants to a role without a policy`,
    )
    if (apart.has(name)) continue
    assert.ok(tenant, `${name} has no organization_id`)
    assert.equal(key[0], 'organization_id', `${name}: its key does not begin with the tenant`)
  }
})

test('no login role owns a table, is a superuser or passes row-level security', async () => {
  await using world = await openWorld()
  const client = new pg.Client(world.database.superuser)
  await client.connect()
  const { rows } = await client.query(`
    select r.rolname from pg_roles r where r.rolname like 'app\\_%' and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
      or exists (select from pg_class c where c.relowner = r.oid))`)
  const { rows: creators } = await client.query(`
    select r.rolname, n.nspname from pg_roles r, pg_namespace n where r.rolname like 'app\\_%' and n.nspname !~ '^pg_' and has_schema_privilege(r.rolname, n.nspname, 'create')`)
  await client.end()
  assert.deepEqual(rows, [])
  assert.deepEqual(creators, [])
})

test('the public pool can read nothing about a person', async () => {
  await using world = await openWorld()
  const tables = (await catalogue(world.database.superuser)).map(({ name }) => name)
  const personal = tables.filter(
    (name) =>
      /^(people|record|conversations|platform)\.|appointment|hold|taken_time|call_back|patient/.test(name) &&
      name !== 'people.organization',
  )
  assert.ok(personal.length > 15)
  const anyone: Actor = { role: 'anyone', organizationId: world.organizationId, id: 'anyone', patientIds: [] }
  for (const name of personal)
    await assert.rejects(
      within(world.db, anyone, (tx) => sql`select 1 from ${sql.table(name)} limit 1`.execute(tx)),
      /permission denied/,
      name,
    )
})

test('credentials are for the role of sign-in alone, and that role reads no patient', async () => {
  await using world = await openWorld()
  const { organizationId } = world
  const of = (role: Actor['role']): Actor => ({ role, organizationId, id: 'someone', patientIds: [] })
  const credentials = ['login_name', 'passkey', 'password', 'totp', 'recovery_code', 'session']
  for (const name of credentials)
    for (const role of ['patient', 'practice_admin', 'system'] as const)
      await assert.rejects(
        within(world.db, of(role), (tx) => sql`select 1 from ${sql.table(`people.${name}`)} limit 1`.execute(tx)),
        /permission denied/,
        `${role} reads ${name}`,
      )
  for (const name of ['people.patient', 'people.patient_contact', 'scheduling.appointment', 'platform.audit_event'])
    await assert.rejects(
      withinSignIn(world.db, organizationId, (tx) => sql`select 1 from ${sql.table(name)} limit 1`.execute(tx)),
      /permission denied/,
      name,
    )
})

test('without a context there are no rows but an error, and a context does not outlive its transaction', async () => {
  await using world = await openWorld()
  await world.write((tx) =>
    tx
      .insertInto('people.patient')
      .values({
        organizationId: world.organizationId,
        givenName: 'Ada',
        familyName: 'Byron',
        searchName: 'ada byron',
        origin: 'staff',
      })
      .execute(),
  )
  const outside = () => world.db.staff.selectFrom('people.patient').select('id').execute()
  await assert.rejects(outside())
  const staff: Actor = { role: 'front_desk', organizationId: world.organizationId, id: 'person:rui', patientIds: [] }
  const inside = await Promise.all(
    Array.from({ length: 20 }, () =>
      within(world.db, staff, (tx) => tx.selectFrom('people.patient').select('id').execute()),
    ),
  )
  assert.ok(inside.every((rows) => rows.length === 1))
  for (let i = 0; i < 20; i++) await assert.rejects(outside())
})

test('another organization’s rows are not there, nor can rows be written into it', async () => {
  await using world = await openWorld()
  const patient = { givenName: 'Ada', familyName: 'Byron', searchName: 'ada byron', origin: 'staff' as const }
  await world.write((tx) =>
    tx
      .insertInto('people.patient')
      .values({ organizationId: world.organizationId, ...patient })
      .execute(),
  )
  const other = '00000000-0000-4000-8000-000000000001'
  const stranger: Actor = { role: 'front_desk', organizationId: other, id: 'person:eve', patientIds: [] }
  assert.deepEqual(await within(world.db, stranger, (tx) => tx.selectFrom('people.patient').select('id').execute()), [])
  await assert.rejects(
    within(world.db, stranger, (tx) =>
      tx
        .insertInto('people.patient')
        .values({ organizationId: world.organizationId, ...patient })
        .execute(),
    ),
    /row-level security/,
  )
})

test('the portal sees only the patients its context names', async () => {
  await using world = await openWorld()
  const add = (givenName: string) =>
    world.write((tx) =>
      tx
        .insertInto('people.patient')
        .values({
          organizationId: world.organizationId,
          givenName,
          familyName: 'Byron',
          searchName: givenName,
          origin: 'staff',
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    )
  const [ada, bea] = [await add('Ada'), await add('Bea')]
  const guest: Actor = { role: 'guest', organizationId: world.organizationId, id: 'guest:ada', patientIds: [ada.id] }
  const seen = await within(world.db, guest, (tx) => tx.selectFrom('people.patient').select('id').execute())
  assert.deepEqual(seen, [{ id: ada.id }])
  const touched = await within(world.db, guest, (tx) =>
    tx.updateTable('people.patient').set({ givenName: 'Eve' }).where('id', '=', bea.id).returning('id').execute(),
  )
  assert.deepEqual(touched, [])
})

test('the audit trail can be added to and read, never changed', async () => {
  await using world = await openWorld()
  const actor = system(world.organizationId, 'test')
  for (const change of [
    sql`update platform.audit_event set outcome = 'refused'`,
    sql`delete from platform.audit_event`,
    sql`update platform.audit_seal set number = 2`,
    sql`delete from platform.audit_seal`,
  ])
    await assert.rejects(
      within(world.db, actor, (tx) => change.execute(tx)),
      /permission denied/,
    )
})
