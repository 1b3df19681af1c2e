/** A record whose time is over is let go by two people: nothing in the database finds the person any more, and others stay whole. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { forgetters } from '../../server/app.ts'
import { eraseRetention, showRetention } from '../../server/cli/retention.ts'
import { addPatient, openClinic } from '../../server/testing/clinic.ts'
import { withCode, withPasskey } from '../../server/testing/colleague.ts'
import { tablesWith } from '../../server/testing/find-text.ts'
import { openWorld, type World } from '../../server/testing/world.ts'
import { eraseRecord } from '../../server/privacy/index.ts'

const email = 'zephyrina@example.org'
const phone = '+16175550187'
/** What somebody would look for. */
const traces = ['Zephyrina', 'Quillfeather', email, phone, 'MRN-88121', 'lump under the arm', 'PAT-ZQ-0001', 'W-7781']

/** All that the product keeps of Zephyrina, and a visit of Ada's beside it. */
async function setUp() {
  const world = await openWorld({ now: '2026-11-24T14:00:00Z' })
  const clinic = await openClinic(world)
  const zephyrina = await addPatient(world, 'Zephyrina', 'Quillfeather')
  const ada = await addPatient(world, 'Ada')
  const client = await world.client()
  const book = async (patientId: string, startsAt: string) =>
    (
      await client.asks('POST', '/api/scheduling/appointments', {
        offeringId: clinic.nguyen.office,
        startsAt,
        patientId,
        language: 'en',
        reason: 'A lump under the arm',
      })
    ).body['appointment'].id as string
  const visit = await book(zephyrina, '2026-12-02T14:00:00Z')
  const other = await book(ada, '2026-12-02T15:00:00Z')
  const nurse = await world.as('nurse')
  await nurse.asks('POST', `/api/people/patients/${zephyrina}/break-glass`, {
    reason: 'other',
    words: 'A lump under the arm',
  })
  const desk = await world.frontDesk()
  const contact = { kind: 'email', value: email }
  const proxy = { name: 'Pat Quillfeather', contact, basis: 'attorney', scopes: ['book'], evidence: 'Letter' }
  assert.equal((await desk.asks('POST', `/api/people/patients/${zephyrina}/proxies`, proxy)).status, 200)
  await withCode(world, email)
  await world.settle()
  await fill(world, { zephyrina, ada, visit }).catch(async (error: unknown) => {
    await world[Symbol.asyncDispose]()
    throw error
  })
  return { world, zephyrina, ada, visit, other, desk }
}

async function asOwner<T extends object>(world: World, texts: readonly string[]): Promise<T[]> {
  const connection = new pg.Client(world.database.superuser)
  await connection.connect()
  try {
    let rows: T[] = []
    for (const text of texts) rows = (await connection.query<T>(text)).rows
    return rows
  } finally {
    await connection.end()
  }
}

