/** Sealed fields in a real database: bound to their row, readable over rotations, gone once shredded. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { addPatient } from '../../testing/clinic.ts'
import { newId, openWorld, sql, type World } from '../../testing/world.ts'
import { system, type Actor } from '../actor.ts'
import { within, type Tx } from '../db.ts'
import { blindIndexOf, openFields, sealField, shredPatient, type Field } from './index.ts'
import { Shredded } from './keys-of.ts'
import { passingKeys } from './local-keys.ts'
import { rewrapChore, rotateKeys } from './rotate.ts'
import { WillNotOpen } from './sealing.ts'

const fieldOf = (world: World, patientId: string, id = newId()): Field => ({
  organizationId: world.organizationId,
  table: 'privacy.amendment',
  column: 'about',
  id,
  patientId,
})
const seal = (world: World, field: Field, text: string) => world.write((tx) => sealField(world, tx, field, text))
const open = (world: World, field: Field, value: Buffer) =>
  world.write(async (tx) => (await openFields(world, tx, [{ field, value }]))[0])

async function asOwner(world: World, statement: string) {
  const client = new pg.Client(world.database.superuser)
  await client.connect()
  const { rows } = await client.query(statement)
  await client.end()
  return rows as Record<string, unknown>[]
}

test('what a patient says of their health is nowhere in the database to read, and is there for who may read it', async () => {
  await using world = await openWorld()
  const ada = await addPatient(world, 'Ada')
  const field = fieldOf(world, ada)
  const sealed = await seal(world, field, 'I never had measles')
  assert.doesNotMatch(sealed.toString('latin1'), /measles/)
  assert.equal(await open(world, field, sealed), 'I never had measles')
})

test('a sealed value copied into another row, column, patient or organization does not open there', async () => {
  await using world = await openWorld()
  const [ada, bea] = [await addPatient(world, 'Ada'), await addPatient(world, 'Bea')]
  const field = fieldOf(world, ada)
  const sealed = await seal(world, field, 'mine')
  await seal(world, fieldOf(world, bea), 'hers')
  for (const elsewhere of [
    { ...field, id: newId() },
    { ...field, column: 'wanted' },
    { ...field, table: 'privacy.disclosure' },
    { ...field, patientId: bea },
    { ...field, organizationId: newId() },
  ])
    await assert.rejects(open(world, elsewhere, sealed), WillNotOpen)
})

test('a copy of the database opens nothing without the key that is kept outside it', async () => {
  await using world = await openWorld()
  const field = fieldOf(world, await addPatient(world, 'Ada'))
  const sealed = await seal(world, field, 'mine')
  const thief = { ...world, keyProvider: passingKeys() }
  await assert.rejects(
    world.write((tx) => openFields(thief, tx, [{ field, value: sealed }])),
    /does not hold the key/,
  )
})

test('keys are rotated while the clinic works: what was sealed before, between and after stays readable', async () => {
  await using world = await openWorld()
  const { organizationId } = world
  const ada = await addPatient(world, 'Ada')
  const kept: [Field, Buffer, string][] = []
  const add = async (text: string) => {
    const field = fieldOf(world, ada)
    kept.push([field, await seal(world, field, text), text])
  }
  await add('before')
  for (let turn = 2; turn <= 4; turn++) {
    await world.keyProvider.rotate()
    assert.equal(await rotateKeys(world, organizationId), turn)
    await add(`after rotation ${turn}, before the chore`)
    for (const [field, sealed, text] of kept) assert.equal(await open(world, field, sealed), text)
    await Promise.all([rewrapChore.run(world), add(`while the chore runs ${turn}`)])
    for (const [field, sealed, text] of kept) assert.equal(await open(world, field, sealed), text)
  }
  await rewrapChore.run(world)
  const versions = await asOwner(world, 'select version, wrapped_with from platform.patient_key order by version')
  assert.deepEqual(
    versions,
    [1, 2, 3, 4].map((version) => ({ version, wrapped_with: 4 })),
  )
  const wrappers = await asOwner(world, 'select distinct wrapped_by from platform.data_key')
  assert.equal(wrappers.length, 1, 'the outermost key of before is not needed any more')
  assert.deepEqual(await asOwner(world, 'select * from platform.key_rotation'), [])
})

test('two who seal first for the same patient at once both can be read', async () => {
  await using world = await openWorld()
  const ada = await addPatient(world, 'Ada')
  const fields = Array.from({ length: 12 }, () => fieldOf(world, ada))
  const sealed = await Promise.all(fields.map((field) => seal(world, field, field.id)))
  for (const [at, field] of fields.entries()) assert.equal(await open(world, field, sealed[at]!), field.id)
})

test('a key whose making was rolled back seals nothing that is kept', async () => {
  await using world = await openWorld()
  const field = fieldOf(world, await addPatient(world, 'Ada'))
  const undone = async (tx: Tx) => {
    await sealField(world, tx, field, 'never was')
    throw new Error('undone')
  }
  await assert.rejects(world.write(undone), /undone/)
  const sealed = await seal(world, field, 'is')
  const restarted = { ...world, keyProvider: { ...world.keyProvider } }
  assert.equal(await open(restarted, field, sealed), 'is')
  const [row] = await asOwner(world, 'select count(*)::int as keys from platform.data_key')
  assert.equal(row?.['keys'], 1)
})

test('one patient’s data is shredded for good, the next one’s stays, and nothing new is sealed for the first', async () => {
  await using world = await openWorld()
  const [ada, bea] = [await addPatient(world, 'Ada'), await addPatient(world, 'Bea')]
  const [hers, other] = [fieldOf(world, ada), fieldOf(world, bea)]
  const [one, two] = [await seal(world, hers, 'gone'), await seal(world, other, 'stays')]
  await world.write((tx) => shredPatient(world, tx, world.organizationId, ada))
  assert.equal(await open(world, hers, one), undefined)
  assert.equal(await open(world, other, two), 'stays')
  await assert.rejects(seal(world, hers, 'again'), Shredded)
})

test('a patient reaches the keys of no other patient, and nobody those of another organization', async () => {
  await using world = await openWorld()
  const [ada, bea] = [await addPatient(world, 'Ada'), await addPatient(world, 'Bea')]
  for (const patient of [ada, bea]) await seal(world, fieldOf(world, patient), 'x')
  const count = (actor: Actor) =>
    within(world.db, actor, async (tx) => {
      const { rows } = await sql<{ patientId: string }>`select patient_id from platform.patient_key`.execute(tx)
      return rows.map(({ patientId }) => patientId)
    })
  const { organizationId } = world
  assert.deepEqual(await count({ role: 'patient', organizationId, id: 'person:ada', patientIds: [ada] }), [ada])
  assert.deepEqual(await count(system(newId(), 'test')), [])
})

test('an equal value is found by its blind index, in this organization alone', async () => {
  await using world = await openWorld()
  const column = { organizationId: world.organizationId, table: 'people.patient_identifier', column: 'value' }
  const index = (value: string) => world.write((tx) => blindIndexOf(world, tx, column, value))
  const before = await index('999-12-3456')
  assert.notDeepEqual(await index('999-12-3457'), before)
  await rotateKeys(world, world.organizationId)
  await rewrapChore.run(world)
  assert.deepEqual(await index('999-12-3456'), before)
})
