import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { openWorld } from '../../testing/world.ts'
import { hasReferral } from './has-referral.ts'

const url = '/api/scheduling/referrals'
const world = await openWorld()
after(() => world[Symbol.asyncDispose]())
const clinic = await openClinic(world)
const desk = await world.frontDesk()
const refer = (patientId: string, more: object = {}) =>
  desk.asks('POST', url, {
    patientId,
    visitTypes: ['office-visit'],
    validUntil: '2027-02-28',
    referrer: 'Dr. Vera Lindqvist',
    reason: 'Chest pain on stairs',
    ...more,
  })
const list = async (query = '') => (await desk.asks('GET', `${url}${query}`)).body['referrals']
const day = (text: string) => Temporal.PlainDate.from(text)

test('a referral is made for a patient, waits on the desk’s list, and its reason is sealed', async () => {
  const ada = await addPatient(world, 'Ada')
  const { status, body } = await refer(ada, { priority: 'urgent' })
  assert.equal(status, 200, JSON.stringify(body))
  const one = (await list()).find(({ id }: { id: string }) => id === body['id'])
  assert.deepEqual(
    [one.patient.id, one.visitTypes, one.priority, one.referrer, one.reason, one.state, one.validFrom],
    [ada, ['Office visit'], 'urgent', 'Dr. Vera Lindqvist', 'Chest pain on stairs', 'waiting', '2026-12-01'],
  )
  const row = await world.write((tx) => tx.selectFrom('scheduling.referral').selectAll().executeTakeFirstOrThrow())
  assert.ok(!row.reasonSealed!.includes('Chest'))
  const trail = await world.write((tx) =>
    tx
      .selectFrom('platform.auditEvent')
      .where('resourceType', '=', 'ServiceRequest')
      .where('patientId', '=', ada)
      .select(['action', 'patientId'])
      .orderBy('id')
      .execute(),
  )
  assert.deepEqual(trail, [
    { action: 'create', patientId: ada },
    { action: 'read', patientId: ada },
  ])
  const close = () => desk.asks('POST', `${url}/${body['id']}/closing`, { reason: 'declined' })
  assert.equal((await close()).status, 200)
  assert.equal((await close()).body['code'], 'already_decided')
  assert.ok(!(await list()).some(({ id }: { id: string }) => id === body['id']))
  assert.deepEqual(
    (await list(`?patientId=${ada}`)).map((all: { state: string; closeReason: string }) => [
      all.state,
      all.closeReason,
    ]),
    [['closed', 'declined']],
  )
})

test('a referral that nobody here could answer is refused', async () => {
  const ada = await addPatient(world, 'Ada')
  const codes = []
  codes.push((await refer(ada, { visitTypes: ['dance'] })).body['code'])
  codes.push((await refer(ada, { visitTypes: ['video-visit'], clinicianIds: [clinic.osei.id] })).body['code'])
  codes.push((await refer(ada, { specialty: '207RC0000X', visitTypes: ['video-visit'] })).body['code'])
  codes.push((await refer(ada, { validUntil: '2026-11-30' })).body['code'])
  codes.push((await refer(crypto.randomUUID())).body['code'])
  assert.deepEqual(codes, ['no_such_visit', 'no_such_visit', 'no_such_visit', 'until', 'not_found'])
  assert.equal((await refer(ada, { specialty: '207RC0000X' })).status, 200)
  const { status } = await world.ask('POST', url, { patientId: crypto.randomUUID() })
  assert.equal(status, 401)
})

test('whether somebody was referred: for this kind of visit, on this day, and not used up', async () => {
  const ada = await addPatient(world, 'Ada')
  const ben = await addPatient(world, 'Ben')
  const id = (await refer(ada, { validFrom: '2026-12-10' })).body['id']
  const has = (on: string, more: object = {}) =>
    world.write((tx) =>
      hasReferral(tx, world.organizationId, {
        patientId: ada,
        visitTypeId: clinic.types.office,
        on: day(on),
        ...more,
      }),
    )
  assert.deepEqual(
    [await has('2026-12-09'), await has('2026-12-10'), await has('2027-02-28'), await has('2027-03-01')],
    [false, true, true, false],
  )
  assert.equal(await has('2026-12-10', { visitTypeId: clinic.types.video }), false)
  assert.equal(await has('2026-12-10', { patientId: ben }), false)
  const visit = await desk.asks('POST', '/api/scheduling/appointments', {
    patientId: ada,
    offeringId: clinic.osei.office,
    startsAt: '2026-12-14T15:00:00Z',
    language: 'en',
  })
  const appointmentId = visit.body['appointment'].id
  await world.write((tx) =>
    tx
      .updateTable('scheduling.referral')
      .set({ appointmentId, scheduledAt: world.now() })
      .where('id', '=', id)
      .execute(),
  )
  assert.deepEqual([await has('2026-12-15'), await has('2026-12-15', { appointmentId })], [false, true])
})

test('by referrer: how many led to a visit, how many wait', async () => {
  const ada = await addPatient(world, 'Ada')
  await refer(ada, { referrer: 'Dr. Iris Holm' })
  const { body } = await refer(ada, { referrer: 'Dr. Iris Holm' })
  await refer(ada, { referrer: 'Dr. Bo Ek' })
  await desk.asks('POST', `${url}/${body['id']}/closing`, { reason: 'elsewhere' })
  const loop = await desk.asks('GET', `${url}/closed-loop`)
  const ofThese = loop.body['referrers'].filter(({ referrer }: { referrer: string }) => /Iris|Bo/.test(referrer))
  assert.deepEqual(ofThese, [
    { referrer: 'Dr. Iris Holm', made: 2, scheduled: 0, seen: 0, closed: 1, waiting: 1, daysToBook: null },
    { referrer: 'Dr. Bo Ek', made: 1, scheduled: 0, seen: 0, closed: 0, waiting: 1, daysToBook: null },
  ])
  assert.deepEqual([loop.body['from'], loop.body['until']], ['2026-09-03', '2026-12-01'])
  const none = await desk.asks('GET', `${url}/closed-loop?until=2026-11-30`)
  assert.deepEqual(none.body['referrers'], [])
})
