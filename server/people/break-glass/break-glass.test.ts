import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withCode } from '../../testing/colleague.ts'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { endpointsOf } from '../../platform/serve.ts'
import { permissions } from '../../platform/permissions.ts'

const emergency = { reason: 'emergency', words: 'Called to the ward, the patient collapsed.' }

/** A clinic with a patient of Dr. Nguyen, whose account works with her; and the visit. */
async function setUp() {
  const world = await openWorld()
  const clinic = await openClinic(world)
  const ada = await addPatient(world, 'Ada')
  const desk = await world.frontDesk()
  const booked = await desk.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: '2026-12-03T14:00:00Z',
    patientId: ada,
    language: 'en',
    reason: 'zqx-cough',
  })
  const visit: string = booked.body['appointment'].id
  return { world, clinic, ada, desk, visit, admin: await world.as('practice_admin') }
}

const personOf = async (world: World, role: 'clinician' | 'nurse' | 'front_desk') => {
  const found = await world.write((tx) =>
    tx.selectFrom('people.staffRole').select('personId').where('role', '=', role).executeTakeFirstOrThrow(),
  )
  return found.personId
}
const open = (as: { asks: World['ask'] }, id: string) => as.asks('GET', `/api/scheduling/patients/${id}`)
const smash = (as: { asks: World['ask'] }, id: string, why: object = emergency) =>
  as.asks('POST', `/api/people/patients/${id}/break-glass`, why)

test('who has a visit with the patient opens the record; a curious colleague is asked why, and gets nothing', async () => {
  const { world, clinic, ada, admin, visit } = await setUp()
  await using _world = world
  const doctor = await world.as('clinician')
  const nurse = await world.as('nurse')
  for (const one of [doctor, nurse]) {
    const refused = await open(one, ada)
    assert.deepEqual(
      [refused.status, refused.body['code'], refused.body['instead']],
      [403, 'break_glass_needed', 'break_glass'],
    )
    assert.doesNotMatch(JSON.stringify(refused.body), /Byron|zqx/)
    assert.equal((await one.asks('GET', `/api/scheduling/appointments/${visit}`)).body['code'], 'break_glass_needed')
  }
  const works = { personId: await personOf(world, 'clinician'), clinicianId: clinic.nguyen.id, held: true }
  assert.equal((await admin.asks('POST', '/api/scheduling/works-with', works)).status, 200)
  const opened = await open(doctor, ada)
  assert.equal(opened.status, 200, JSON.stringify(opened.body))
  assert.deepEqual(
    [opened.body['patient'].name, opened.body['glassUntil'], opened.body['visits'][0].reason],
    ['Ada Byron', null, 'zqx-cough'],
  )
  assert.equal((await open(nurse, ada)).status, 403)
  await admin.asks('POST', `/api/people/patients/${ada}/care-team`, {
    personId: await personOf(world, 'nurse'),
    held: true,
  })
  assert.equal((await open(nurse, ada)).status, 200)
})

test('a visit makes a care team only for the days that the organization set', async () => {
  const { world, clinic, ada, admin } = await setUp()
  await using _world = world
  const works = { personId: await personOf(world, 'front_desk'), clinicianId: clinic.nguyen.id, held: true }
  await admin.asks('POST', '/api/scheduling/works-with', works)
  await world.as('clinician')
  await admin.asks('POST', '/api/scheduling/works-with', { ...works, personId: await personOf(world, 'clinician') })
  await admin.asks('POST', '/api/people/access-rules', { teamDays: 7 })
  for (const [at, status] of [
    ['2026-11-26T14:00:00Z', 403],
    ['2026-11-26T14:00:01Z', 200],
    ['2026-12-10T13:59:59Z', 200],
    ['2026-12-10T14:00:00Z', 403],
  ] as const) {
    world.at(at)
    assert.equal((await open(await world.as('clinician'), ada)).status, status, at)
  }
})

