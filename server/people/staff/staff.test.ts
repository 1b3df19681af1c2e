import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staffRoles } from '../../platform/actor.ts'
import { permissions } from '../../platform/permissions.ts'
import { withinSignIn } from '../../platform/db.ts'
import { cookieOf, invite, withPasskey } from '../../testing/colleague.ts'
import { foundOrganization } from '../organization.ts'
import { type Json, openWorld, type World } from '../../testing/world.ts'

const ask = (world: World, cookie: string, url: string, body?: object) =>
  world.ask(body ? 'POST' : 'GET', `/api/people/${url}`, body, { cookie })
const isIn = async (world: World, cookie: string) => (await ask(world, cookie, 'session')).body['role'] !== 'anyone'

/** An administrator of another organization, signed in at its own address. */
async function strangerTo(world: World): Promise<string> {
  await foundOrganization(world.db, {
    slug: 'zhill',
    name: 'Hill Clinic',
    phone: '+16175550199',
    email: null,
    zone: 'America/New_York',
    hostNames: ['hill.example'],
    cancelCutoffMinutes: 60,
    demo: false,
  })
  const signedIn = await world.ask(
    'POST',
    '/api/people/demo-session',
    { role: 'practice_admin' },
    { host: 'hill.example' },
  )
  return cookieOf(signedIn)
}

