// Calls every endpoint as every role and compares with what its contract says.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Role } from '../../server/platform/actor.ts'
import { endpointsOf } from '../../server/platform/serve.ts'
import { visitToken } from '../../server/people/index.ts'
import { openWorld } from '../../server/testing/world.ts'

test('every endpoint lets in exactly whom its contract names', async () => {
  await using world = await openWorld()
  const link = {
    organizationId: world.organizationId,
    visitId: randomUUID(),
    patientId: randomUUID(),
    until: world.now().add({ hours: 1 }),
  }
  const credentials: Record<Exclude<Role, 'system'>, Record<string, string>> = {
    anyone: {},
    guest: { authorization: `Visit ${visitToken(world.keys, link)}` },
    front_desk: (await world.frontDesk()).headers,
    client: (await world.client()).headers,
  }
  const endpoints = endpointsOf(world.app)
  assert.ok(endpoints.length > 30, `only ${endpoints.length} endpoints were looked at`)
  for (const { method, url, audience } of endpoints) {
    // Signing in or out as the front desk would end the session of the walk; both doors are everybody's.
    if (/session\/end$|demo-session$/.test(url)) continue
    for (const [role, headers] of Object.entries(credentials)) {
      const { status, body } = await world.ask(
        method,
        url.replaceAll(/:\w+/g, () => randomUUID()),
        method === 'GET' ? undefined : {},
        headers,
      )
      const letIn = status !== 401 && status !== 403
      assert.equal(letIn, audience.includes(role as Role), `${role} at ${method} ${url}: ${status} ${body['code']}`)
      assert.ok(status < 500, `${role} at ${method} ${url}: ${status}`)
    }
  }
})

test('a route of another dialect says who may call it, too', async () => {
  await using world = await openWorld()
  const { status } = await world.ask('GET', '/api/scheduling/live')
  assert.equal(status, 401)
})

test('the API describes itself in OpenAPI 3.1, every endpoint of it', async () => {
  await using world = await openWorld()
  const { body } = await world.ask('GET', '/api/openapi.json')
  assert.equal(body['openapi'], '3.1.0')
  const described = Object.entries(body['paths'] as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  assert.deepEqual(
    described.sort(),
    endpointsOf(world.app)
      .filter(({ url }) => url.startsWith('/api/'))
      .map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`)
      .sort(),
  )
})
