import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authenticator, type Authenticator } from '../../testing/authenticator.ts'
import { cookieOf, invite, withPasskey } from '../../testing/colleague.ts'
import { openWorld, type World } from '../../testing/world.ts'

const challenge = (world: World) => world.ask('POST', '/api/people/sign-in/passkey/options')
const answer = (world: World, step: string, answered: object) =>
  world.ask('POST', '/api/people/sign-in/passkey', { step, answer: answered })

async function signIn(world: World, device: Authenticator, told: Parameters<Authenticator['use']>[1] = {}) {
  const { body } = await challenge(world)
  return answer(world, body['step'], device.use(body['options'], told))
}

test('a colleague sets up a passkey with their link, once, and signs in with it without typing a name', async () => {
  await using world = await openWorld()
  const nia = await withPasskey(world, 'Nia Cole', ['front_desk'])
  assert.equal(nia.enrolled.status, 200, JSON.stringify(nia.enrolled.body))
  assert.equal(nia.enrolled.body['signIn'].role, 'front_desk')
  assert.equal(nia.recoveryCodes.length, 10)
  const { status, body, headers } = await signIn(world, nia.device)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body, { state: 'signed_in', name: 'Nia Cole', role: 'front_desk', step: null, methods: [] })
  assert.match(String(headers['set-cookie']), /^attend=attend_session_[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  const cookie = cookieOf({ headers })
  assert.equal((await world.ask('GET', '/api/people/patients?q=ada', undefined, { cookie })).status, 200)
})

test('the link is over once it was used, replaced or three days old', async () => {
  await using world = await openWorld()
  const open = (token: string) => world.ask('POST', '/api/people/sign-in/enrolment', { token })
  const ben = await invite(world, 'Ben Ito')
  const device = authenticator()
  const [first, second] = [await open(ben.token), await open(ben.token)]
  const enrol = (offer: typeof first, its: Authenticator) =>
    world.ask('POST', '/api/people/sign-in/enrolment/passkey', {
      token: ben.token,
      step: offer.body['passkey'].step,
      answer: its.make(offer.body['passkey'].options),
      label: 'Phone',
    })
  assert.equal((await enrol(first, device)).status, 200)
  const again = await enrol(second, authenticator())
  assert.deepEqual([again.status, again.body['code']], [422, 'step_over'])
  const kim = await invite(world, 'Kim Roe')
  world.at(world.now().add({ hours: 73 }))
  assert.equal((await open(kim.token)).body['code'], 'step_over')
})

test('a passkey answers for this site only, for a person it made sure of, to a challenge it was given', async () => {
  await using world = await openWorld()
  const { device } = await withPasskey(world, 'Nia Cole')
  const refused = async (told: Parameters<Authenticator['use']>[1]) => {
    const { status, body, headers } = await signIn(world, device, told)
    assert.deepEqual(
      [status, body['code'], headers['set-cookie']],
      [401, 'wrong_passkey', undefined],
      JSON.stringify(told),
    )
  }
  await refused({ origin: 'http://localhost.evil.example' })
  await refused({ origin: 'https://localhost:8080' })
  await refused({ rpId: 'evil.example' })
  await refused({ verified: false })
  await refused({ challenge: Buffer.alloc(32, 7).toString('base64url') })
  assert.equal((await signIn(world, device)).status, 200)
})

test('a challenge is answered once, within five minutes', async () => {
  await using world = await openWorld()
  const { device } = await withPasskey(world, 'Nia Cole')
  const { body } = await challenge(world)
  const answered = device.use(body['options'])
  assert.equal((await answer(world, body['step'], answered)).status, 200)
  const replayed = await answer(world, body['step'], answered)
  assert.deepEqual([replayed.status, replayed.body['code']], [422, 'step_over'])
  const { body: late } = await challenge(world)
  world.at(world.now().add({ minutes: 5, seconds: 1 }))
  assert.equal((await answer(world, late['step'], device.use(late['options']))).body['code'], 'step_over')
  // A challenge that was answered wrongly is over, too.
  const { body: spent } = await challenge(world)
  const wrong = await answer(world, spent['step'], device.use(spent['options'], { origin: 'http://evil.example' }))
  assert.equal(wrong.status, 401)
  assert.equal((await answer(world, spent['step'], device.use(spent['options']))).body['code'], 'step_over')
})

test('a counter that goes back is a copied key; a synced passkey that never counts is welcome', async () => {
  await using world = await openWorld()
  const { device } = await withPasskey(world, 'Nia Cole')
  assert.equal((await signIn(world, device, { counter: 40 })).status, 200)
  for (const counter of [39, 40, 0])
    assert.equal((await signIn(world, device, { counter })).body['code'], 'wrong_passkey', `counter ${counter}`)
  assert.equal((await signIn(world, device, { counter: 41 })).status, 200)
  const synced = authenticator({ counts: false })
  const { token } = await invite(world, 'Oto Lind')
  const offer = await world.ask('POST', '/api/people/sign-in/enrolment', { token })
  const { step, options } = offer.body['passkey']
  const enrolled = await world.ask('POST', '/api/people/sign-in/enrolment/passkey', {
    token,
    step,
    answer: synced.make(options),
    label: 'Phone',
  })
  assert.equal(enrolled.status, 200)
  assert.equal((await signIn(world, synced)).status, 200)
  assert.equal((await signIn(world, synced)).status, 200)
})

test('a passkey that nobody knows, one that was removed and one of another person’s ceremony get the same answer', async () => {
  await using world = await openWorld()
  const nia = await withPasskey(world, 'Nia Cole')
  const ben = await withPasskey(world, 'Ben Ito')
  const stranger = await signIn(world, authenticator())
  const headers = { cookie: nia.cookie }
  const { body: account } = await world.ask('GET', '/api/people/account', undefined, headers)
  const [passkey] = account['passkeys']
  // The only one cannot go: staff keep two factors.
  const last = await world.ask('POST', `/api/people/account/passkeys/${passkey.id}/removal`, {}, headers)
  assert.deepEqual([last.status, last.body['code']], [409, 'last_way_in'])
  const spare = authenticator()
  const { body: offer } = await world.ask('POST', '/api/people/account/passkeys/options', {}, headers)
  // Made for Nia: Ben cannot take it up.
  const stolen = await world.ask(
    'POST',
    '/api/people/account/passkeys',
    { step: offer['step'], answer: spare.make(offer['options']), label: 'Key' },
    { cookie: ben.cookie },
  )
  assert.equal(stolen.body['code'], 'passkey_unfit')
  const { body: anew } = await world.ask('POST', '/api/people/account/passkeys/options', {}, headers)
  const added = await world.ask(
    'POST',
    '/api/people/account/passkeys',
    { step: anew['step'], answer: spare.make(anew['options']), label: 'Key' },
    headers,
  )
  assert.equal(added.status, 200, JSON.stringify(added.body))
  assert.equal((await world.ask('POST', `/api/people/account/passkeys/${passkey.id}/removal`, {}, headers)).status, 200)
  const removed = await signIn(world, nia.device)
  const plain = ({ status, body }: typeof removed) => ({ status, ...body, requestId: '' })
  assert.deepEqual(plain(removed), plain(stranger))
  assert.equal((await signIn(world, spare)).status, 200)
})
