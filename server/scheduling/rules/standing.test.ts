/** What rules ask about a patient: answered to whoever may see that patient, to nobody else, and for all records of one patient. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { within } from '../../platform/db.ts'
import { addPatient, openClinic, type Clinic } from '../../testing/clinic.ts'
import { openWorld, type Asker, type World } from '../../testing/world.ts'
import { readStanding } from './read-rules.ts'

let world: World
let clinic: Clinic
let desk: Asker
let ada: string
let ben: string
let visit: string
before(async () => {
  world = await openWorld()
  clinic = await openClinic(world)
  desk = await world.frontDesk()
  ada = await addPatient(world, 'Ada')
  ben = await addPatient(world, 'Ben')
  await book(ada, '2026-12-02T14:00:00Z')
  visit = await book(ben, '2026-12-02T15:00:00Z')
  const { organizationId } = world
  const resource = (patientId: string, state: string) => ({
    organizationId,
    type: 'Patient',
    fhirId: patientId,
    patientId,
    content: JSON.stringify({ address: [{ state }] }),
    contentHash: Buffer.from(patientId),
  })
  await world.write((tx) =>
    tx
      .insertInto('record.resource')
      .values([resource(ada, 'MA'), resource(ben, 'NH')])
      .execute(),
  )
})
after(() => world[Symbol.asyncDispose]())

async function book(patientId: string, startsAt: string): Promise<string> {
  const asked = { offeringId: clinic.nguyen.office, startsAt, patientId, language: 'en' }
  const { status, body } = await desk.asks('POST', '/api/scheduling/appointments', asked)
  assert.equal(status, 200, JSON.stringify(body))
  return body['appointment'].id
}

const portalOf = (...patientIds: string[]): Actor => ({
  role: 'patient',
  id: 'person:test',
  organizationId: world.organizationId,
  patientIds,
})
const knownOf = (actor: Actor, patientId: string) =>
  within(world.db, actor, async (tx) => {
    const { rows } = await sql<{
      home: string | null
      first: boolean
    }>`select scheduling.home_state_of(${patientId}::uuid) as home,
      scheduling.is_first_visit(${patientId}::uuid, '2027-01-01Z'::timestamptz) as first`.execute(tx)
    return rows[0]
  })

test('the portal is told of one’s own patients only: of anybody else as of somebody unknown', async () => {
  assert.deepEqual(await knownOf(portalOf(ada), ada), { home: 'MA', first: false })
  assert.deepEqual(await knownOf(portalOf(ada), ben), { home: null, first: true })
  assert.deepEqual(await knownOf(portalOf(), ada), { home: null, first: true })
  assert.deepEqual(await knownOf({ ...portalOf(), role: 'front_desk' }, ben), { home: 'NH', first: false })
})

test('what counts visits for everybody says neither whose they are nor which', async () => {
  const count = (but: string | null) =>
    within(world.db, portalOf(ada), async (tx) => {
      const { rows } = await sql<object>`select * from scheduling.visits_of(array[${clinic.nguyen.id}]::uuid[],
        '2026-12-02T00:00:00Z', '2026-12-03T00:00:00Z', ${but}::uuid)`.execute(tx)
      return rows
    })
  const [seen, ...more] = await count(null)
  assert.equal(more.length, 1)
  assert.deepEqual(Object.keys(seen ?? {}).toSorted(), ['endsAt', 'isNew', 'practitionerId', 'startsAt', 'visitTypeId'])
  assert.deepEqual((await count(visit)).length, 1)
})

test('two records that are one patient count as one: what was authorized and where they live', async () => {
  const other = await addPatient(world, 'Adah')
  const authorized = await desk.asks('POST', '/api/scheduling/authorizations', {
    patientId: ada,
    visitTypeId: clinic.types.office,
    fromDay: '2026-12-01',
    untilDay: null,
  })
  assert.equal(authorized.status, 200, JSON.stringify(authorized.body))
  const standing = () =>
    within(world.db, { ...portalOf(), role: 'front_desk' }, (tx) =>
      readStanding(tx, world.organizationId, {
        patientId: other,
        visitTypeId: clinic.types.office,
        day: '2026-12-02',
        startsAt: Temporal.Instant.from('2026-12-02T14:00:00Z'),
      }),
    )
  const before = await standing()
  assert.deepEqual([before.state, before.authorization], [null, false])
  const merge = { survivorId: other, absorbedId: ada, chosen: [], reason: 'Same passport' }
  assert.equal((await desk.asks('POST', '/api/people/merges', merge)).status, 200)
  const { state, authorization } = await standing()
  assert.deepEqual([state, authorization], ['MA', true])
})
