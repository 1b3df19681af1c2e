import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic } from '../testing/clinic.ts'
import { withCode } from '../testing/colleague.ts'
import { openWorld, type World } from '../testing/world.ts'
import { offerVisit, reindexAll } from './index.ts'

async function signIn(world: World, email: string, patientId: string) {
  const { cookie } = await withCode(world, email)
  await world.write(async (tx) => {
    const person = await tx
      .selectFrom('people.person')
      .select('id')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('people.patientAccount')
      .values({ organizationId: world.organizationId, personId: person.id, patientId, basis: 'proof' })
      .execute()
  })
  return (method: 'GET' | 'POST', url: string, body?: object) => world.ask(method, url, body, { cookie })
}

test('a patient who is signed in books without a code, and sees own visits, to come and past, and nobody else’s', async () => {
  await using world = await openWorld()
  const { nguyen, osei } = await openClinic(world)
  const ada = await addPatient(world, 'Ada')
  const ben = await addPatient(world, 'Ben')
  const asAda = await signIn(world, 'ada@example.org', ada)
  const asBen = await signIn(world, 'ben@example.org', ben)
  const wish = (offeringId: string, startsAt: string, patientId: string) => ({
    offeringId,
    startsAt,
    patientId,
    language: 'en',
  })
  const booked = await asAda('POST', '/api/scheduling/appointments', wish(nguyen.office, '2026-12-03T14:00:00Z', ada))
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
  const second = await asAda('POST', '/api/scheduling/appointments', wish(osei.office, '2026-12-01T20:00:00Z', ada))
  await asBen('POST', '/api/scheduling/appointments', wish(nguyen.office, '2026-12-03T15:00:00Z', ben))
  const forAnother = await asBen(
    'POST',
    '/api/scheduling/appointments',
    wish(nguyen.office, '2026-12-03T16:00:00Z', ada),
  )
  assert.equal(forAnother.body['code'], 'who_is_it_for')

  const mine = await asAda('GET', '/api/scheduling/my-visits')
  assert.deepEqual(
    mine.body['coming'].map(({ startsAt, clinician }: { startsAt: string; clinician: { name: string } }) => [
      startsAt,
      clinician.name,
    ]),
    [
      ['2026-12-01T20:00:00Z', 'Dr. Omar Osei'],
      ['2026-12-03T14:00:00Z', 'Dr. Lan Nguyen'],
    ],
  )
  const [, token] = mine.body['coming'][1].link.split('#')
  const opened = await world.ask('GET', '/api/scheduling/visit', undefined, { authorization: `Visit ${token}` })
  assert.equal(opened.body['id'], booked.body['appointment'].id)

  const id = second.body['appointment'].id
  const cancelled = await asAda('POST', `/api/scheduling/appointments/${id}/cancellation`, { reason: 'other' })
  assert.equal(cancelled.body['code'], 'too_late', 'the cut-off holds for a patient who is signed in, too')
  world.at('2026-12-02T20:00:00Z')
  const { cookie } = await withCode(world, 'ada@example.org')
  const later = await world.ask('GET', '/api/scheduling/my-visits', undefined, { cookie })
  assert.deepEqual([later.body['coming'].length, later.body['past'].length], [1, 1])
})

test('who signed in need not say whether they have been here: the record knows, and first visits are for those who have not', async () => {
  await using world = await openWorld()
  const { nguyen, types } = await openClinic(world)
  const [ada, ben] = [await addPatient(world, 'Ada'), await addPatient(world, 'Ben')]
  const first = await world.write(async (tx) => {
    await tx.updateTable('people.patient').set({ origin: 'record' }).where('id', '=', ben).execute()
    const id = await offerVisit(tx, world.organizationId, {
      practitionerRoleId: nguyen.roleId,
      visitTypeId: types.first,
      minutes: 30,
      stepMinutes: 30,
      forPatients: 'new',
    })
    await reindexAll(tx, world.organizationId, nguyen.id, world.now())
    return id
  })
  const book = async (name: string, patientId: string) => {
    const as = await signIn(world, `${name}@example.org`, patientId)
    const wish = { offeringId: first, startsAt: '2026-12-03T14:00:00Z', patientId, language: 'en' }
    return (await as('POST', '/api/scheduling/appointments', wish)).body
  }
  assert.equal((await book('ben', ben))['code'], 'new_only')
  assert.equal((await book('ada', ada))['appointment'].startsAt, '2026-12-03T14:00:00Z')
})
