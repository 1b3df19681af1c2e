/** What a patient needs is said once and stands wherever they are expected; sealed, and nobody else's. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../testing/clinic.ts'
import { withCode } from '../testing/colleague.ts'
import { openWorld, type Asker, type Json, type World } from '../testing/world.ts'

let world: World
let clinic: Clinic
let desk: Asker
before(async () => {
  world = await openWorld()
  clinic = await openClinic(world)
  desk = await world.frontDesk()
})
after(() => world[Symbol.asyncDispose]())

const ten = '2026-12-02T15:00:00Z'
const wish = (startsAt: string) => ({ offeringId: clinic.nguyen.office, startsAt, language: 'en' })
const read = async (id: string, who = desk) => (await who.asks('GET', `/api/scheduling/patients/${id}`)).body

test('a guest says while booking what they need: it stands on the day, in the record, in the visit, and is sealed', async () => {
  const booked = await world.ask('POST', '/api/scheduling/appointments', {
    ...wish('2026-12-02T14:00:00Z'),
    newPatient: true,
    support: { needs: ['large_print', 'wheelchair'], interpreter: 'es' },
    guest: {
      person: { givenName: 'Rosa', familyName: 'Wheeler', bornOn: '1950-05-05', language: 'en' },
      contact: { landline: '617 555 2001' },
    },
  })
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
  const said = { needs: ['wheelchair', 'large_print'], interpreter: 'es' }
  const visit = await world.ask('GET', '/api/scheduling/visit', undefined, {
    authorization: `Visit ${booked.body['visitLink']}`,
  })
  assert.deepEqual(visit.body['support'], said)

  const { body: day } = await desk.asks('GET', '/api/scheduling/days/2026-12-02')
  const [entry] = day['columns'].flatMap(({ entries }: Json) => entries)
  assert.deepEqual(entry.support, said)
  assert.deepEqual((await read(entry.patient.id))['support'], said)
  const admin = await world.as('practice_admin')
  const asAdmin = await admin.asks('GET', `/api/scheduling/appointments/${entry.id}`)
  assert.deepEqual([asAdmin.status, asAdmin.body['support']], [200, undefined])

  const [row] = await world.write((tx) => tx.selectFrom('people.support').select('sealed').execute())
  assert.ok(!row!.sealed.toString('latin1').includes('wheelchair'))
})

test('booking only adds to what is known; the desk may take back, and the trail says who did', async () => {
  const ada = await addPatient(world, 'Ada')
  const keep = (support: object) => desk.asks('PUT', `/api/scheduling/patients/${ada}/support`, support)
  assert.deepEqual((await read(ada))['support'], { needs: [], interpreter: null })
  await keep({ needs: ['quiet'], interpreter: 'vi' })
  const support = { needs: ['captions'], interpreter: null }
  await desk.asks('POST', '/api/scheduling/appointments', { ...wish(ten), patientId: ada, support })
  assert.deepEqual((await read(ada))['support'], { needs: ['captions', 'quiet'], interpreter: 'vi' })
  assert.deepEqual((await keep({ needs: [], interpreter: null })).body, { needs: [], interpreter: null })
  const trail = await world.write((tx) =>
    tx
      .selectFrom('platform.auditEvent')
      .where('patientId', '=', ada)
      .where('action', '=', 'update')
      .select(['actorKind', 'fields'])
      .execute(),
  )
  assert.deepEqual(trail, Array(3).fill({ actorKind: 'front_desk', fields: ['support'] }))

  assert.equal((await keep({ needs: ['a_pony'], interpreter: null })).status, 400)
  const nobody = '00000000-0000-7000-8000-000000000000'
  const missing = await desk.asks('PUT', `/api/scheduling/patients/${nobody}/support`, support)
  assert.equal(missing.status, 404)
  const nurse = await world.as('nurse')
  const closed = await nurse.asks('PUT', `/api/scheduling/patients/${ada}/support`, support)
  assert.equal(closed.body['code'], 'break_glass_needed')
})

test('a patient keeps their own, and without a record there is nothing to keep', async () => {
  const { cookie } = await withCode(world, 'ben@example.org')
  const mine = (method: 'GET' | 'PUT', body?: object) => world.ask(method, '/api/people/support', body, { cookie })
  assert.equal((await mine('GET')).body['code'], 'no_record')
  const ben = await addPatient(world, 'Ben')
  const { personId } = (await world.ask('GET', '/api/people/session', undefined, { cookie })).body
  await world.write((tx) =>
    tx
      .insertInto('people.patientAccount')
      .values({ organizationId: world.organizationId, personId, patientId: ben, basis: 'proof' })
      .execute(),
  )
  const said = { needs: ['service_animal'], interpreter: null }
  assert.deepEqual((await mine('PUT', said)).body, said)
  assert.deepEqual((await mine('GET')).body, said)
  assert.deepEqual((await read(ben))['support'], said)
})