test('an administrator adds a colleague, who sets up their own account; an email is one account', async () => {
  await using world = await openWorld()
  const admin = await withPasskey(world, 'Ada Okafor', ['practice_admin'])
  const facts = { name: 'Ben Ito', email: 'Ben.Ito@clinic.example', roles: ['scheduler'] }
  const added = await ask(world, admin.cookie, 'staff', facts)
  assert.equal(added.status, 200, JSON.stringify(added.body))
  assert.match(added.body['enrolmentUrl'], /^http:\/\/localhost:8080\/enrol#step_[\w-]{43}$/)
  const twice = await ask(world, admin.cookie, 'staff', { ...facts, email: 'ben.ito@CLINIC.example' })
  assert.deepEqual([twice.status, twice.body['code']], [409, 'email_taken'])
  const { body } = await ask(world, admin.cookie, 'staff')
  assert.deepEqual(
    body['staff'].map(({ name, roles }: Json) => [name, roles.map(({ role }: Json) => role)]),
    [
      ['Ada Okafor', ['practice_admin']],
      ['Ben Ito', ['scheduler']],
    ],
  )
  for (const role of ['front_desk', 'clinician', 'auditor'] as const)
    assert.equal((await (await world.as(role)).asks('POST', '/api/people/staff', facts)).status, 403)
})

test('a role that is given or taken counts from the next request on', async () => {
  await using world = await openWorld()
  const admin = await withPasskey(world, 'Ada Okafor', ['practice_admin'])
  const ben = await withPasskey(world, 'Ben Ito', ['front_desk', 'nurse'])
  const find = () => ask(world, ben.cookie, 'patients?q=ada')
  assert.equal((await find()).status, 200)
  const set = (role: string, held: boolean) => ask(world, admin.cookie, `staff/${ben.id}/roles`, { role, held })
  assert.equal((await set('front_desk', false)).status, 200)
  assert.equal((await find()).status, 401)
  const { body } = await world.ask('POST', '/api/people/sign-in/passkey/options')
  const answer = ben.device.use(body['options'])
  const again = await world.ask('POST', '/api/people/sign-in/passkey', { step: body['step'], answer })
  assert.equal(again.body['role'], 'nurse')
  assert.equal((await set('biller', true)).status, 200)
  const switched = await ask(world, cookieOf(again), 'session/role', { role: 'biller' })
  assert.equal(switched.status, 200)
  assert.equal(
    (await ask(world, admin.cookie, `staff/${crypto.randomUUID()}/roles`, { role: 'biller', held: true })).status,
    404,
  )
})

test('who leaves is out at once: sessions, passkeys and links', async () => {
  await using world = await openWorld()
  const admin = await withPasskey(world, 'Ada Okafor', ['practice_admin'])
  const ben = await withPasskey(world, 'Ben Ito', ['nurse'])
  const kim = await invite(world, 'Kim Roe')
  assert.equal((await ask(world, admin.cookie, `staff/${ben.id}/end`, {})).status, 200)
  assert.equal(await isIn(world, ben.cookie), false)
  const { body } = await world.ask('POST', '/api/people/sign-in/passkey/options')
  const answer = ben.device.use(body['options'])
  const refused = await world.ask('POST', '/api/people/sign-in/passkey', { step: body['step'], answer })
  assert.deepEqual([refused.status, refused.body['code']], [401, 'wrong_passkey'])
  assert.equal((await ask(world, admin.cookie, `staff/${kim.id}/end`, {})).status, 200)
  assert.equal(
    (await world.ask('POST', '/api/people/sign-in/enrolment', { token: kim.token })).body['code'],
    'step_over',
  )
  assert.equal((await ask(world, admin.cookie, `staff/${ben.id}/enrolment`, {})).status, 404)
})

test('a role or an account that is over opens nothing, whoever ended it and however', async () => {
  await using world = await openWorld()
  const { organizationId } = world
  const ben = await withPasskey(world, 'Ben Ito', ['nurse'])
  const kim = await withPasskey(world, 'Kim Roe', ['nurse'])
  await withinSignIn(world.db, organizationId, async (tx) => {
    await tx.updateTable('people.staffRole').set({ endedAt: world.now() }).where('personId', '=', ben.id).execute()
    await tx.updateTable('people.person').set({ endedAt: world.now() }).where('id', '=', kim.id).execute()
  })
  assert.deepEqual([await isIn(world, ben.cookie), await isIn(world, kim.cookie)], [false, false])
})

test('nobody changes what they themselves may do, and an old proof changes nothing', async () => {
  await using world = await openWorld()
  const admin = await withPasskey(world, 'Ada Okafor', ['practice_admin'])
  const ben = await withPasskey(world, 'Ben Ito', ['nurse'])
  for (const [what, body] of [
    ['roles', { role: 'clinician', held: true }],
    ['end', {}],
    ['enrolment', {}],
  ] as const) {
    const own = await ask(world, admin.cookie, `staff/${admin.id}/${what}`, body)
    assert.deepEqual([own.status, own.body['code']], [403, 'own_account'], what)
  }
  world.at(world.now().add({ minutes: 11 }))
  const stale = await ask(world, admin.cookie, `staff/${ben.id}/roles`, { role: 'clinician', held: true })
  assert.deepEqual([stale.status, stale.body['code']], [403, 'prove_again'])
})

test('a colleague who lost every way in gets a new link; what they had opens nothing any more', async () => {
  await using world = await openWorld()
  const admin = await withPasskey(world, 'Ada Okafor', ['practice_admin'])
  const ben = await withPasskey(world, 'Ben Ito', ['nurse'])
  const { body } = await ask(world, admin.cookie, `staff/${ben.id}/enrolment`, {})
  assert.equal(await isIn(world, ben.cookie), false)
  const { body: asked } = await world.ask('POST', '/api/people/sign-in/passkey/options')
  const old = await world.ask('POST', '/api/people/sign-in/passkey', {
    step: asked['step'],
    answer: ben.device.use(asked['options']),
  })
  assert.equal(old.status, 401)
  const token = String(body['enrolmentUrl']).split('#')[1]
  const offer = await world.ask('POST', '/api/people/sign-in/enrolment', { token })
  assert.deepEqual([offer.status, offer.body['name'], offer.body['email']], [200, 'Ben Ito', 'ben.ito@clinic.example'])
})

test('an administrator of another organization finds nobody here', async () => {
  await using world = await openWorld()
  const other = await strangerTo(world)
  const { body: before } = await (await world.as('practice_admin')).asks('GET', '/api/people/staff')
  const headers = { cookie: other, host: 'hill.example' }
  const { body } = await world.ask('GET', '/api/people/staff', undefined, headers)
  assert.equal(body['staff'].length, 1)
  assert.equal(before['staff'].length, 1)
  assert.ok(!JSON.stringify(body).includes(before['staff'][0].id))
  const { status } = await world.ask('POST', `/api/people/staff/${before['staff'][0].id}/end`, {}, headers)
  assert.equal(status, 404)
})

test('the list says by whose word, by name, who cannot sign in yet, and which line is one’s own', async () => {
  await using world = await openWorld()
  const admin = await withPasskey(world, 'Ada Okafor', ['practice_admin'])
  const facts = { name: 'Kim Roe', email: 'kim@clinic.example', roles: ['nurse'] }
  const { body: kim } = await ask(world, admin.cookie, 'staff', facts)
  const list = async () => {
    const { body } = await world.ask('GET', '/api/people/staff', undefined, { cookie: admin.cookie })
    return new Map<string, Record<string, any>>(body['staff'].map((one: { name: string }) => [one.name, one]))
  }
  const before = await list()
  assert.deepEqual(
    [before.get('Kim Roe')?.['enrolled'], before.get('Kim Roe')?.['email'], before.get('Kim Roe')?.['own']],
    [false, 'kim@clinic.example', false],
  )
  assert.equal(before.get('Kim Roe')?.['invitedUntil'], world.now().add({ hours: 72 }).toString())
  assert.deepEqual(
    before.get('Kim Roe')?.['roles'].map(({ givenBy }: { givenBy: string }) => givenBy),
    ['Ada Okafor'],
  )
  assert.deepEqual([before.get('Ada Okafor')?.['own'], before.get('Ada Okafor')?.['enrolled']], [true, true])
  assert.equal(before.get('Ada Okafor')?.['roles'][0].givenBy, null, 'the command line has no name')
  await ask(world, admin.cookie, `staff/${kim['id']}/end`, {})
  const after = (await list()).get('Kim Roe')
  assert.deepEqual([after?.['roles'], after?.['invitedUntil'], after?.['endedAt']], [[], null, world.now().toString()])
})

test('what each role may do is told as the permission table has it, to those who manage and watch', async () => {
  await using world = await openWorld()
  const { body } = await (await world.as('auditor')).asks('GET', '/api/people/roles')
  const told = new Map<string, string[]>(
    body['permissions'].map((one: { permission: string; roles: string[] }) => [one.permission, one.roles]),
  )
  assert.deepEqual(told.get('staff.manage'), ['practice_admin'])
  assert.equal(told.has('fhir.use'), false, 'what only programs may do')
  for (const [permission, roles] of Object.entries(permissions))
    assert.deepEqual(
      new Set(told.get(permission) ?? []),
      new Set(roles.filter((role) => staffRoles.some((one) => one === role))),
      permission,
    )
  assert.equal((await (await world.as('nurse')).asks('GET', '/api/people/roles')).status, 403)
})
