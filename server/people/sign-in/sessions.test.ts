import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  appCode,
  cookieOf,
  goodPassword,
  invite,
  proofOf,
  withCode,
  withPasskey,
  withPassword,
} from '../../testing/colleague.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { signInDemo } from './demo.ts'
import { actorOfSession } from './sessions.ts'
import { giveCookie, sessionCookie } from './visitor.ts'

const session = async (world: World, cookie: string) =>
  (await world.ask('GET', '/api/people/session', undefined, { cookie })).body
const isIn = async (world: World, cookie: string) => (await session(world, cookie))['role'] !== 'anyone'
const account = (world: World, cookie: string) => world.ask('GET', '/api/people/account', undefined, { cookie })

test('the demo signs in as any role, names who it is, and leaves again for good', async () => {
  await using world = await openWorld()
  for (const role of ['front_desk', 'nurse', 'auditor'] as const) {
    const { headers } = await world.as(role)
    const { body } = await world.ask('GET', '/api/people/session', undefined, headers)
    assert.deepEqual([body['role'], body['roles'], body['locked'], body['idleMinutes']], [role, [role], false, 15])
  }
  const desk = await world.frontDesk()
  const cookie = desk.headers['cookie'] ?? ''
  const out = await desk.asks('POST', '/api/people/session/end')
  assert.deepEqual([out.status, out.body], [200, { ended: true }])
  assert.match(String(out.headers['set-cookie']), /^attend=; Max-Age=0; Path=\//)
  assert.equal(await isIn(world, cookie), false)
  assert.equal((await desk.asks('GET', '/api/people/patients?q=ada')).status, 401)
  assert.deepEqual((await desk.asks('POST', '/api/people/session/end')).body, { ended: false })
})

test('production has no demo, believes no demo session, and keeps its cookie to this host and https', async () => {
  await using world = await openWorld()
  const production = { ...world, config: { ...world.config, production: true } }
  const visitor = {
    actor: { role: 'anyone', organizationId: world.organizationId, id: 'anyone', patientIds: [] },
    organizationId: world.organizationId,
    address: '203.0.113.1',
    device: 'Test',
    token: undefined,
  } as const
  await assert.rejects(signInDemo(production, visitor), { status: 403, code: 'demo_only' })
  const { token } = await signInDemo(world, visitor)
  assert.equal((await actorOfSession(world, token))?.role, 'front_desk')
  assert.equal(await actorOfSession(production, token), undefined)
  assert.deepEqual([sessionCookie(world), sessionCookie(production)], ['attend', '__Host-attend'])
  const set: unknown[] = []
  giveCookie(production, { setCookie: (...told: unknown[]) => set.push(told) } as never, token)
  assert.deepEqual(set, [['__Host-attend', token, { httpOnly: true, sameSite: 'lax', path: '/', secure: true }]])
})

test('a session unused for fifteen minutes is over for staff, thirty for patients', async () => {
  await using world = await openWorld()
  const { cookie: staff } = await withPasskey(world, 'Nia Cole')
  const { cookie: patient } = await withCode(world, 'ada@example.org')
  world.at(world.now().add({ minutes: 14 }))
  assert.deepEqual([await isIn(world, staff), await isIn(world, patient)], [true, true])
  world.at(world.now().add({ minutes: 15, seconds: 1 }))
  assert.deepEqual([await isIn(world, staff), await isIn(world, patient)], [false, true])
  world.at(world.now().add({ minutes: 30, seconds: 1 }))
  assert.equal(await isIn(world, patient), false)
  // It does not come back.
  world.at(world.now().subtract({ minutes: 30 }))
  assert.equal((await account(world, staff)).status, 401)
})

test('however much it is used, a staff session ends after twelve hours and a patient’s after fourteen days', async () => {
  await using world = await openWorld()
  const { cookie: staff } = await withPasskey(world, 'Nia Cole')
  const began = world.now()
  for (let minutes = 10; minutes < 720; minutes += 10) {
    world.at(began.add({ minutes }))
    assert.equal(await isIn(world, staff), true, `after ${minutes} minutes`)
  }
  world.at(began.add({ hours: 12 }))
  assert.equal(await isIn(world, staff), false)
  world.at(began)
  const { cookie: patient } = await withCode(world, 'ada@example.org')
  for (let hours = 0; hours < 14 * 24; hours += 8) {
    world.at(began.add({ hours }))
    // Locked, it waits for longer than it may be idle, but no longer than it may last.
    await world.ask('POST', '/api/people/session/lock', {}, { cookie: patient })
    assert.equal((await session(world, patient))['locked'], true, `after ${hours} hours`)
  }
  world.at(began.add({ hours: 14 * 24 }))
  assert.equal((await session(world, patient))['locked'], false)
})

test('a page that asks by itself, with nobody there, does not keep a session from running idle', async () => {
  await using world = await openWorld()
  const { cookie } = await withPasskey(world, 'Nia Cole', ['front_desk'])
  const began = world.now()
  const asks = (headers: Record<string, string>) =>
    world.ask('GET', '/api/people/session', undefined, { cookie, ...headers })
  for (const minutes of [5, 10, 14]) {
    world.at(began.add({ minutes }))
    const { body } = await asks({ 'x-attend-unattended': '1' })
    assert.equal(body['role'], 'front_desk', `after ${minutes} minutes`)
  }
  world.at(began.add({ minutes: 15 }))
  assert.equal((await asks({})).body['role'], 'anyone')
})

test('the demo’s people unlock by one press, as they signed in; nobody else does', async () => {
  await using world = await openWorld()
  const demo = await world.ask('POST', '/api/people/demo-session', { role: 'nurse' })
  const headers = { cookie: cookieOf(demo) }
  const tell = async () => (await world.ask('GET', '/api/people/session', undefined, headers)).body
  await world.ask('POST', '/api/people/session/lock', {}, headers)
  const locked = await tell()
  assert.deepEqual([locked['locked'], locked['unlockBy'].demo], [true, true])
  assert.equal((await world.ask('POST', '/api/people/session/unlock', {}, headers)).status, 200)
  assert.equal((await tell())['role'], 'nurse')
  const { cookie } = await withPassword(world, 'Nia Cole')
  await world.ask('POST', '/api/people/session/lock', {}, { cookie })
  assert.equal((await world.ask('POST', '/api/people/session/unlock', {}, { cookie })).status, 401)
})

test('signing in gives a session of its own: one that was planted is worth nothing, the one before is over', async () => {
  await using world = await openWorld()
  const { email, secret } = await withPassword(world, 'Nia Cole')
  const planted = `attend=attend_session_${'A'.repeat(43)}`
  const signIn = async (cookie: string) => {
    world.at(world.now().add({ seconds: 30 }))
    const first = await world.ask(
      'POST',
      '/api/people/sign-in/password',
      { name: email, password: goodPassword },
      { cookie },
    )
    const body = { step: first.body['step'], code: appCode(world, secret) }
    return cookieOf(await world.ask('POST', '/api/people/sign-in/second-factor', body, { cookie }))
  }
  const mine = await signIn(planted)
  assert.notEqual(mine, planted)
  assert.deepEqual([await isIn(world, planted), await isIn(world, mine)], [false, true])
  const next = await signIn(mine)
  assert.deepEqual([await isIn(world, mine), await isIn(world, next)], [false, true])
})

test('another role and a fresh proof are new sessions that end no later than the first', async () => {
  await using world = await openWorld()
  const { cookie, device } = await withPasskey(world, 'Nia Cole', ['front_desk', 'biller'])
  const ends = (await session(world, cookie))['expiresAt']
  world.at(world.now().add({ minutes: 11 }))
  const password = (its: string) =>
    world.ask('POST', '/api/people/account/password', { password: goodPassword }, { cookie: its })
  const stale = await password(cookie)
  assert.deepEqual([stale.status, stale.body['code']], [403, 'prove_again'])
  const { body: asked } = await world.ask('POST', '/api/people/sign-in/passkey/options')
  const passkey = { step: asked['step'], answer: device.use(asked['options']) }
  const proved = await world.ask('POST', '/api/people/account/proof', { passkey }, { cookie })
  assert.equal(proved.status, 200, JSON.stringify(proved.body))
  const fresh = cookieOf(proved)
  assert.deepEqual([await isIn(world, cookie), await isIn(world, fresh)], [false, true])
  assert.equal((await password(fresh)).status, 200)
  const switched = await world.ask('POST', '/api/people/session/role', { role: 'biller' }, { cookie: fresh })
  const biller = cookieOf(switched)
  assert.deepEqual([await isIn(world, fresh), (await session(world, biller))['role']], [false, 'biller'])
  assert.equal((await session(world, biller))['expiresAt'], ends)
  const days = (its: string) => world.ask('GET', '/api/scheduling/days/2026-12-01', undefined, { cookie: its })
  assert.equal((await days(biller)).status, 403)
  const greedy = await world.ask('POST', '/api/people/session/role', { role: 'practice_admin' }, { cookie: biller })
  assert.equal(greedy.status, 403)
})

test('a locked screen opens nothing until the same person unlocks it, and then it is the session it was', async () => {
  await using world = await openWorld()
  const nia = await withPassword(world, 'Nia Cole', ['front_desk'])
  const ben = await withPasskey(world, 'Ben Ito', ['front_desk'])
  const headers = { cookie: nia.cookie }
  assert.deepEqual((await world.ask('POST', '/api/people/session/lock', {}, headers)).body, { locked: true })
  const refused = await world.ask('GET', '/api/people/patients?q=ada', undefined, headers)
  assert.deepEqual([refused.status, refused.body['code']], [401, 'locked'])
  assert.equal((await account(world, nia.cookie)).status, 401)
  const seen = await session(world, nia.cookie)
  assert.deepEqual([seen['locked'], seen['name'], seen['role']], [true, 'Nia Cole', 'anyone'])
  const unlock = (body: object) => world.ask('POST', '/api/people/session/unlock', body, headers)
  const { body: asked } = await world.ask('POST', '/api/people/sign-in/passkey/options')
  const others = await unlock({ passkey: { step: asked['step'], answer: ben.device.use(asked['options']) } })
  assert.deepEqual([others.status, others.body['code']], [401, 'not_proved'])
  assert.equal((await unlock({ password: goodPassword })).status, 401, 'the password alone is one factor')
  assert.equal((await unlock({})).status, 401)
  // Longer than a session may be idle: locked, it waits, and opens nothing meanwhile.
  world.at(world.now().add({ hours: 2 }))
  assert.equal((await unlock({ password: goodPassword, code: appCode(world, nia.secret) })).status, 200)
  assert.equal((await world.ask('GET', '/api/people/patients?q=ada', undefined, headers)).status, 200)
})

test('every device is listed to its owner; one that is ended, or all of them, are out on their next request', async () => {
  await using world = await openWorld()
  const nia = await withPasskey(world, 'Nia Cole', ['front_desk'])
  const other = await withPasskey(world, 'Ben Ito')
  const again = async (agent: string) => {
    const { body } = await world.ask('POST', '/api/people/sign-in/passkey/options')
    const answer = nia.device.use(body['options'])
    return cookieOf(
      await world.ask('POST', '/api/people/sign-in/passkey', { step: body['step'], answer }, { 'user-agent': agent }),
    )
  }
  const tablet = await again('Mozilla/5.0 (iPad; CPU OS 19_0) AppleWebKit Safari')
  const desktop = await again('Mozilla/5.0 (Windows NT 10.0) Firefox/149.0')
  const list = async () =>
    (await world.ask('GET', '/api/people/account/devices', undefined, { cookie: desktop })).body['devices'] as any[]
  const devices = await list()
  assert.deepEqual(
    devices.map(({ device, thisOne }) => `${device} ${thisOne}`).sort((one, other) => (one < other ? -1 : 1)),
    ['Firefox on Windows true', 'Safari on iPad false', 'Unknown device false'],
  )
  const ipad = devices.find(({ device }) => device === 'Safari on iPad')
  const end = (id: string, cookie: string) => world.ask('POST', `/api/people/account/devices/${id}/end`, {}, { cookie })
  assert.equal((await end(ipad.id, other.cookie)).status, 404, 'somebody else’s')
  assert.equal(await isIn(world, tablet), true)
  assert.equal((await end(ipad.id, desktop)).status, 200)
  assert.equal(await isIn(world, tablet), false)
  const everywhere = await world.ask('POST', '/api/people/account/devices/end', {}, { cookie: desktop })
  assert.deepEqual(everywhere.body, { ended: 1 })
  assert.deepEqual([await isIn(world, nia.cookie), await isIn(world, desktop)], [false, true])
  assert.equal(await isIn(world, other.cookie), true)
})

test('a new password ends the other devices; one that was reset ends them all', async () => {
  await using world = await openWorld()
  const nia = await withPassword(world, 'Nia Cole')
  world.at(world.now().add({ seconds: 30 }))
  const first = await world.ask('POST', '/api/people/sign-in/password', { name: nia.email, password: goodPassword })
  const body = { step: first.body['step'], code: appCode(world, nia.secret) }
  const second = cookieOf(await world.ask('POST', '/api/people/sign-in/second-factor', body))
  const password = 'lantern orbit pickle seventeen'
  await world.ask('POST', '/api/people/account/password', { password }, { cookie: second })
  assert.deepEqual([await isIn(world, nia.cookie), await isIn(world, second)], [false, true])
  const proof = await proofOf(world, { kind: 'email', value: nia.email })
  const reset = (to: string) => world.ask('POST', '/api/people/sign-in/password-reset', { proof, password: to })
  assert.equal((await reset('password1234')).body['code'], 'password_guessable')
  const known = await reset('quiet harbour lantern fig')
  assert.equal(await isIn(world, second), false)
  const strange = await proofOf(world, { kind: 'email', value: 'nobody@example.org' })
  const unknown = await world.ask('POST', '/api/people/sign-in/password-reset', { proof: strange, password })
  assert.deepEqual([unknown.status, unknown.body], [known.status, known.body])
  assert.equal((await reset('another quiet harbour fig')).body['code'], 'proof', 'a proof is used once')
})

test('every sign-in, refusal and change of a way in is in the trail, and announced by ids only', async () => {
  await using world = await openWorld()
  const nia = await withPassword(world, 'Nia Cole')
  await world.ask('POST', '/api/people/sign-in/password', { name: nia.email, password: 'wrong wrong wrong' })
  await world.ask('POST', '/api/people/sign-in/password', { name: 'nobody@example.org', password: 'wrong wrong wrong' })
  await world.ask('POST', '/api/people/account/recovery-codes', {}, { cookie: nia.cookie })
  await world.ask('POST', '/api/people/session/end', {}, { cookie: nia.cookie })
  const rows = await world.write((tx) =>
    tx
      .selectFrom('platform.auditEvent')
      .select(['action', 'actorId', 'resourceType', 'outcome', 'fields'])
      .where('resourceType', 'in', ['Session', 'SignIn', 'Account', 'Credential'])
      .orderBy('id')
      .execute(),
  )
  const person = `person:${nia.id}`
  assert.deepEqual(
    rows.map((row) => [row.action, row.actorId, row.resourceType, row.outcome, row.fields.join()]),
    [
      ['create', 'system:test', 'Account', 'success', 'nurse'],
      ['create', person, 'Credential', 'success', 'password,totp'],
      ['create', person, 'Session', 'success', 'password,totp'],
      ['execute', person, 'SignIn', 'refused', 'password'],
      ['execute', 'anyone', 'SignIn', 'refused', 'password'],
      ['create', person, 'Account', 'success', 'codes_made'],
      ['delete', person, 'Session', 'success', ''],
    ],
  )
  assert.ok(!JSON.stringify(rows).includes('example'))
  await invite(world, 'Ben Ito')
})
