/** What is over is forgotten in its time, and not before. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic } from '../testing/clinic.ts'
import { openWorld, sql, type World } from '../testing/world.ts'
import { withinSignIn } from '../platform/db.ts'

const sessions = (world: World) =>
  withinSignIn(world.db, world.organizationId, async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from people.session`.execute(tx)
    return rows[0]?.n
  })

const keys = (world: World) =>
  world.write(async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from platform.request_key`.execute(tx)
    return rows[0]?.n
  })

test('a session is forgotten a month after it was over, also one in which an app was allowed', async () => {
  await using world = await openWorld()
  const nurse = await world.as('nurse')
  await withinSignIn(world.db, world.organizationId, async (tx) => {
    await sql`insert into fhir.app (organization_id, id, name, kind, redirect_uris, scopes, made_at, made_by)
      values (${world.organizationId}, uuidv7(), 'App', 'public', '{https://app.example}', '{openid}', now(), 'x')`.execute(
      tx,
    )
    await sql`insert into fhir.app_grant (organization_id, id, grant_hash, app_id, person_id, role, scopes, session_id, given_at)
      select s.organization_id, uuidv7(), '\\x01', a.id, s.person_id, 'nurse', '{openid}', s.id, now()
      from people.session s, fhir.app a limit 1`.execute(tx)
  })
  assert.equal(await sessions(world), 1)
  world.at(world.now().add({ hours: 24 * 30 }))
  await world.chore('people.forget-sessions')
  assert.equal(await sessions(world), 1, 'over for less than a month')
  world.at(world.now().add({ hours: 13 }))
  await world.chore('people.forget-sessions')
  assert.equal(await sessions(world), 0)
  assert.equal((await nurse.asks('GET', '/api/scheduling/days/2026-12-02')).status, 401)
  await withinSignIn(world.db, world.organizationId, async (tx) => {
    const { rows } = await sql<{ sessionId: string | null }>`select session_id from fhir.app_grant`.execute(tx)
    assert.deepEqual(rows, [{ sessionId: null }])
  })
})

test('the key of a request is forgotten after a week', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const [client, ada] = [await world.client(), await addPatient(world, 'Ada')]
  const booking = { offeringId: clinic.nguyen.office, startsAt: '2026-12-02T14:00:00Z', patientId: ada, language: 'en' }
  const { status } = await client.asks('POST', '/api/scheduling/appointments', booking, {
    'idempotency-key': 'a-key-of-mine-1234',
  })
  assert.equal(status, 200)
  const made = await world.write(async (tx) => {
    const { rows } = await sql<{ at: Temporal.Instant }>`select created_at as at from platform.request_key`.execute(tx)
    return rows[0]!.at
  })
  world.at(made.add({ hours: 24 * 7 }))
  await world.chore('people.forget-sessions')
  assert.equal(await keys(world), 1)
  world.at(made.add({ hours: 24 * 7, seconds: 1 }))
  await world.chore('people.forget-sessions')
  assert.equal(await keys(world), 0)
})
