/** A guest becomes a known patient only when that is sure; a doubtful one waits for the front desk; the guest never learns which. */
import assert from 'node:assert/strict'
import { before, after, test } from 'node:test'
import { newId, openWorld, sql, type Actor, type Asker, type World } from '../testing/world.ts'
import { within } from '../platform/db.ts'
import { accessPatient, foundOrganization, recogniseGuest, registerGuest, summariesOf } from './index.ts'
import type { Contact } from './contact/address.ts'
import type { PersonDetails } from './contract.ts'
import { addPatientRows } from './save-patient.ts'

let world: World
let desk: Asker
before(async () => {
  world = await openWorld()
  desk = await world.frontDesk()
})
after(() => world[Symbol.asyncDispose]())

const emailOfAda: Contact = { kind: 'email', value: 'ada@example.org' }
const ada: PersonDetails = { givenName: 'Ada', familyName: 'Lima', bornOn: '1980-02-01', language: 'en' }

/** A patient we know, with one contact. */
async function known(person: PersonDetails, contact: Contact, organizationId = world.organizationId) {
  const id = newId()
  const bornOn = Temporal.PlainDate.from(person.bornOn)
  await world.write(
    (tx) =>
      addPatientRows(tx, organizationId, {
        ...person,
        id,
        bornOn,
        origin: 'staff',
        contacts: [{ ...contact, verifiedAt: null }],
      }),
    organizationId,
  )
  return id
}

/** Does what a booking does: looks, then writes in the guest's own role. */
async function arrives(person: PersonDetails, proved: Contact | undefined, typed?: Contact) {
  const recognised = await recogniseGuest(world, world.organizationId, person, proved)
  const patientId = recognised.patientId ?? newId()
  const guest: Actor = {
    role: 'guest',
    organizationId: world.organizationId,
    id: `guest:${patientId}`,
    patientIds: [patientId],
  }
  const contact = proved ?? typed ?? emailOfAda
  const reply = await within(world.db, guest, (tx) =>
    registerGuest(tx, guest, {
      ...recognised,
      patientId,
      person,
      contact,
      verified: proved !== undefined,
      now: world.now(),
    }),
  )
  return { patientId, isKnown: recognised.isKnown, guest, reply }
}

const reviews = async () => {
  const { status, body } = await desk.asks('GET', '/api/people/match-reviews')
  assert.equal(status, 200)
  return body['reviews'] as { id: string; guest: { id: string }; candidates: { id: string }[] }[]
}
const reviewOf = async (guestId: string) => (await reviews()).find(({ guest }) => guest.id === guestId)

test('the same name, birth date and proved contact is the patient we know; nothing of the record is changed', async () => {
  const id = await known(ada, emailOfAda)
  const { patientId, isKnown, guest, reply } = await arrives({ ...ada, givenName: 'ADA', language: 'es' }, emailOfAda)
  assert.deepEqual({ patientId, isKnown, reply }, { patientId: id, isKnown: true, reply: undefined })
  const patient = await within(world.db, guest, (tx) => accessPatient(tx, guest, id))
  assert.deepEqual([patient.givenName, patient.language, patient.origin], ['Ada', 'en', 'staff'])
  const contacts = await world.write((tx) =>
    tx.selectFrom('people.patientContact').where('patientId', '=', id).select(['value', 'verifiedAt']).execute(),
  )
  assert.deepEqual(
    contacts.map(({ value, verifiedAt }) => [value, verifiedAt?.toString()]),
    [['ada@example.org', '2026-12-01T14:00:00Z']],
  )
  assert.equal(await reviewOf(id), undefined)
})

