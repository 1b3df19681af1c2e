import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { openWorld, type Json } from '../../testing/world.ts'
import { readReferralToken, referralToken } from './link.ts'

const url = '/api/scheduling/referrals'
const world = await openWorld()
after(() => world[Symbol.asyncDispose]())
const clinic = await openClinic(world)
const { nguyen, osei } = clinic
const client = await world.client()

/** Refers somebody to Dr. Osei's office from 7 to 18 December, and gives the link of the letter that tells them. */
async function referred(name: string, more: object = {}) {
  const patientId = await addPatient(world, name)
  const { status, body } = await client.asks('POST', url, {
    patientId,
    visitTypes: ['office-visit'],
    clinicianIds: [osei.id],
    validFrom: '2026-12-07',
    validUntil: '2026-12-18',
    referrer: 'Dr. Vera Lindqvist',
    reason: 'Palpitations',
    ...more,
  })
  assert.equal(status, 200, JSON.stringify(body))
  return { patientId, id: body['id'] as string, token: await linkOf(name) }
}
async function lettersTo(name: string): Promise<Json[]> {
  await world.settle()
  const { body } = await world.ask('GET', '/api/conversations/dev/mailbox')
  return body['messages'].filter(({ recipient }: Json) => recipient === `${name.toLowerCase()}@example.org`)
}
async function linkOf(name: string): Promise<string> {
  const [letter] = (await lettersTo(name)).filter(({ text }) => text.includes('/r#'))
  return /\/r#([\w-]+)/.exec(letter?.text)?.[1] ?? ''
}
const open = (token: string) => world.ask('POST', '/api/scheduling/referral-link', { token })
const openings = (token: string, offeringId: string, more: object = {}) =>
  world.ask('POST', '/api/scheduling/referral-link/openings', { token, offeringId, ...more })
const book = (referral: string, startsAt: string, offeringId = osei.office) =>
  world.ask('POST', '/api/scheduling/appointments', { offeringId, startsAt, referral, language: 'en' })
const stateOf = async (patientId: string) => {
  const { body } = await (await world.frontDesk()).asks('GET', `${url}?patientId=${patientId}`)
  return body['referrals'].map(({ state, visitAt }: Json) => [state, visitAt])
}

test('a token is only ours, and only here', () => {
  const link = { organizationId: world.organizationId, referralId: osei.id, patientId: nguyen.id, number: 3 }
  const token = referralToken(world.keys, link)
  assert.deepEqual(readReferralToken(world.keys, world.organizationId, token), link)
  assert.equal(readReferralToken(world.keys, crypto.randomUUID(), token), undefined)
  const forged = `${token.slice(0, 44)}${token[44] === 'A' ? 'B' : 'A'}${token.slice(45)}`
  assert.equal(readReferralToken(world.keys, world.organizationId, forged), undefined)
})

