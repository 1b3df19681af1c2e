/** The front desk finds and adds patients in a few keys; every look is in the trail; no organization sees another's. */
import assert from 'node:assert/strict'
import { before, after, test } from 'node:test'
import { createApiClient, foundOrganization } from './index.ts'
import { newId, openWorld, sql, type Asker, type World } from '../testing/world.ts'
import { savePatientFromRecord, type RecordedPatient } from './save-patient.ts'

let world: World
let desk: Asker
before(async () => {
  world = await openWorld()
  desk = await world.frontDesk()
})
after(() => world[Symbol.asyncDispose]())

const nothingKnown = { bornOn: null, diedAt: null, gender: null, language: null, contacts: [], identifiers: [] }
const recorded = async (facts: Partial<RecordedPatient> & { givenName: string; familyName: string }) => {
  const id = facts.id ?? newId()
  await world.write((tx) => savePatientFromRecord(tx, world.organizationId, { ...nothingKnown, ...facts, id }))
  return id
}
const find = async (q: string, who: Asker = desk) => {
  const { status, body } = await who.asks('GET', `/api/people/patients?q=${encodeURIComponent(q)}`)
  assert.equal(status, 200)
  return (body['patients'] as { name: string }[]).map(({ name }) => name)
}
const trailOf = (patientId: string | null) =>
  world.write((tx) =>
    tx
      .selectFrom('platform.auditEvent')
      .where((of) => (patientId ? of('patientId', '=', patientId) : of('patientId', 'is', null)))
      .select(['action', 'actorKind'])
      .execute(),
  )

test('the switchboard finds a patient by beginnings of names, birth date, phone, or a mix', async () => {
  await recorded({
    givenName: 'María José',
    familyName: 'González Núñez',
    bornOn: '1980-02-01',
    contacts: [{ kind: 'phone', value: '(617) 555-4567' }],
  })
  await recorded({
    givenName: 'Marco',
    familyName: 'Gonzaga',
    bornOn: '1991-12-25',
    contacts: [{ kind: 'phone', value: '555-812-3456' }],
  })
  await recorded({ givenName: 'Gon', familyName: 'Marsh', bornOn: '1980-02-01' })
  await recorded({ givenName: 'Siobhán', familyName: "O'Brien", bornOn: '1955-03-09' })
  const maria = 'María José González Núñez'

  assert.deepEqual(await find('gon mar'), ['Marco Gonzaga', maria, 'Gon Marsh'])
  assert.deepEqual(await find('MARIA nunez'), [maria])
  assert.deepEqual(await find('1980-02-01'), [maria, 'Gon Marsh'])
  for (const typed of ['2/1/1980 gonz', 'gonz 02011980']) assert.deepEqual(await find(typed), [maria], typed)
  assert.deepEqual(await find('25/12/1991'), ['Marco Gonzaga'])
  for (const typed of ['617 555', '4567', '(617) 555-4567', '+1 617', 'mar 4567'])
    assert.deepEqual(await find(typed), [maria], typed)
  for (const typed of ['obrien', "O'Br", 'brien sio', 'sio 1955-03-09'])
    assert.deepEqual(await find(typed), ["Siobhán O'Brien"], typed)
  for (const typed of ['gonzales', 'mar 1234', '%%', '..']) assert.deepEqual(await find(typed), [], typed)
})

test('a whole family name stands before one that only begins so, and a list has its limit', async () => {
  for (const familyName of ['Leeson', 'Lee', 'Leeds']) await recorded({ givenName: 'Kim', familyName })
  await recorded({ givenName: 'Lee', familyName: 'Adams' })
  assert.deepEqual(await find('lee'), ['Kim Lee', 'Kim Leeds', 'Kim Leeson', 'Lee Adams'])
  assert.equal((await desk.asks('GET', '/api/people/patients?q=lee&limit=2')).body['patients'].length, 2)
  assert.equal((await desk.asks('GET', '/api/people/patients?q=lee&limit=51')).status, 400)
})

test('the search and every patient it shows are in the trail', async () => {
  const id = await recorded({ givenName: 'Tessa', familyName: 'Trailwood' })
  const searches = (await trailOf(null)).filter(({ action }) => action === 'search').length
  await find('trailw')
  assert.deepEqual(await trailOf(id), [{ action: 'read', actorKind: 'front_desk' }])
  assert.equal((await trailOf(null)).filter(({ action }) => action === 'search').length, searches + 1)
})

const ada = { givenName: 'Ada', familyName: 'Lima', bornOn: '1980-02-29', language: 'en' } as const

test('a patient added twice with one key is one patient, and look-alikes are shown', async () => {
  const asked = { person: ada, phone: '(617) 555-7001', email: 'Ada@Example.org' }
  const key = { 'idempotency-key': 'add-ada-once' }
  const first = await desk.asks('POST', '/api/people/patients', asked, key)
  assert.equal(first.status, 200)
  const { id, ...patient } = first.body['patient']
  assert.deepEqual(patient, {
    name: 'Ada Lima',
    bornOn: '1980-02-29',
    gender: null,
    language: 'en',
    phone: '+16175557001',
    email: 'ada@example.org',
  })
  const [again, atOnce] = await Promise.all([1, 2].map(() => desk.asks('POST', '/api/people/patients', asked, key)))
  assert.deepEqual([again!.body['patient'].id, atOnce!.body['patient'].id], [id, id])
  assert.deepEqual(await find('ada lima'), ['Ada Lima'])

  const other = await desk.asks('POST', '/api/people/patients', { person: ada, phone: '617 555 7001' })
  assert.notEqual(other.body['patient'].id, id)
  assert.deepEqual(
    other.body['lookAlikes'].map((like: { id: string }) => like.id),
    [id],
  )
})

