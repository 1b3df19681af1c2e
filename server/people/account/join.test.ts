import assert from 'node:assert/strict'
import { test } from 'node:test'
import { within } from '../../platform/db.ts'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { codeSentTo, cookieOf, proofOf, withCode } from '../../testing/colleague.ts'
import { type Json, openWorld, type World } from '../../testing/world.ts'
import { actorOfSession } from '../sign-in/sessions.ts'

const ada = { givenName: 'Ada', familyName: 'Byron', bornOn: '1980-05-17', language: 'en' }

/** Whose records a session opens, as the server sees it on the next request. */
async function opens(world: World, cookie: string) {
  const actor = await actorOfSession(world, cookie.split('=')[1] ?? '')
  return { role: actor?.role, patientIds: actor?.patientIds ?? [] }
}
const join = (world: World, cookie: string, body: object) =>
  world.ask('POST', '/api/people/account/record', body, { cookie })

test('a code to their own email signs a patient in, and opens an account for one who had none: the reply is the same', async () => {
  await using world = await openWorld()
  const first = await withCode(world, 'ada@example.org')
  assert.deepEqual(first.signedIn.body, { state: 'signed_in', name: null, role: 'patient', step: null, methods: [] })
  const second = await withCode(world, 'ada@example.org')
  assert.deepEqual(second.signedIn.body, first.signedIn.body)
  const people = await world.write((tx) => tx.selectFrom('people.person').select('id').execute())
  assert.equal(people.length, 1)
  assert.deepEqual(await opens(world, first.cookie), { role: 'patient', patientIds: [] })
})

test('a proof signs in once', async () => {
  await using world = await openWorld()
  const proof = await proofOf(world, { kind: 'phone', value: '+16175550142' })
  const use = () => world.ask('POST', '/api/people/sign-in/code', { proof })
  assert.equal((await use()).status, 200)
  const again = await use()
  assert.deepEqual([again.status, again.body['code'], cookieOf(again)], [422, 'proof', ''])
})

test('name, birth date and a contact on record join the account to the record, from the next request on', async () => {
  await using world = await openWorld()
  const patientId = await addPatient(world, 'Ada')
  const proof = await proofOf(world, { kind: 'email', value: 'ada@example.org' })
  const { cookie } = await withCode(world, 'ada@example.org')
  const joined = await join(world, cookie, { person: ada, proof })
  assert.deepEqual([joined.status, joined.body], [200, { joined: true }])
  assert.deepEqual(await opens(world, cookie), { role: 'patient', patientIds: [patientId] })
  assert.equal((await join(world, cookie, { person: ada, proof })).status, 200)
  assert.deepEqual((await opens(world, cookie)).patientIds, [patientId])
})

test('who is not surely known gets the same reply, a record of their own, and the front desk a question when it is doubtful', async () => {
  await using world = await openWorld()
  const patientId = await addPatient(world, 'Ada')
  const eve = await withCode(world, 'eve@example.org')
  const proof = await proofOf(world, { kind: 'email', value: 'eve@example.org' })
  // The right name and birth date, but not a contact on record.
  const doubtful = await join(world, eve.cookie, { person: ada, proof })
  assert.deepEqual([doubtful.status, doubtful.body], [200, { joined: true }])
  const { patientIds } = await opens(world, eve.cookie)
  assert.equal(patientIds.length, 1)
  assert.notEqual(patientIds[0], patientId)
  const reviews = await (await world.frontDesk()).asks('GET', '/api/people/match-reviews')
  assert.deepEqual(
    reviews.body['reviews'].map((one: Json) => [one.guest.id, one.candidates.map(({ id }: Json) => id)]),
    [[patientIds[0], [patientId]]],
  )
  // A wrong birth date looks the same and asks nobody.
  const bea = await withCode(world, 'bea@example.org')
  const hers = await proofOf(world, { kind: 'email', value: 'bea@example.org' })
  const wrong = await join(world, bea.cookie, { person: { ...ada, bornOn: '1981-05-17' }, proof: hers })
  assert.deepEqual(wrong.body, doubtful.body)
  assert.ok(!(await opens(world, bea.cookie)).patientIds.includes(patientId))
})

test('guessing birth dates ends after ten tries, and somebody without an account of their own cannot even begin', async () => {
  await using world = await openWorld()
  const { cookie } = await withCode(world, 'eve@example.org')
  const proof = await proofOf(world, { kind: 'email', value: 'eve@example.org' })
  const statuses: number[] = []
  for (let day = 10; day < 22; day++)
    statuses.push((await join(world, cookie, { person: { ...ada, bornOn: `1980-05-${day}` }, proof })).status)
  assert.deepEqual(statuses.slice(0, 10), Array(10).fill(200))
  assert.deepEqual(statuses.slice(10), [429, 429])
  assert.equal((await world.ask('POST', '/api/people/account/record', { person: ada, proof })).status, 401)
})

