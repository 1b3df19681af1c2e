// A parent lets an app in for a child: within what the parent was given, and no longer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { withCode } from '../../testing/colleague.ts'
import { bearer, look, smartApp } from '../../testing/smart-app.ts'
import { openWorld, type Asker, type World } from '../../testing/world.ts'

const scope = 'openid fhirUser launch/patient offline_access patient/*.rs'

/** Pat, who has no record here, and what the front desk gave them for Kim. */
async function parentOf(world: World, child: string, scopes: readonly string[] = ['book']) {
  const { cookie } = await withCode(world, 'pat@example.org')
  const asks: Asker['asks'] = (method, url, body, more) => world.ask(method, url, body, { cookie, ...more })
  const kim = { givenName: 'Kim', familyName: 'Byron', bornOn: '2020-03-04', language: 'en' }
  await asks('POST', '/api/people/proxy-requests', { name: 'Pat Byron', basis: 'parent', child: kim })
  const desk = await world.frontDesk()
  const [request] = (await desk.asks('GET', '/api/people/proxy-requests')).body['requests']
  const given = await desk.asks('POST', `/api/people/proxy-requests/${request.id}/decision`, {
    decision: 'given',
    patientId: child,
    evidence: 'Birth certificate',
    scopes,
  })
  assert.equal(given.status, 200, JSON.stringify(given.body))
  return { asks, headers: { cookie } }
}

test('a parent lets an app in for a child; it reads that child, is not told that the parent is the child, and ends with the grant', async () => {
  await using world = await openWorld()
  const { nguyen } = await openClinic(world)
  const child = await addPatient(world, 'Kim', 'Byron', '2020-03-04')
  const other = await addPatient(world, 'Lou', 'Byron', '2020-03-04')
  const pat = await parentOf(world, child)
  await pat.asks('POST', '/api/people/acting-for', { patientId: child })
  const booked = await pat.asks('POST', '/api/scheduling/appointments', {
    offeringId: nguyen.office,
    startsAt: '2026-12-03T14:00:00Z',
    patientId: child,
    language: 'en',
  })
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
  await pat.asks('POST', '/api/people/acting-for', { patientId: null })

  const app = await smartApp(world)
  const asked = await look(pat, await app.asks(scope))
  assert.deepEqual(asked.body['patients'], [{ id: child, name: 'Kim Byron' }])
  const told = await app.connect(pat, scope)
  assert.equal(told['patient'], child, JSON.stringify(told))
  const [, claims = ''] = String(told['id_token']).split('.')
  assert.equal(JSON.parse(Buffer.from(claims, 'base64url').toString()).fhirUser, undefined)
  const kim = bearer(world, told['access_token'])
  assert.equal((await kim.get(`Patient/${child}`)).status, 200)
  assert.equal((await kim.get(`Patient/${other}`)).status, 404)
  const visits = await kim.get('Appointment?date=2026-12-03')
  assert.equal(visits.body['entry'].length, 1, JSON.stringify(visits.body))
  const { rows } = await world.write((tx) =>
    sql<{ actorKind: string; patientId: string }>`
      select actor_kind, patient_id from platform.audit_event where actor_id = ${`app:${app.id}`} and action = 'read'`.execute(
      tx,
    ),
  )
  assert.ok(rows.length > 0 && rows.every((row) => row.patientId === child))

  // The child has the birthday at which parents' access ends by the clinic's rule.
  world.at('2038-03-04T05:00:01Z')
  const fresh = await app.refresh(told['refresh_token'])
  if (fresh.status === 200)
    assert.equal((await bearer(world, fresh.body['access_token']).get(`Patient/${child}`)).status, 403)
})

test('what was given ends, and the app with it, on the next request', async () => {
  await using world = await openWorld()
  const child = await addPatient(world, 'Kim', 'Byron', '2020-03-04')
  const pat = await parentOf(world, child)
  const app = await smartApp(world)
  const told = await app.connect(pat, scope)
  const kim = bearer(world, told['access_token'])
  assert.equal((await kim.get(`Patient/${child}`)).status, 200)
  await world.write((tx) => sql`update people.proxy_grant set ended_at = ${world.now()}, ended_by = 'desk'`.execute(tx))
  assert.equal((await kim.get(`Patient/${child}`)).status, 401)
  assert.notEqual((await app.refresh(told['refresh_token'])).status, 200)
})

test('a parent who may only see bills lets no app in for the child', async () => {
  await using world = await openWorld()
  const child = await addPatient(world, 'Kim', 'Byron', '2020-03-04')
  const pat = await parentOf(world, child, ['bills'])
  const app = await smartApp(world)
  const asked = await look(pat, await app.asks(scope))
  assert.deepEqual(asked.body['patients'], [])
})
