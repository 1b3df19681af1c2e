/** The demo's sign-in works on this machine only, and signing out ends it on the server. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '../testing/world.ts'
import { signInDemo } from './session.ts'
import { sessionCookie, whoIs } from './who-is.ts'

test('Rui signs in, works and signs out; the cookie he leaves behind opens nothing', async () => {
  await using world = await openWorld()
  const signedIn = await world.ask('POST', '/api/people/demo-session')
  assert.deepEqual(signedIn.body, { name: 'Rui Santos', role: 'front_desk' })
  const set = String(signedIn.headers['set-cookie'])
  assert.match(set, /^attend_session=attend_session_[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  const cookie = { cookie: set.split(';')[0]! }

  assert.deepEqual((await world.ask('GET', '/api/people/session', undefined, cookie)).body, {
    name: 'Rui Santos',
    role: 'front_desk',
  })
  assert.equal((await world.ask('GET', '/api/people/patients?q=ada', undefined, cookie)).status, 200)
  assert.deepEqual((await world.ask('POST', '/api/people/session/end', undefined, cookie)).body, { ended: true })
  assert.equal((await world.ask('GET', '/api/people/patients?q=ada', undefined, cookie)).status, 401)
  assert.deepEqual((await world.ask('GET', '/api/people/session', undefined, cookie)).body, {
    name: null,
    role: 'anyone',
  })
  assert.deepEqual((await world.ask('POST', '/api/people/session/end', undefined, cookie)).body, { ended: false })
})

test('a session that nobody uses for a quarter of an hour is over', async () => {
  await using world = await openWorld()
  const desk = await world.frontDesk()
  world.at('2026-12-01T14:14:00Z')
  assert.equal((await desk.asks('GET', '/api/people/match-reviews')).status, 200)
  world.at('2026-12-01T14:30:00Z')
  assert.equal((await desk.asks('GET', '/api/people/match-reviews')).status, 401)
})

test('production refuses the demo sign-in, and a demo session made before it', async () => {
  await using world = await openWorld()
  const visitor = { role: 'anyone', organizationId: world.organizationId, id: 'anyone', patientIds: [] } as const
  const production = { ...world, config: { ...world.config, production: true } }
  await assert.rejects(signInDemo(production, visitor), { status: 403, code: 'demo_only' })
  const { token } = await signInDemo(world, visitor)
  const request = { headers: {}, cookies: { [sessionCookie]: token }, hostname: 'localhost' }
  assert.equal((await whoIs(world)(request as never)).role, 'front_desk')
  assert.equal((await whoIs(production)(request as never)).role, 'anyone')
})
