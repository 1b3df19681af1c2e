import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '../testing/world.ts'

test('a route that does not say who may call it keeps the app from starting', async () => {
  await using world = await openWorld()
  const { openHttp } = await import('./http.ts')
  const http = await openHttp({
    config: { production: false, publicUrl: 'http://localhost', trustProxyHops: 0, logLevel: 'silent' },
    whoIs: async () => assert.fail(),
  })
  assert.throws(() => http.get('/oops', async () => 'hi'), /does not say who may call it/)
  await http.close()
  assert.equal((await world.ask('GET', '/healthz')).status, 200)
})

test('a refusal is problem+json with a code, a sentence and the request’s id', async () => {
  await using world = await openWorld()
  const { status, body, headers } = await world.ask('GET', '/api/people/patients?q=ada')
  assert.equal(status, 401)
  assert.match(String(headers['content-type']), /application\/problem\+json/)
  assert.equal(body['code'], 'unauthenticated')
  assert.equal(body['requestId'], headers['x-request-id'])
})

test('another site cannot act on a person’s behalf', async () => {
  await using world = await openWorld()
  const desk = await world.frontDesk()
  const body = { person: { givenName: 'Ada', familyName: 'Byron', bornOn: '1980-01-01', language: 'en' } }
  const refused = await desk.asks('POST', '/api/people/patients', body, { 'sec-fetch-site': 'cross-site' })
  assert.equal(refused.status, 403)
  const taken = await desk.asks('POST', '/api/people/patients', body, { 'sec-fetch-site': 'same-origin' })
  assert.equal(taken.status, 200)
  // Browsers that say only the origin, and programs that say nothing.
  const from = async (origin: string) => (await desk.asks('POST', '/api/people/patients', body, { origin })).status
  for (const origin of ['https://evil.example', 'null', 'http://localhost:8080.evil.example', 'http://localhost:8081'])
    assert.equal(await from(origin), 403, origin)
  assert.equal(await from('http://localhost:8080'), 200)
  assert.equal((await desk.asks('POST', '/api/people/patients', body)).status, 200)
})

test('tricks with content types, methods and paths are decided like the plain request', async () => {
  await using world = await openWorld()
  const desk = await world.frontDesk()
  const person = { person: { givenName: 'Ada', familyName: 'Byron', bornOn: '1980-01-01', language: 'en' } }
  const send = (contentType: string, payload: string) =>
    world.app.inject({
      method: 'POST',
      url: '/api/people/patients',
      headers: { ...desk.headers, 'content-type': contentType },
      payload,
    })
  for (const contentType of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json\ta',
    'multipart/form-data; boundary=x',
    'application/xml',
  ])
    assert.ok((await send(contentType, JSON.stringify(person))).statusCode >= 400, contentType)
  for (const contentType of [' application/json', 'APPLICATION/JSON', 'application/json; charset=utf-8']) {
    assert.equal((await send(contentType, JSON.stringify(person))).statusCode, 200, contentType)
    assert.equal(
      (await send(contentType, JSON.stringify({ ...person, organizationId: 'x' }))).statusCode,
      400,
      `${contentType} skips the schema`,
    )
  }
  assert.equal((await send('application/json', '{"person":')).statusCode, 400)
  for (const url of [
    '/api/people/patients/?q=ada',
    '//api/people/patients?q=ada',
    '/API/people/patients?q=ada',
    '/api/people/%70atients?q=ada',
  ]) {
    const { status } = await world.ask('GET', url)
    assert.ok(status === 401 || status === 404, `${url} gave ${status}`)
  }
  const overridden = await world.ask('POST', '/api/people/session/end', {}, { 'x-http-method-override': 'GET' })
  assert.equal(overridden.status, 200)
})

test('unknown fields, too much and too deep are refused without a stack', async () => {
  await using world = await openWorld()
  const desk = await world.frontDesk()
  const huge = await desk.asks('POST', '/api/people/patients', { person: 'x'.repeat(1_100_000) })
  assert.equal(huge.status, 413)
  const odd = await desk.asks('POST', '/api/people/patients', { role: 'admin' })
  assert.equal(odd.status, 400)
  assert.doesNotMatch(JSON.stringify(odd.body), /\.ts|node_modules/)
})

test('pages and replies carry the safe headers, and nothing personal is cached', async () => {
  await using world = await openWorld()
  const { headers } = await world.ask('GET', '/api/people/clinic')
  assert.equal(headers['cache-control'], 'no-store')
  assert.equal(headers['referrer-policy'], 'no-referrer')
  assert.equal(headers['x-content-type-options'], 'nosniff')
  const policy = String(headers['content-security-policy'])
  assert.match(policy, /default-src 'none';script-src 'self';style-src 'self';/)
  assert.match(policy, /frame-ancestors 'none';base-uri 'none';object-src 'none'/)
  assert.doesNotMatch(policy, /unsafe/)
})