test('what cannot be is refused before anything is written', async () => {
  const add = (person: object, more: object = {}) =>
    desk.asks('POST', '/api/people/patients', { person: { ...ada, familyName: 'Refusal', ...person }, ...more })
  assert.equal((await add({ bornOn: '2099-01-01' })).body['code'], 'birth_date')
  assert.equal((await add({ bornOn: '0001-01-01' })).body['code'], 'birth_date')
  assert.equal((await add({ bornOn: '2021-02-30' })).body['code'], 'malformed')
  assert.equal((await add({ givenName: '\u0000\u0001' })).body['code'], 'name')
  assert.equal((await add({}, { phone: '1234567' })).body['code'], 'phone')
  assert.equal((await add({}, { email: 'not an email' })).body['code'], 'malformed')
  assert.deepEqual(await find('refusal'), [])
})

test('a record imported again changes nothing; a changed one replaces names and numbers but not what was proved', async () => {
  const facts = {
    id: newId(),
    givenName: 'Omar',
    familyName: 'Haddad',
    bornOn: '1970-05-05',
    diedAt: '2020',
    contacts: [
      { kind: 'phone' as const, value: '617-555-8001' },
      { kind: 'phone' as const, value: 'none' },
    ],
    identifiers: [{ system: 'urn:mrn', value: '1' }],
  }
  const rows = () =>
    world.write(async (tx) => ({
      patient: await tx.selectFrom('people.patient').where('id', '=', facts.id).selectAll().execute(),
      words: await tx
        .selectFrom('people.patientWord')
        .where('patientId', '=', facts.id)
        .select('word')
        .orderBy('word')
        .execute(),
      contacts: await tx
        .selectFrom('people.patientContact')
        .where('patientId', '=', facts.id)
        .selectAll()
        .orderBy('value')
        .execute(),
      identifiers: await tx
        .selectFrom('people.patientIdentifier')
        .where('patientId', '=', facts.id)
        .selectAll()
        .execute(),
    }))
  await recorded(facts)
  const before = await rows()
  assert.equal(before.patient[0]!.diedAt?.toString(), '2020-01-01T00:00:00Z')
  assert.deepEqual([before.contacts.length, before.identifiers.length], [1, 1])
  await recorded(facts)
  assert.deepEqual(await rows(), before)

  const provedAt = Temporal.Instant.from('2026-11-01T00:00:00Z')
  await world.write((tx) =>
    tx
      .insertInto('people.patientContact')
      .values({
        organizationId: world.organizationId,
        patientId: facts.id,
        kind: 'email',
        value: 'omar@example.org',
        verifiedAt: provedAt,
      })
      .execute(),
  )
  await recorded({ ...facts, familyName: 'Khoury', contacts: [{ kind: 'phone', value: '617-555-8002' }] })
  const changed = await rows()
  assert.deepEqual(
    changed.words.map(({ word }) => word),
    ['khoury', 'omar'],
  )
  assert.deepEqual(
    changed.contacts.map(({ value }) => value),
    ['+16175558002', 'omar@example.org'],
  )
})

test('a program of one organization sees nothing of another, and a visitor sees nobody', async () => {
  const hillId = await foundOrganization(world.db, {
    slug: 'hill',
    name: 'Hill Clinic',
    phone: '+16175550200',
    email: null,
    zone: 'America/New_York',
    hostNames: ['hill.example'],
    cancelCutoffMinutes: 0,
    demo: false,
  })
  await recorded({ givenName: 'Wilma', familyName: 'Wallflower', bornOn: '1960-06-06' })
  const { token } = await createApiClient(world, hillId, 'Hill program')
  const headers = { authorization: `Bearer ${token}` }
  const hill: Asker = {
    headers,
    asks: (method, url, payload, more) => world.ask(method, url, payload, { ...headers, ...more }),
  }
  for (const q of ['wallfl', '1960-06-06', 'wil']) assert.deepEqual(await find(q, hill), [], q)
  assert.deepEqual(await find('wallfl', await world.client()), ['Wilma Wallflower'])
  const like = await hill.asks('POST', '/api/people/patients', {
    person: { givenName: 'Wilma', familyName: 'Wallflower', bornOn: '1960-06-06', language: 'en' },
  })
  assert.deepEqual(like.body['lookAlikes'], [])
  assert.deepEqual((await find('wallfl', desk)).length, 1)
  assert.equal((await world.ask('GET', '/api/people/patients?q=wallfl')).status, 401)
  assert.equal((await hill.asks('GET', '/api/people/match-reviews')).status, 403)
})

test('no name, birth date or number of a patient is in the log or the queue', async () => {
  await desk.asks('POST', '/api/people/patients', {
    person: { givenName: 'Zyxwv', familyName: 'Canary', bornOn: '1931-01-13', language: 'en' },
    email: 'zyxwv@canary.example',
    phone: '617 555 9876',
  })
  assert.deepEqual(await find('zyxwv 1931-01-13'), ['Zyxwv Canary'])
  await find('zyxwv@canary 9876')
  const { rows } = await sql`select data from pgboss.job`.execute(world.db.worker)
  assert.ok(world.logLines.length > 0)
  assert.doesNotMatch(world.logLines.join('') + JSON.stringify(rows), /zyxwv|canary|1931-01-13|5559876/i)
})