test('broken glass opens one record for an hour, and every look through it is marked in the trail', async () => {
  const { world, ada, visit } = await setUp()
  await using _world = world
  const bea = await addPatient(world, 'Bea')
  const nurse = await world.as('nurse')
  assert.equal((await smash(nurse, ada, { reason: 'emergency' })).status, 400, 'a reason in words is needed')
  const broken = await smash(nurse, ada)
  assert.deepEqual([broken.status, broken.body['endsAt']], [200, '2026-12-01T15:00:00Z'])
  const opened = await open(nurse, ada)
  assert.deepEqual([opened.status, opened.body['glassUntil']], [200, '2026-12-01T15:00:00Z'])
  assert.equal((await nurse.asks('GET', `/api/scheduling/appointments/${visit}`)).status, 200)
  assert.equal((await open(nurse, bea)).status, 403, 'one patient')
  assert.equal((await open(await world.as('clinician'), ada)).status, 403, 'one colleague')
  const rows = await world.write((tx) =>
    tx
      .selectFrom('platform.auditEvent')
      .select(['action', 'resourceType'])
      .where('patientId', '=', ada)
      .where('actorKind', '=', 'nurse')
      .where('purpose', '=', 'BREAK-GLASS')
      .execute(),
  )
  assert.deepEqual(rows.map((row) => `${row.action} ${row.resourceType}`).sort(), [
    'execute BreakGlass',
    'read Appointment',
    'read Appointment',
    'read Patient',
  ])
  world.at('2026-12-01T14:14:00Z')
  await open(nurse, ada)
  for (const minute of [28, 42, 56]) {
    world.at(`2026-12-01T14:${minute}:00Z`)
    await open(nurse, ada)
  }
  world.at('2026-12-01T14:59:59Z')
  assert.equal((await open(nurse, ada)).status, 200)
  world.at('2026-12-01T15:00:00Z')
  assert.equal((await open(nurse, ada)).body['code'], 'break_glass_needed')
})