test('the same name and birth date with another contact is doubtful: a new patient, and a review for the front desk', async () => {
  const ben = { ...ada, givenName: 'Ben', familyName: 'Okafor', bornOn: '1975-07-07' }
  const id = await known(ben, { kind: 'phone', value: '+16175550111' })
  const { patientId, isKnown, guest, reply } = await arrives(ben, { kind: 'phone', value: '+16175550222' })
  assert.deepEqual({ isKnown, reply }, { isKnown: false, reply: undefined })
  assert.notEqual(patientId, id)
  const review = (await reviewOf(patientId))!
  assert.deepEqual(
    review.candidates.map((one) => one.id),
    [id],
  )

  const seen = await within(world.db, guest, (tx) => summariesOf(tx, guest, [id, patientId]))
  assert.deepEqual([...seen.keys()], [patientId], 'the guest sees only their own new record')
  await assert.rejects(
    within(world.db, guest, (tx) => accessPatient(tx, guest, id)),
    { status: 404, code: 'not_found' },
  )
  const { rows } = await within(world.db, guest, (tx) => sql`select id from people.patient`.execute(tx))
  assert.equal(rows.length, 1, 'row-level security says the same')

  const again = await arrives(ben, { kind: 'phone', value: '+16175550222' })
  assert.equal(again.patientId, patientId, 'the second visit of the same guest is theirs')
  assert.equal((await reviews()).filter(({ guest }) => guest.id === patientId).length, 1)

  const url = `/api/people/match-reviews/${review.id}/decision`
  assert.equal((await world.ask('POST', url, { decision: 'later' })).status, 401)
  assert.equal((await (await world.client()).asks('POST', url, { decision: 'later' })).status, 403)
  assert.deepEqual((await desk.asks('POST', url, { decision: 'different' })).body, { id: review.id })
  assert.equal((await desk.asks('POST', url, { decision: 'different' })).status, 200)
  assert.equal((await desk.asks('POST', url, { decision: 'later' })).body['code'], 'already_decided')
  assert.equal(
    (await desk.asks('POST', `/api/people/match-reviews/${patientId}/decision`, { decision: 'different' })).status,
    404,
  )
  assert.equal(await reviewOf(patientId), undefined)
})

test('the desk is told why two may be one, most alike first, and what it puts off comes back', async () => {
  const mara: PersonDetails = { givenName: 'Mara', familyName: 'Ortega', bornOn: '1971-03-04', language: 'en' }
  const twin = await known({ ...mara, givenName: 'Lena' }, { kind: 'email', value: 'lena@example.org' })
  const swapped = await known(
    { ...mara, familyName: 'Ortegas', bornOn: '1971-04-03' },
    { kind: 'email', value: 'mara@example.org' },
  )
  const { patientId } = await arrives(mara, { kind: 'email', value: 'mara@example.org' })
  const review = await reviewOf(patientId)
  assert.ok(review)
  assert.deepEqual(
    review.candidates.map(({ id }) => id),
    [swapped, twin],
  )
  const [first] = review.candidates as unknown as { likelihood: unknown }[]
  assert.deepEqual(first?.likelihood, {
    total: 29.9,
    verdict: 'look',
    contributions: [
      { field: 'familyName', level: 'near', points: 3.5 },
      { field: 'givenName', level: 'same', points: 6.4 },
      { field: 'birthDate', level: 'swapped', points: 9 },
      { field: 'email', level: 'same', points: 11 },
    ],
  })
  const url = `/api/people/match-reviews/${review.id}/decision`
  assert.equal((await desk.asks('POST', url, { decision: 'later' })).status, 200)
  assert.equal(await reviewOf(patientId), undefined)
  await world.write((tx) =>
    tx.updateTable('people.matchReview').set({ putOffUntil: world.now() }).where('id', '=', review.id).execute(),
  )
  assert.ok(await reviewOf(patientId))
  assert.equal((await desk.asks('POST', url, { decision: 'different' })).status, 200)
  assert.equal((await desk.asks('POST', url, { decision: 'later' })).body['code'], 'already_decided')
})