async function fill(world: World, { zephyrina: z, ada, visit }: { zephyrina: string; ada: string; visit: string }) {
  const o = world.organizationId
  const person = `(select person_id from people.login_name where value = '${email}')`
  const nurse = `(select person_id from people.staff_role where role = 'nurse' limit 1)`
  await asOwner(world, [
    `update people.person set name = 'Zephyrina Quillfeather' where id = ${person}`,
    `update people.patient_account set ended_at = now() where person_id = ${person}`,
    `delete from people.patient_account where person_id = ${person}`,
    `insert into people.patient_account values ('${o}', ${person}, '${z}', 'proof', now())`,
    `insert into people.patient_contact (organization_id, patient_id, kind, value) values ('${o}', '${z}', 'phone', '${phone}'), ('${o}', '${z}', 'email', '${email}') on conflict do nothing`,
    `insert into people.patient_identifier values ('${o}', 'urn:mrn', 'MRN-88121', '${z}')`,
    `insert into people.match_review (organization_id, patient_id, candidate_ids) values ('${o}', '${ada}', '{${z}}'), ('${o}', '${z}', '{${ada}}')`,
    `insert into people.invitation (organization_id, id, patient_id, contact_kind, contact_value, made_at, made_by, expires_at)
      values ('${o}', uuidv7(), '${z}', 'email', '${email}', now(), 'x', now())`,
    `insert into people.record_flag (organization_id, id, patient_id, kind, set_at, set_by) values ('${o}', uuidv7(), '${z}', 'vip', now(), 'x')`,
    `insert into people.care_team (organization_id, id, patient_id, person_id, named_at, named_by) values ('${o}', uuidv7(), '${z}', ${nurse}, now(), 'x')`,
    `insert into people.proxy_request (organization_id, id, person_id, asker_name, basis, given_name, family_name, born_on, asked_at)
      values ('${o}', uuidv7(), ${nurse}, 'Pat Quillfeather', 'parent', 'Zephyrina', 'Quillfeather', '1980-05-17', now())`,
    `insert into coverage.patient_coverage (organization_id, id, patient_id, payer_name, member_number) values ('${o}', uuidv7(), '${z}', 'Acme', 'W-7781')`,
    `insert into record.resource (organization_id, type, fhir_id, patient_id, content, content_hash)
      values ('${o}', 'Patient', 'PAT-ZQ-0001', '${z}', '{"name":[{"family":"Quillfeather"}]}', '\\x01')`,
    `insert into record.identifier values ('${o}', 'Patient', 'urn:mrn', 'MRN-88121', 'PAT-ZQ-0001')`,
    `insert into record.dangling (organization_id, type, fhir_id, reference) values ('${o}', 'Patient', 'PAT-ZQ-0001', 'Organization/1')`,
    `insert into record.set_aside (organization_id, file, entry, reason, detail, content, fingerprint)
      values ('${o}', 'a.ndjson', 1, 'shape', 'bad date', '{"subject":"Patient/PAT-ZQ-0001","note":"Quillfeather"}', '\\x02')`,
    `insert into scheduling.call_back (organization_id, appointment_id, patient_id, cause, due_at, created_at)
      values ('${o}', '${visit}', '${z}', 'landline', now(), now())`,
    `insert into scheduling.appointment_change (organization_id, appointment_id, version, kind, reason_code, reason_note, previous_starts_at,
      previous_offering_id, changed_at, changed_by) select '${o}', id, 7, 'moved', 'moved', 'Quillfeather', starts_at, offering_id, now(), 'x'
      from scheduling.appointment where id = '${visit}'`,
    `insert into privacy.consent (organization_id, id, patient_id, kind, decision, said_at, said_by)
      select '${o}', uuidv7(), '${z}', 'research', 'yes', now(), 'x' where false`,
    `insert into privacy.disclosure (organization_id, id, patient_id, disclosed_on, recipient, what, why, recorded_by, recorded_at)
      values ('${o}', uuidv7(), '${z}', '2026-11-01', 'Court of Quillfeather', 'all', 'court', 'x', now())`,
    `insert into privacy.look_review (organization_id, person_id, patient_id, looked_on, outcome, note, reviewed_by, reviewed_at)
      values ('${o}', ${nurse}, '${z}', '2026-11-01', 'fine', 'Quillfeather', 'x', now())`,
    `insert into privacy.legal_hold (organization_id, id, patient_id, reason, placed_by, placed_at, ended_by, ended_at)
      values ('${o}', uuidv7(), '${z}', 'Suit of Quillfeather', 'x', now(), 'x', now())`,
    `insert into fhir.app (organization_id, id, name, kind, redirect_uris, scopes, made_at, made_by)
      values ('${o}', uuidv7(), 'App', 'public', '{https://app.example}', '{openid}', now(), 'x')`,
    `insert into fhir.app_grant (organization_id, id, grant_hash, app_id, person_id, role, patient_id, scopes, given_at)
      select '${o}', uuidv7(), '\\x01', id, ${person}, 'patient', '${z}', '{openid}', now() from fhir.app`,
    `insert into fhir.launch (organization_id, id, token_hash, app_id, person_id, patient_id, expires_at)
      select '${o}', uuidv7(), '\\x01', id, ${person}, '${z}', now() from fhir.app`,
  ])
}

