// Which fields of a patient, a record, a visit and a day each role is given: the minimum that its work needs (45 CFR 164.502(b)).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staffRoles, type StaffRole } from '../../server/platform/actor.ts'
import { addPatient, openClinic } from '../../server/testing/clinic.ts'
import { openWorld, type World } from '../../server/testing/world.ts'

/** The names of what has a value in an answer; of a list, those of all its members. */
function fieldsOf(part: unknown, path = ''): string[] {
  if (part === null || part === undefined) return []
  if (Array.isArray(part)) return part.flatMap((one) => fieldsOf(one, `${path}[]`))
  if (typeof part !== 'object') return [path]
  return Object.entries(part).flatMap(([key, one]) => fieldsOf(one, path ? `${path}.${key}` : key))
}
/** What anybody may read of clinicians, places and kinds of visit. */
const isPublic = (field: string) =>
  /(^|\.)(clinician|offering|offerings\[\]|place|places\[\]|openHours\[\])\./.test(field)

async function setUp() {
  const world = await openWorld()
  const clinic = await openClinic(world)
  const ada = await addPatient(world, 'Ada')
  const desk = await world.frontDesk()
  const booked = await desk.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: '2026-12-03T15:00:00Z',
    language: 'en',
    reason: 'My knee',
    patientId: ada,
  })
  return { world, ada, desk, visit: booked.body['appointment'].id as string }
}

const who = ['id', 'name', 'bornOn', 'email', 'phone']
const support = ['support.needs[]', 'support.interpreter']
const inside = (path: string, names: readonly string[]) => names.map((name) => `${path}.${name}`)
const billed = [...inside('patient', who), ...inside('visits[]', ['id', 'startsAt', 'status'])]
const record = [...billed, ...support]
const ofVisit =
  'id startsAt endsAt status version can[] cancelCutoffMinutes patientFirstName bring[] prepare[] directions'.split(' ')
/** Where the patient is expected. */
const expected = [...ofVisit, ...support]
const entry = 'id kind startsAt endsAt status version mode visitType offeringId placeId bookedThrough overbooked'.split(
  ' ',
)
const day = [
  'day',
  'zone',
  ...inside('columns[].entries[]', [...entry, ...inside('patient', who), ...support]),
  'columns[].offerings[].placeId',
]
const [recordWhy, dayWhy] = ['visits[].reason', 'columns[].entries[].reason']
const found = inside('patients[]', who)
const why = { find: found, record: [...record, recordWhy], visit: expected, day: [...day, dayWhy] }
type Answers = Record<'find' | 'record' | 'visit' | 'day', readonly string[] | undefined>
const nothing: Answers = { find: undefined, record: undefined, visit: undefined, day: undefined }

/**
 * The whole matrix; what is not in it is a fault. Why a patient comes, in their words, is not for who plans or bills; what they need at a
 * visit is not for who bills. */
const matrix: Record<StaffRole | 'client', Answers> = {
  front_desk: why,
  nurse: why,
  clinician: why,
  client: { ...why, day: undefined },
  scheduler: { find: found, record, visit: expected, day },
  biller: { find: found, record: billed, visit: ofVisit, day: undefined },
  practice_admin: { ...nothing, visit: ofVisit },
  quality_manager: nothing,
  auditor: nothing,
}

async function caresFor(world: World, role: 'nurse' | 'clinician', patientId: string) {
  const { personId } = await world.write((tx) =>
    tx.selectFrom('people.staffRole').select('personId').where('role', '=', role).executeTakeFirstOrThrow(),
  )
  const admin = await world.as('practice_admin')
  await admin.asks('POST', `/api/people/patients/${patientId}/care-team`, { personId, held: true })
}

test('each role is given the fields that its work needs of a patient, a record, a visit and a day, and none beside', async () => {
  const { world, ada, desk, visit } = await setUp()
  await using _world = world
  const needs = { needs: ['wheelchair'], interpreter: 'es' }
  const kept = await desk.asks('PUT', `/api/scheduling/patients/${ada}/support`, needs)
  assert.equal(kept.status, 200, JSON.stringify(kept.body))
  const asked = {
    find: '/api/people/patients?q=ada',
    record: `/api/scheduling/patients/${ada}`,
    visit: `/api/scheduling/appointments/${visit}`,
    day: '/api/scheduling/days/2026-12-03',
  }
  const given = new Set<string>()
  for (const role of [...staffRoles, 'client'] as const) {
    const one = role === 'client' ? await world.client() : await world.as(role)
    if (role === 'nurse' || role === 'clinician') await caresFor(world, role, ada)
    for (const [name, url] of Object.entries(asked)) {
      const { status, body } = await one.asks('GET', url)
      const allowed = matrix[role][name as keyof Answers]
      assert.equal(status, allowed ? 200 : 403, `${role} at ${name}: ${JSON.stringify(body).slice(0, 200)}`)
      const fields = allowed ? [...new Set(fieldsOf(body))].filter((field) => !isPublic(field)) : []
      assert.deepEqual(
        fields.filter((field) => !allowed?.includes(field)),
        [],
        `${role} is given of ${name}`,
      )
      for (const field of fields) given.add(`${role} ${name} ${field}`)
    }
  }
  // The matrix is walked, not passed by: what tells most is there for who needs it.
  for (const one of [`front_desk record ${recordWhy}`, `nurse day ${dayWhy}`, 'scheduler record patient.email'])
    assert.ok(given.has(one), one)
})
