// Calls every endpoint as every role and compares with what its contract says.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { askingRoles, staffRoles, type Role } from '../../server/platform/actor.ts'
import { permissions } from '../../server/platform/permissions.ts'
import { endpointsOf } from '../../server/platform/serve.ts'
import { visitToken } from '../../server/people/index.ts'
import { addPatient } from '../../server/testing/clinic.ts'
import { openWorld } from '../../server/testing/world.ts'

test('every endpoint lets in exactly the roles that have its permission', async () => {
  await using world = await openWorld()
  const link = {
    organizationId: world.organizationId,
    visitId: randomUUID(),
    patientId: randomUUID(),
    until: world.now().add({ hours: 1 }),
  }
  await addPatient(world, 'Ada')
  const signedIn = Object.fromEntries(
    await Promise.all(
      (['patient', ...staffRoles] as const).map(async (role) => [role, (await world.as(role)).headers] as const),
    ),
  )
  const credentials: Partial<Record<Role, Record<string, string>>> = {
    ...signedIn,
    anyone: {},
    guest: { authorization: `Visit ${visitToken(world.keys, link)}` },
    client: (await world.client()).headers,
  }
  const endpoints = endpointsOf(world.app)
  assert.deepEqual(Object.keys(credentials).sort(), [...askingRoles].sort())
  assert.ok(endpoints.length > 70, `only ${endpoints.length} endpoints were looked at`)
  for (const { method, url, permission } of endpoints) {
    // Signing in, out, locking and ending devices would end the sessions of the walk; they are everybody's own.
    if (/session\/(end|lock|role)$|demo-session$|devices\/end$|account\/proof$/.test(url)) continue
    for (const [role, headers] of Object.entries(credentials)) {
      const { status, body } = await world.ask(
        method,
        url.replaceAll(/:\w+/g, () => randomUUID()),
        method === 'GET' ? undefined : {},
        headers,
      )
      // Let in by the table; a use case may still want a factor, a fresh proof, or another person.
      const byTable = ['unauthenticated', 'forbidden', undefined].includes(body['code'])
      const letIn = (status !== 401 && status !== 403) || !byTable
      assert.equal(
        letIn,
        permissions[permission].includes(role as Role),
        `${role} at ${method} ${url}: ${status} ${body['code']}`,
      )
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

test('every permission is somebody’s, and asked for by an endpoint or a rule', async () => {
  await using world = await openWorld()
  const asked = new Set(endpointsOf(world.app).map(({ permission }) => permission))
  // Not doors of their own: what a page shows to whom, and what other doors are told through.
  const inside = new Set(['visit.reason', 'support.read'])
  for (const [permission, roles] of Object.entries(permissions)) {
    assert.ok(roles.length > 0, permission)
    assert.ok(!roles.includes('system'), `${permission}: the product itself is never asked over HTTP`)
    assert.ok(asked.has(permission as never) || inside.has(permission), `${permission} opens nothing`)
  }
})
