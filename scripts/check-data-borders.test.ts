import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDataBorders } from './check-data-borders.ts'
import { checkMigrations } from './check-migrations.ts'

const planted = (path: string, text: string) => checkDataBorders([{ path, text }])
const passes = (text: string, looked = 1) => {
  const finding = planted('server/scheduling/a.ts', text)
  assert.deepEqual(finding.breaches, [])
  assert.equal(finding.looked, looked)
}
const breaks = (why: RegExp, text: string, path = 'server/scheduling/a.ts') => {
  const { breaches } = planted(path, text)
  assert.equal(breaches.length, 1, `${text}: ${breaches.join('\n')}`)
  assert.match(breaches[0]!, why)
}
const migration = (text: string, name = '20261123T1250_scheduling.sql') =>
  checkMigrations([{ path: `server/migrations/${name}`, text }]).breaches

test('a slice writes its own tables and joins those behind it', () => {
  passes(`tx.insertInto('scheduling.hold').values(x)`)
  passes(`tx.selectFrom('scheduling.hold as h').innerJoin('people.patient as p', 'p.id', 'h.patientId')`, 2)
  passes('sql`update scheduling.hold h set x = 1 from people.patient p where p.id = h.patient_id`', 2)
})

test('a slice does not write the tables of another, whatever the way', () => {
  const why = /scheduling writes the schema of people/
  breaks(why, `tx.insertInto('people.patient').values(x)`)
  breaks(why, `tx.updateTable('people.patient as p').set(x)`)
  breaks(why, `tx.deleteFrom(['people.patient'])`)
  breaks(why, `tx.mergeInto('people.patient')`)
  breaks(why, 'sql<{ id: string }>`with gone as (delete from people.patient returning id) select 1`')
  breaks(why, 'sql`insert into "people"."patient" values (1)`')
  breaks(why, 'sql`update only people.patient set x = ${1}`')
  breaks(why, `client.query('truncate table people.patient')`)
  breaks(why, 'sql`select ${sql`1`} from (${sql`update people.patient set x = 1 returning 1`}) y`')
})

test('a slice does not read ahead on the journey', () => {
  const why = /scheduling reads ahead/
  breaks(why, `tx.selectFrom('billing.claim')`)
  breaks(why, `tx.selectFrom(['scheduling.hold', 'billing.claim as c'])`)
  breaks(why, `tx.selectFrom('scheduling.hold').leftJoin('billing.claim', 'a', 'b')`)
  breaks(why, 'sql`select 1 from scheduling.hold h, billing.claim c`')
  breaks(why, 'sql`select billing.balance_of(${id})`')
})

test('the queue is the business of the platform alone', () => {
  breaks(/only the platform/, 'sql`select count(*) from pgboss.job`')
  assert.deepEqual(planted('server/platform/jobs.ts', 'sql`select count(*) from pgboss.job`').breaches, [])
})

test('what did a deed may write its audit row with it, and change none', () => {
  passes('sql`insert into platform.audit_event (id) values (1)`')
  breaks(/writes the schema of platform/, 'sql`delete from platform.audit_event`')
})

test('a table that is not written out cannot be checked', () => {
  breaks(/not written out/, `tx.insertInto(table)`)
  breaks(/not written out/, 'sql`select * from ${sql.table(name)}`')
  breaks(/hides which schema/, `db.withSchema('billing')`)
})

test('comments, tests and the test world are not the product', () => {
  passes('sql`select 1 -- billing.claim\n from scheduling.hold`')
  assert.equal(planted('server/scheduling/a.ts', `// tx.selectFrom('billing.claim')`).looked, 0)
  assert.equal(planted('server/scheduling/a.test.ts', `tx.insertInto('billing.claim')`).looked, 0)
  assert.equal(planted('server/testing/world.ts', `tx.insertInto('billing.claim')`).looked, 0)
})

test('what wires slices together writes no table', () => {
  breaks(/app writes the schema of people/, `tx.insertInto('people.patient')`, 'server/app.ts')
})

test('a migration makes its own schema and may refer to those behind it', () => {
  const text = `create schema scheduling; grant usage on schema scheduling to app_staff;
    create table scheduling.hold (patient_id uuid references people.patient); -- later: billing.claim
    create unique index hold_by_patient on scheduling.hold (patient_id);
    create policy own on scheduling.hold using (patient_id in (select id from people.patient));
    grant select on people.patient to app_staff;
    create function scheduling.note() returns trigger language plpgsql as $$ begin insert into platform.audit_event values (1); end $$;`
  assert.deepEqual(migration(text), [])
})

test('a migration touches no other schema and reads none ahead', () => {
  assert.match(migration('create schema billing;').join(), /only the schema scheduling/)
  assert.match(migration('alter table people.patient add x int;').join(), /only the schema scheduling/)
  assert.match(migration('create table if not exists hold (id int);').join(), /only the schema scheduling/)
  assert.match(migration('create index x on people.patient (id);').join(), /only the schema scheduling/)
  assert.match(
    migration('create trigger t after insert on people.patient execute function scheduling.f();').join(),
    /only the schema/,
  )
  assert.match(migration('create table scheduling.x (id int references billing.claim);').join(), /reads ahead/)
  assert.match(migration('create view scheduling.v as select * from billing.claim;').join(), /reads ahead/)
  assert.match(migration('update people.patient set x = 1;').join(), /writes the schema of people/)
  assert.match(migration('grant select on pgboss.job to app_staff;').join(), /only the platform/)
})

test('a migration is named by its moment and its slice', () => {
  assert.match(migration('select 1', '1_scheduling.sql').join(), /name it like/)
  assert.match(migration('select 1', '20261123T1250_extras.sql').join(), /name it like/)
  assert.equal(checkMigrations([]).looked, 0)
})