test('the glass asks for a proof of the last five minutes, and is never another organization’s', async () => {
  const { world, ada } = await setUp()
  await using _world = world
  const nurse = await world.as('nurse')
  world.at('2026-12-01T14:05:01Z')
  const stale = await smash(nurse, ada)
  assert.deepEqual([stale.status, stale.body['code']], [403, 'prove_again'])
  const again = await world.as('nurse')
  const other = await world.write(
    (tx) =>
      tx
        .insertInto('people.patient')
        .values({
          organizationId: lake,
          givenName: 'Lia',
          familyName: 'Lake',
          searchName: 'lia lake',
          origin: 'staff',
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    await foundLake(world),
  )
  assert.equal((await smash(again, other.id)).status, 404)
  assert.equal((await open(again, other.id)).status, 404)
})

const lake = '00000000-0000-4000-8000-00000000000a'
async function foundLake(world: World) {
  await world.db.worker
    .insertInto('people.organization')
    .values({ id: lake, slug: 'lake', name: 'Lake', phone: '+16175550199', email: null, zone: 'UTC' })
    .execute()
  return lake
}

test('a marked record, a colleague’s and one’s own need a reason from the front desk as well', async () => {
  const { world, ada, desk, admin, visit } = await setUp()
  await using _world = world
  assert.equal((await open(desk, ada)).status, 200)
  const flag = (held: boolean) => admin.asks('POST', `/api/people/patients/${ada}/flags`, { kind: 'vip', held })
  await flag(true)
  await flag(true)
  assert.equal((await open(desk, ada)).body['code'], 'break_glass_needed')
  const cancelled = await desk.asks('POST', `/api/scheduling/appointments/${visit}/cancellation`, { reason: 'clinic' })
  assert.equal(cancelled.body['code'], 'break_glass_needed')
  assert.equal((await smash(desk, ada)).status, 200)
  assert.equal((await open(desk, ada)).body['glassUntil'], '2026-12-01T15:00:00Z')
  await flag(false)

  const own = await addPatient(world, 'Rui', 'Santos')
  const rui = await personOf(world, 'front_desk')
  await world.write((tx) =>
    tx
      .insertInto('people.patientAccount')
      .values({ organizationId: world.organizationId, personId: rui, patientId: own, basis: 'invitation' })
      .execute(),
  )
  assert.equal((await open(desk, own)).body['code'], 'break_glass_needed', 'one’s own')
  await world.as('biller')
  assert.equal((await open(await world.as('biller'), own)).body['code'], 'break_glass_needed', 'a colleague’s')
})

test('the privacy officer sees each at once, has three days, and is told who does it often; nobody reviews their own', async () => {
  const { world, ada } = await setUp()
  await using _world = world
  const nurse = await world.as('nurse')
  for (const name of ['Bea', 'Cyd', 'Dot']) await smash(nurse, await addPatient(world, name))
  await smash(nurse, ada)
  const officer = await world.as('auditor')
  const { body } = await officer.asks('GET', '/api/people/break-glass')
  assert.equal(body['broken'].length, 4)
  const mine = body['broken'].find(({ patientId }: { patientId: string }) => patientId === ada)
  assert.deepEqual(
    [mine.person.name, mine.person.role, mine.reason, mine.words, mine.reviewDueAt, mine.often, mine.review],
    ['Noor Haddad', 'nurse', 'emergency', emergency.words, '2026-12-04T14:00:00Z', true, null],
  )
  const review = (as: { asks: World['ask'] }) =>
    as.asks('POST', `/api/people/break-glass/${mine.id}/review`, { outcome: 'fine', note: 'On call that day.' })
  assert.equal((await review(nurse)).status, 403)
  assert.equal((await review(officer)).status, 200)
  assert.equal((await review(officer)).body['code'], 'already_decided')
  const after = await officer.asks('GET', '/api/people/break-glass')
  assert.equal(after.body['broken'].at(-1).review.outcome, 'fine', 'what is done comes last')
})

test('the patient is told that the glass was broken, when the organization says so', async () => {
  const { world, ada, admin } = await setUp()
  await using _world = world
  const nurse = await world.as('nurse')
  await smash(nurse, ada)
  await open(nurse, ada)
  const { cookie } = await withCode(world, 'ada@example.org')
  await world.write(async (tx) => {
    const { personId } = await tx
      .selectFrom('platform.auditEvent')
      .select('actorId as personId')
      .where('resourceType', '=', 'Session')
      .where('actorKind', '=', 'patient')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('people.patientAccount')
      .values({
        organizationId: world.organizationId,
        personId: personId.slice(7),
        patientId: ada,
        basis: 'invitation',
      })
      .execute()
  })
  const purposes = async () => {
    const { body } = await world.ask('GET', '/api/privacy/my-access-report', undefined, { cookie })
    const deeds: { who: { role: string }; purpose: string }[] = body['deeds']
    return [...new Set(deeds.filter(({ who }) => who.role === 'nurse').map(({ purpose }) => purpose))]
  }
  assert.deepEqual(await purposes(), ['BREAK-GLASS'])
  await admin.asks('POST', '/api/people/access-rules', { glassShown: false })
  assert.deepEqual(await purposes(), ['TREAT'])
})

test('no path leads a colleague who does not care for a patient to the record without the glass', async () => {
  const { world, visit, ada } = await setUp()
  await using _world = world
  const ids = [ada, visit]
  // Finding somebody, and the day that everybody works through, show who is there, each shown in the trail; the privacy
  // log and the lists of the front desk are not for clinicians.
  const lists = new Set(['GET /api/people/patients', 'GET /api/scheduling/days/:day'])
  let looked = 0
  for (const role of ['nurse', 'clinician'] as const) {
    const one = await world.as(role)
    for (const { method, url, permission, query } of endpointsOf(world.app)) {
      if (method !== 'GET' || lists.has(`${method} ${url}`) || !permissions[permission].includes(role)) continue
      for (const id of ids) {
        const fields = Object.keys((query as { properties?: object }).properties ?? {}).filter((name) =>
          /[iI]d$/.test(name),
        )
        const path =
          url.replaceAll(/:\w+/g, id) + (fields.length > 0 ? `?${fields.map((name) => `${name}=${id}`).join('&')}` : '')
        const { status, body } = await one.asks('GET', path)
        looked++
        assert.doesNotMatch(JSON.stringify(body), /Byron|zqx-cough|ada@example/, `${role} at ${path}: ${status}`)
      }
    }
  }
  assert.ok(looked > 20, `only ${looked} were looked at`)
})