/** Tables with rows of this patient, beside the trail and what only says that something was disclosed or shredded. */
async function tablesOf(world: World, patientId: string): Promise<string[]> {
  const columns = await asOwner<{ name: string }>(world, [
    `select format('%I.%I', table_schema, table_name) as name from information_schema.columns where column_name = 'patient_id'
      and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
  ])
  const found: string[] = []
  for (const { name } of columns) {
    const rows = await asOwner(world, [`select from ${name} where patient_id = '${patientId}' limit 1`])
    if (rows.length > 0) found.push(name)
  }
  return found
}

/** One proposes, the other approves: both signed in, at this world's time. */
async function twoDecide(world: World, patientId: string) {
  const nia = await withPasskey(world, 'Nia Cole', ['practice_admin'])
  const max = await withPasskey(world, 'Max Roe', ['auditor'])
  const asks = (who: { cookie: string }, path: string, body: object = {}) =>
    world.ask('POST', `/api/privacy/retention/proposals${path}`, body, { cookie: who.cookie })
  const { status, body } = await asks(nia, '', { patientId })
  assert.equal(status, 200, JSON.stringify(body))
  const id: string = body['id']
  return { nia, max, id, asks, approve: (who = max) => asks(who, `/${id}/approval`) }
}

test('two people let a record go: its keys and rows, and the account that opened nothing else; others stay whole', async () => {
  const { world, zephyrina, ada, other, desk } = await setUp()
  await using _world = world
  assert.ok((await tablesOf(world, zephyrina)).length >= 18, String(await tablesOf(world, zephyrina)))
  const day = (await desk.asks('GET', '/api/scheduling/days/2026-12-02')).status
  assert.equal(day, 200)
  world.at('2037-01-02T14:00:00Z')
  const { nia, max, id, asks, approve } = await twoDecide(world, zephyrina)
  assert.match(String(await eraseRetention(world, world.organizationId, [zephyrina])), /stays: Nobody has approved/)
  assert.equal((await approve(nia)).body['code'], 'not_your_own')
  assert.equal((await asks(max, '', { patientId: zephyrina })).body['code'], 'already_proposed')
  assert.equal((await asks(max, `/${id}/withdrawal`)).status, 200)
  assert.equal((await approve()).status, 404)
  const again = await asks(max, '', { patientId: zephyrina })
  assert.equal((await asks(nia, `/${again.body['id']}/approval`)).status, 200)
  assert.equal((await asks(nia, `/${again.body['id']}/approval`)).body['code'], 'already_decided')
  const { body: listed } = await world.ask('GET', '/api/privacy/retention', undefined, { cookie: max.cookie })
  const shown = listed['records'].find((one: { patientId: string }) => one.patientId === zephyrina).proposal
  assert.deepEqual([shown.by, shown.mine, shown.approved.by], ['Max Roe', true, 'Nia Cole'])
  const lines = await eraseRetention(world, world.organizationId, [])
  assert.deepEqual(lines.slice(0, 1), [`${zephyrina}  let go`], String(lines))
  for (const trace of traces) assert.deepEqual(await tablesWith(world, trace), [], trace)
  const kept = ['partners.disclosure', 'platform.audit_event', 'platform.patient_key']
  assert.deepEqual(
    (await tablesOf(world, zephyrina)).filter((name) => !kept.includes(name)),
    [],
  )
  const [key] = await asOwner<{ wrapped: Buffer | null }>(world, [
    `select wrapped from platform.patient_key where patient_id = '${zephyrina}'`,
  ])
  assert.equal(key?.wrapped, null)
  const trail = await asOwner<{ actor_id: string; fields: string[] }>(world, [
    `select actor_id, fields from platform.audit_event where action = 'delete' and resource_id = '${zephyrina}' order by actor_id`,
  ])
  assert.deepEqual(trail.map((row) => row.actor_id).sort(), [nia.id, max.id].sort())
  assert.deepEqual(trail[0]?.fields, ['record', 'keys', 'account'])
  const [visit] = await asOwner<{ id: string }>(world, [
    `select id from scheduling.appointment where patient_id = '${ada}'`,
  ])
  assert.equal(visit?.id, other)
})

test('an approval goes with the role of who approved, and does not come back with it; a proposal goes with its own', async () => {
  const { world, zephyrina } = await setUp()
  await using _world = world
  const o = world.organizationId
  world.at('2037-01-02T14:00:00Z')
  const { nia, max, id, approve } = await twoDecide(world, zephyrina)
  const boss = await withPasskey(world, 'Bo Lund', ['practice_admin'])
  const role = async (person: { id: string }, one: string, held: boolean) => {
    const { status, body } = await world.ask(
      'POST',
      `/api/people/staff/${person.id}/roles`,
      { role: one, held },
      { cookie: boss.cookie },
    )
    assert.equal(status, 200, JSON.stringify(body))
  }
  const shown = async () => {
    const { body } = await world.ask('GET', '/api/privacy/retention', undefined, { cookie: boss.cookie })
    const { proposal } = body['records'].find((one: { patientId: string }) => one.patientId === zephyrina)
    return [proposal.stands, proposal.approved?.by ?? null]
  }
  assert.equal((await approve()).status, 200)
  assert.deepEqual(await shown(), [true, 'Max Roe'])
  await role(max, 'auditor', false)
  assert.deepEqual(await shown(), [true, null])
  assert.match(String(await eraseRetention(world, o, [zephyrina])), /stays: Nobody has approved/)
  world.at(world.now().add({ seconds: 1 }))
  await role(max, 'auditor', true)
  assert.match(String(await eraseRetention(world, o, [zephyrina])), /stays: Nobody has approved/)
  assert.equal((await approve(boss)).status, 200)
  assert.deepEqual(await shown(), [true, 'Bo Lund'])
  await role(nia, 'practice_admin', false)
  assert.deepEqual(await shown(), [false, null])
  assert.match(String(await eraseRetention(world, o, [])), /0 of 0 records let go/)
  assert.equal((await approve(boss)).body['code'], 'lapsed')
  const withdrawn = `/api/privacy/retention/proposals/${id}/withdrawal`
  assert.equal((await world.ask('POST', withdrawn, {}, { cookie: boss.cookie })).status, 200)
  assert.ok((await tablesWith(world, 'Quillfeather')).length > 10)
})

test('what a hold keeps, or what is not over, is not let go, and one person alone lets nothing go', async () => {
  const { world, zephyrina, ada } = await setUp()
  await using _world = world
  const o = world.organizationId
  const early = await withPasskey(world, 'Uma Reyes', ['auditor'])
  const propose = (cookie: string) =>
    world.ask('POST', '/api/privacy/retention/proposals', { patientId: zephyrina }, { cookie })
  assert.equal((await propose(early.cookie)).body['code'], 'not_over')
  world.at('2037-01-02T14:00:00Z')
  const nurse = await withPasskey(world, 'Rui Abe', ['nurse'])
  assert.equal((await propose(nurse.cookie)).status, 403)
  const { id, asks, max, approve } = await twoDecide(world, zephyrina)
  await asOwner(world, [
    `insert into privacy.legal_hold (organization_id, id, patient_id, reason, placed_by, placed_at)
      values ('${o}', uuidv7(), '${zephyrina}', 'A suit', 'x', now())`,
  ])
  assert.equal((await approve()).body['code'], 'on_hold')
  await asOwner(world, [
    `update privacy.letting_go set approved_by = (select id from people.person where name = 'Max Roe'), approved_at = '${world.now().toString()}' where id = '${id}'`,
  ])
  assert.match(String(await eraseRetention(world, o, [zephyrina])), /stays: A hold keeps/)
  assert.match(String(await eraseRetention(world, o, [ada])), /stays: Nobody has approved/)
  assert.equal((await asks(max, `/${id}/withdrawal`)).status, 200)
  assert.match(String(await showRetention(world, o)), /on hold/)
  assert.ok((await tablesWith(world, 'Quillfeather')).length > 10)
  await world.chore('privacy.erase-over')
  assert.ok(
    (await tablesOf(world, ada)).includes('scheduling.appointment'),
    'the clock lets nothing go unless the operator says so',
  )
  Object.assign(world.config, { eraseAfterRetention: true })
  const refused = eraseRecord(world, forgetters, { organizationId: o, patientId: zephyrina, by: ['x'] })
  await assert.rejects(refused, { code: 'on_hold' })
})

test('the clock lets go what is over, when the operator said so', async () => {
  const { world, zephyrina, ada } = await setUp()
  await using _world = world
  world.at('2037-01-02T14:00:00Z')
  Object.assign(world.config, { eraseAfterRetention: true })
  await world.chore('privacy.erase-over')
  for (const id of [zephyrina, ada]) assert.ok(!(await tablesOf(world, id)).includes('scheduling.appointment'))
  assert.deepEqual(await tablesWith(world, 'Quillfeather'), [])
})