test('the letter’s link offers only what the referral allows, and books it without an account, once', async () => {
  const { patientId, token } = await referred('Ada')
  const [letter] = await lettersTo('Ada')
  assert.match(letter.subject, /Book your visit at River Clinic/)
  assert.ok(!/Lindqvist|Palpitations|Osei|Office/.test(letter.text + letter.subject))
  const { status, body } = await open(token)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    [body['patientFirstName'], body['referrer'], body['from'], body['until']],
    ['Ada', 'Dr. Vera Lindqvist', '2026-12-07', '2026-12-18'],
  )
  assert.deepEqual(
    body['offered'].map(({ offering }: Json) => offering.id),
    [osei.office],
  )
  const { body: times } = await openings(token, osei.office)
  assert.deepEqual(
    [times['days'][0].day, times['days'].at(-1).day, times['nextDay']],
    ['2026-12-07', '2026-12-18', null],
  )
  assert.equal((await openings(token, nguyen.office)).body['code'], 'not_of_referral')
  assert.equal((await book(token, '2026-12-08T15:00:00Z', nguyen.office)).body['code'], 'not_of_referral')
  assert.equal((await book(token, '2026-12-21T15:00:00Z')).body['code'], 'not_of_referral')
  assert.equal((await book(token, '2026-12-04T15:00:00Z')).body['code'], 'not_of_referral')

  // Pressed twice, on two phones: one visit.
  const answers = await Promise.all([book(token, '2026-12-08T15:00:00Z'), book(token, '2026-12-09T15:00:00Z')])
  assert.deepEqual(
    answers.map(({ status }) => status).sort((one, other) => one - other),
    [200, 409],
  )
  assert.equal(answers.find(({ status }) => status === 409)!.body['code'], 'referral_used')
  const booked = answers.find(({ status }) => status === 200)!.body
  assert.match(booked['visitLink'], /^[\w-]+$/)
  assert.equal((await open(token)).body['code'], 'referral_used')
  assert.deepEqual(await stateOf(patientId), [['scheduled', booked['appointment'].startsAt]])
  const rows = await world.write((tx) =>
    tx.selectFrom('scheduling.appointment').where('patientId', '=', patientId).select('id').execute(),
  )
  assert.equal(rows.length, 1)

  // Cancelled, it is open again, and its link too.
  await client.asks('POST', `/api/scheduling/appointments/${booked['appointment'].id}/cancellation`, {
    reason: 'clinic',
  })
  await world.settle()
  assert.deepEqual(await stateOf(patientId), [['waiting', null]])
  assert.equal((await open(token)).status, 200)
  assert.ok(!world.logLines.some((line) => line.includes(token)))
})

test('a newer link ends the one before; a closed or an old referral says what to do', async () => {
  const { id, token } = await referred('Ben')
  assert.equal((await client.asks('POST', `${url}/${id}/link`)).status, 403)
  const desk = await world.frontDesk()
  assert.equal((await desk.asks('POST', `${url}/${id}/link`)).status, 200)
  const newer = await linkOf('Ben')
  assert.notEqual(newer, token)
  assert.equal((await open(token)).body['code'], 'referral_over')
  assert.equal((await open(newer)).status, 200)
  await desk.asks('POST', `${url}/${id}/closing`, { reason: 'not_needed' })
  const closed = await open(newer)
  assert.deepEqual([closed.status, closed.body['code'], closed.body['instead']], [422, 'referral_over', 'call'])
  assert.equal((await book(newer, '2026-12-08T16:00:00Z')).body['code'], 'referral_over')
  assert.equal((await open('YWJj')).body['code'], 'referral_over')
  assert.equal((await desk.asks('POST', `${url}/${id}/link`)).body['code'], 'already_decided')
})

test('a visit booked at the desk answers the referral that it fits, and no other', async () => {
  const { patientId } = await referred('Cleo')
  const at = (offeringId: string, startsAt: string) =>
    client.asks('POST', '/api/scheduling/appointments', { patientId, offeringId, startsAt, language: 'en' })
  await at(nguyen.office, '2026-12-10T15:00:00Z')
  await world.settle()
  assert.deepEqual(await stateOf(patientId), [['waiting', null]])
  await at(osei.office, '2026-12-10T16:00:00Z')
  await world.settle()
  assert.deepEqual(await stateOf(patientId), [['scheduled', '2026-12-10T16:00:00Z']])
})

test('nobody booked for seven days: it is a task of the desk, first on the list; after its last day the link is over', async () => {
  const { patientId, token, id } = await referred('Dora')
  const overdue = async () => {
    await world.chore('scheduling.raise-overdue-referrals')
    const { body } = await (await world.frontDesk()).asks('GET', url)
    return body['referrals'].find((one: Json) => one.id === id)?.overdueAt
  }
  world.at('2026-12-08T13:00:00Z')
  assert.equal(await overdue(), null)
  world.at('2026-12-08T14:30:00Z')
  assert.equal(await overdue(), '2026-12-08T14:30:00Z')
  world.at('2026-12-19T14:30:00Z')
  assert.equal((await open(token)).body['code'], 'referral_expired')
  assert.equal((await book(token, '2026-12-21T15:00:00Z')).body['code'], 'referral_expired')
  assert.deepEqual(await stateOf(patientId), [['expired', null]])
})