test('a stranger is a new patient, and nobody has to look', async () => {
  const { patientId, isKnown, guest, reply } = await arrives(
    { ...ada, givenName: 'Noor', familyName: 'Said', bornOn: '2001-11-11', gender: 'female' },
    { kind: 'email', value: 'noor@example.org' },
  )
  assert.deepEqual({ isKnown, reply }, { isKnown: false, reply: undefined })
  const patient = await within(world.db, guest, (tx) => accessPatient(tx, guest, patientId))
  assert.deepEqual(
    [patient.searchName, patient.gender, patient.origin, patient.bornOn?.toString()],
    ['said noor', 'female', 'guest', '2001-11-11'],
  )
  assert.equal(await reviewOf(patientId), undefined)
  assert.equal((await desk.asks('GET', '/api/people/patients?q=sai%20noo')).body['patients'][0].id, patientId)
})

test('without a proved contact nobody is surely anybody', async () => {
  const cara = { ...ada, givenName: 'Cara', familyName: 'Voss', bornOn: '1948-04-04' }
  const landline: Contact = { kind: 'phone', value: '+16175550333' }
  const id = await known(cara, landline)
  const { patientId, isKnown } = await arrives(cara, undefined, landline)
  assert.equal(isKnown, false)
  assert.deepEqual(
    (await reviewOf(patientId))!.candidates.map((one) => one.id),
    [id],
  )
  const contact = await world.write((tx) =>
    tx
      .selectFrom('people.patientContact')
      .where('patientId', '=', patientId)
      .select('verifiedAt')
      .executeTakeFirstOrThrow(),
  )
  assert.equal(contact.verifiedAt, null)
})

test('somebody who died, and twins on one phone, are never joined', async () => {
  const phone: Contact = { kind: 'phone', value: '+16175550444' }
  const dora = { ...ada, givenName: 'Dora', familyName: 'Klein', bornOn: '1930-01-01' }
  const dead = await known(dora, phone)
  await world.write((tx) =>
    tx.updateTable('people.patient').set({ diedAt: world.now() }).where('id', '=', dead).execute(),
  )
  const first = await arrives(dora, phone)
  assert.deepEqual(
    (await reviewOf(first.patientId))!.candidates.map((one) => one.id),
    [dead],
  )

  const lena = await known({ ...ada, givenName: 'Lena', familyName: 'Park', bornOn: '2015-05-05' }, phone)
  const { patientId, isKnown } = await arrives(
    { ...ada, givenName: 'Milo', familyName: 'Park', bornOn: '2015-05-05' },
    phone,
  )
  assert.equal(isKnown, false)
  assert.notEqual(patientId, lena)
})

test('a patient of another organization is nobody here', async () => {
  const hill = await foundOrganization(world.db, {
    slug: 'hill',
    name: 'Hill Clinic',
    phone: '+16175550200',
    email: null,
    zone: 'America/New_York',
    hostNames: ['hill.example'],
    cancelCutoffMinutes: 0,
    demo: false,
  })
  const eve = { ...ada, givenName: 'Eve', familyName: 'Stone', bornOn: '1966-06-06' }
  await known(eve, { kind: 'email', value: 'eve@example.org' }, hill)
  const { patientId, isKnown } = await arrives(eve, { kind: 'email', value: 'eve@example.org' })
  assert.equal(isKnown, false)
  assert.equal(await reviewOf(patientId), undefined)
})

test('a birth date that nobody alive has, or a name without letters, is refused before anything is looked up', async () => {
  for (const bornOn of ['1700-01-01', '2027-01-01'])
    await assert.rejects(arrives({ ...ada, bornOn }, emailOfAda), { code: 'birth_date' })
  await assert.rejects(arrives({ ...ada, givenName: '\u0000 !' }, emailOfAda), { code: 'name' })
})

test('what the guest did is in the trail', async () => {
  const { patientId } = await arrives(
    { ...ada, givenName: 'Trail', familyName: 'Guest', bornOn: '1999-09-09' },
    { kind: 'email', value: 'trail@example.org' },
  )
  const trail = await world.write((tx) =>
    tx
      .selectFrom('platform.auditEvent')
      .where('patientId', '=', patientId)
      .select(['action', 'actorKind', 'actorId'])
      .execute(),
  )
  assert.deepEqual(trail, [{ action: 'create', actorKind: 'guest', actorId: `guest:${patientId}` }])
})