test('an invitation and the code to the contact on record join the account, once and for seven days', async () => {
  await using world = await openWorld()
  const patientId = await addPatient(world, 'Ada')
  const desk = await world.frontDesk()
  const invite = async () =>
    (await desk.asks('POST', `/api/people/patients/${patientId}/invitation`, { kind: 'email' })).body
  const invited = await invite()
  assert.equal(invited['sentTo'], 'a•••@e•••')
  const token = String(invited['url']).split('#')[1]
  // Ada signs in with a phone that is not on her record yet.
  const phone = await proofOf(world, { kind: 'phone', value: '+16175550142' })
  const cookie = cookieOf(await world.ask('POST', '/api/people/sign-in/code', { proof: phone }))
  const asks = (url: string, body: object) => world.ask('POST', `/api/people/account/${url}`, body, { cookie })
  const opened = await asks('invitation', { token, language: 'en' })
  assert.equal(opened.status, 200, JSON.stringify(opened.body))
  assert.equal(opened.body['sentTo'], 'a•••@e•••')
  const wrong = await asks('invitation/acceptance', { token, codeId: opened.body['codeId'], code: '000000' })
  assert.equal(wrong.body['code'], 'wrong_code')
  assert.deepEqual((await opens(world, cookie)).patientIds, [])
  const code = await codeSentTo(world, 'ada@example.org')
  const accepted = await asks('invitation/acceptance', { token, codeId: opened.body['codeId'], code })
  assert.deepEqual([accepted.status, accepted.body], [200, { joined: true }])
  assert.deepEqual((await opens(world, cookie)).patientIds, [patientId])
  assert.equal((await asks('invitation', { token, language: 'en' })).body['code'], 'invitation_over')
  const late = String((await invite())['url']).split('#')[1]
  assert.equal((await asks('invitation', { token: `${late}x`, language: 'en' })).body['code'], 'invitation_over')
  world.at(world.now().add({ hours: 7 * 24 }))
  const again = await withCode(world, 'other@example.org')
  const over = await world.ask(
    'POST',
    '/api/people/account/invitation',
    { token: late, language: 'en' },
    { cookie: again.cookie },
  )
  assert.equal(over.body['code'], 'invitation_over')
})

test('a code to one’s own phone does not accept an invitation that names another contact', async () => {
  await using world = await openWorld()
  const patientId = await addPatient(world, 'Ada')
  const desk = await world.frontDesk()
  const { body } = await desk.asks('POST', `/api/people/patients/${patientId}/invitation`, { kind: 'email' })
  const token = String(body['url']).split('#')[1]
  const { cookie } = await withCode(world, 'eve@example.org')
  const to = { kind: 'email', value: 'eve@example.org' }
  const sent = await world.ask('POST', '/api/people/contact-codes', { to, language: 'en' })
  const code = await codeSentTo(world, 'eve@example.org')
  const stolen = await world.ask(
    'POST',
    '/api/people/account/invitation/acceptance',
    { token, codeId: sent.body['id'], code },
    { cookie },
  )
  assert.equal(stolen.body['code'], 'other_contact')
  assert.deepEqual((await opens(world, cookie)).patientIds, [])
  const missing = await desk.asks('POST', `/api/people/patients/${patientId}/invitation`, { kind: 'phone' })
  assert.equal(missing.body['code'], 'no_contact')
})

test('a patient books and sees their own visits and nobody else’s, as the database does', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const [adaId, beaId] = [await addPatient(world, 'Ada'), await addPatient(world, 'Bea')]
  const proof = await proofOf(world, { kind: 'email', value: 'ada@example.org' })
  const { cookie } = await withCode(world, 'ada@example.org')
  await join(world, cookie, { person: ada, proof })
  const asks = (method: 'GET' | 'POST', url: string, body?: object, its = cookie) =>
    world.ask(method, `/api/scheduling/${url}`, body, { cookie: its })
  const visit = { offeringId: clinic.nguyen.office, startsAt: '2026-12-02T14:00:00Z', language: 'en' }
  const booked = await asks('POST', 'appointments', { ...visit, patientId: adaId })
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
  const url = `appointments/${booked.body['appointment'].id}`
  assert.equal((await asks('GET', url)).status, 200)
  const forBea = await asks('POST', 'appointments', { ...visit, startsAt: '2026-12-02T15:00:00Z', patientId: beaId })
  assert.deepEqual([forBea.status, forBea.body['code']], [422, 'who_is_it_for'])
  const { cookie: bea } = await withCode(world, 'bea@example.org')
  assert.equal((await asks('GET', url, undefined, bea)).status, 404)
  assert.equal((await asks('POST', `${url}/cancellation`, { reason: 'other' }, bea)).status, 404)
  assert.equal((await world.ask('GET', '/api/people/patients?q=bea', undefined, { cookie })).status, 403)
  const { body } = await world.ask('GET', '/api/people/account', undefined, { cookie })
  assert.deepEqual([body['roles'], body['contacts']], [['patient'], [{ kind: 'email', value: 'ada@example.org' }]])
  // The last wall: a portal actor who names only Ada finds only Ada, whatever the query asks for.
  const actor = { role: 'patient', organizationId: world.organizationId, id: 'person:x', patientIds: [adaId] } as const
  const found = await within(world.db, actor, (tx) => tx.selectFrom('people.patient').select('id').execute())
  assert.deepEqual(found, [{ id: adaId }])
})
