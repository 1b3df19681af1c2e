/** What patients and colleagues say of a patient's life stands nowhere in the database to read, and is there for who may read it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic } from '../../server/testing/clinic.ts'
import { tablesWith } from '../../server/testing/find-text.ts'
import { openWorld, sql, type World } from '../../server/testing/world.ts'
import { shredPatient } from '../../server/platform/vault/index.ts'

const nine = '2026-12-02T14:00:00Z'
const words = {
  reason: 'A lump under the left arm',
  note: 'The ferry to Hingham broke down',
  glass: 'Called to the ward at midnight',
  review: 'The ward confirmed the call',
  evidence: 'Birth certificate of Braintree',
  why: 'Order of the court of Dedham',
}

async function setUp() {
  const world = await openWorld()
  const clinic = await openClinic(world)
  const [client, ada] = [await world.client(), await addPatient(world, 'Ada')]
  const book = (startsAt: string, reason?: string) =>
    client.asks('POST', '/api/scheduling/appointments', {
      offeringId: clinic.nguyen.office,
      startsAt,
      patientId: ada,
      language: 'en',
      ...(reason !== undefined && { reason }),
    })
  return { world, clinic, client, ada, book }
}

async function reasonsOfDay(world: World): Promise<(string | null)[]> {
  const desk = await world.frontDesk()
  const { body } = await desk.asks('GET', '/api/scheduling/days/2026-12-02')
  const columns = body['columns'] as { entries: { kind: string; reason: string | null }[] }[]
  return columns.flatMap(({ entries }) => entries.filter(({ kind }) => kind === 'appointment').map((one) => one.reason))
}

test('why a patient comes is sealed as it is booked, and read by the desk and by a program', async () => {
  const { world, client, book, ada } = await setUp()
  await using _world = world
  const { body } = await book(nine, words.reason)
  await book('2026-12-02T15:00:00Z')
  await world.settle()
  assert.deepEqual(await tablesWith(world, words.reason), [])
  assert.deepEqual(await reasonsOfDay(world), [words.reason, null])
  const fhir = await client.asks('GET', `/fhir/R4/Appointment/${body['appointment'].id}`)
  assert.equal(fhir.body['reasonCode'][0].text, words.reason)
  await world.write((tx) => shredPatient(world, tx, world.organizationId, ada))
  assert.deepEqual(await reasonsOfDay(world), ['—', null])
})

test('a visit without a reason asks for no key', async () => {
  const { world, book } = await setUp()
  await using _world = world
  assert.equal((await book(nine)).status, 200)
  const { rows } = await world.write((tx) => sql`select from platform.data_key`.execute(tx))
  assert.deepEqual(rows, [])
})

test('why a visit is cancelled is sealed', async () => {
  const { world, client, book } = await setUp()
  await using _world = world
  const { body } = await book(nine)
  const url = `/api/scheduling/appointments/${body['appointment'].id}/cancellation`
  const reply = await client.asks('POST', url, { reason: 'other', note: words.note })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  await world.settle()
  assert.deepEqual(await tablesWith(world, words.note), [])
})

test('why the glass was broken, and what its review found, are read by the privacy officer and by no copy', async () => {
  const { world, ada } = await setUp()
  await using _world = world
  const admin = await world.as('practice_admin')
  await admin.asks('POST', '/api/people/access-rules', { teamDays: 0 })
  const nurse = await world.as('nurse')
  const broken = await nurse.asks('POST', `/api/people/patients/${ada}/break-glass`, {
    reason: 'emergency',
    words: words.glass,
  })
  assert.equal(broken.status, 200, JSON.stringify(broken.body))
  const officer = await world.as('auditor')
  const review = { outcome: 'fine', note: words.review }
  const reviewed = await officer.asks('POST', `/api/people/break-glass/${broken.body['id']}/review`, review)
  assert.equal(reviewed.status, 200, JSON.stringify(reviewed.body))
  for (const said of [words.glass, words.review]) assert.deepEqual(await tablesWith(world, said), [], said)
  const { body } = await officer.asks('GET', '/api/people/break-glass')
  const [row] = Object.values(body).find(Array.isArray) as { words: string; review: { note: string } }[]
  assert.deepEqual([row?.words, row?.review.note], [words.glass, words.review])
})

test('words of before there was a vault are read as they stand, and sealed by the chores', async () => {
  const { world, client, book, ada } = await setUp()
  await using _world = world
  const { body } = await book(nine)
  const { id } = body['appointment']
  await world.as('nurse')
  const personId = await world.write(async (tx) => {
    await sql`update scheduling.appointment set reason = ${words.reason} where id = ${id}`.execute(tx)
    await sql`insert into scheduling.appointment_change (organization_id, appointment_id, version, kind, reason_code, reason_note,
        previous_starts_at, previous_offering_id, changed_at, changed_by)
      select organization_id, id, 9, 'moved', 'moved', ${words.note}, starts_at, offering_id, now(), 'x' from scheduling.appointment`.execute(
      tx,
    )
    const { rows } = await sql<{ id: string }>`select id from people.person limit 1`.execute(tx)
    await sql`insert into people.proxy_grant (organization_id, id, patient_id, person_id, proxy_name, basis, scopes, from_at, given_at,
        given_by, evidence, verified_by, ended_at, ended_by, blocked_at, blocked_by, blocked_why)
      values (${world.organizationId}, uuidv7(), ${ada}, ${rows[0]?.id}, 'Pat', 'parent', '{book}', now(), now(), 'x', ${words.evidence},
        'x', now(), 'x', now(), 'x', ${words.why})`.execute(tx)
    return rows[0]?.id
  })
  assert.ok(personId)
  const grants = async () => {
    const desk = await world.frontDesk()
    const { body: list } = await desk.asks('GET', `/api/people/patients/${ada}/proxies`)
    const [grant] = Object.values(list).find(Array.isArray) as { evidence: string; blockedWhy: string }[]
    return [grant?.evidence, grant?.blockedWhy]
  }
  assert.deepEqual(await grants(), [words.evidence, words.why])
  assert.deepEqual(await reasonsOfDay(world), [words.reason])
  await world.chore('scheduling.seal-words')
  await world.chore('people.seal-words')
  for (const said of Object.values(words)) assert.deepEqual(await tablesWith(world, said), [], said)
  assert.deepEqual(await grants(), [words.evidence, words.why])
  assert.deepEqual(await reasonsOfDay(world), [words.reason])
  const fhir = await client.asks('GET', `/fhir/R4/Appointment/${id}`)
  assert.equal(fhir.body['reasonCode'][0].text, words.reason)
})
