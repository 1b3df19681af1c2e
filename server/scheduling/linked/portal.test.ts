import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { withCode } from '../../testing/colleague.ts'
import { openWorld, type Json } from '../../testing/world.ts'
import { listMyVisits } from '../list-my-visits.ts'
import { readLinked } from './members.ts'
import { proposeMove } from './move-together.ts'

const world = await openWorld({ now: '2026-12-01T14:00:00Z' })
after(() => world[Symbol.asyncDispose]())
const { nguyen, osei, types } = await openClinic(world)
const desk = await world.frontDesk()
const days = (min: number, max: number | null) => ({ unit: 'day', min, max })
const steps = [
  { offeringIds: [nguyen.office] },
  { offeringIds: [osei.office], gap: days(1, 3) },
  { offeringIds: [nguyen.office], gap: days(7, 10) },
]

/** Before, the operation, after it; booked by the desk. */
async function operated(patientId: string, from: string) {
  const plans = await desk.asks('POST', '/api/scheduling/chain-plans', { steps, from, days: 40 })
  const visits = plans.body['plans'][0].visits.map((one: object, at: number) => ({
    ...one,
    patientId,
    gap: steps[at]?.gap,
  }))
  const { status, body } = await desk.asks('POST', '/api/scheduling/visit-groups', {
    kind: 'chain',
    language: 'en',
    visits,
  })
  assert.equal(status, 200, JSON.stringify(body))
  return { id: body['id'] as string, visits: body['appointments'] as Json[] }
}

async function mailTo(recipient: string): Promise<Json[]> {
  await world.settle()
  const { body } = await world.ask('GET', '/api/conversations/dev/mailbox')
  return body['messages'].filter((one: Json) => one.recipient === recipient).toReversed()
}
const people = async () =>
  (await world.write((tx) => tx.selectFrom('people.person').select('id').execute())).map(({ id }) => id)
const tokens = (text: string) => [...text.matchAll(/\/v#([\w-]+)/g)].map(([, token]) => token ?? '')
const asVisit = (token: string, method: 'GET' | 'POST', path: string, body?: object) =>
  world.ask(method, `/api/scheduling/${path}`, body, { authorization: `Visit ${token}` })
const count = (text: string, part: string) => text.split(part).length - 1

test('a plan is confirmed by one letter with each visit’s instructions and a calendar of all, and changes tell what changed', async () => {
  const ada = await addPatient(world, 'Ada')
  const { id, visits } = await operated(ada, '2026-12-07')
  const [letter, ...more] = await mailTo('ada@example.org')
  assert.equal(more.length, 0)
  assert.equal(letter.subject, 'Your 3 visits at River Clinic: from Mon, Dec 7, 9:00 AM EST')
  for (const said of ['Monday, December 7', 'Tuesday, December 8', 'Tuesday, December 15', 'Dr. Omar Osei'])
    assert.ok(letter.text.includes(said), said)
  // Two are alike and say once what to do before them; the operation says its own.
  assert.equal(count(letter.text, 'Come 10 minutes early'), 2)
  assert.equal(count(letter.calendar, 'BEGIN:VEVENT'), 3)
  assert.ok(letter.calendar.includes('METHOD:PUBLISH'))
  for (const visit of visits) assert.ok(letter.calendar.includes(`UID:${visit.id}`))

  // Each visit knows how its message fared, and nobody is on the list of those not reached.
  for (const visit of visits) {
    const { body } = await desk.asks('GET', `/api/conversations/visits/${visit.id}/messages`)
    assert.deepEqual(
      body['messages'].map(({ step, status }: Json) => [step, status]),
      [['booked', 'sent']],
    )
  }

  // By the link of the letter the patient sees all, moves one with the rest following, and gets one more letter.
  const [token = ''] = tokens(letter.text)
  const linked = await asVisit(token, 'GET', `appointments/${visits[0].id}/linked`)
  assert.equal(linked.body['group'].visits.length, 3)
  const open = await world.ask('GET', `/api/scheduling/offerings/${osei.office}/openings?from=2026-12-16&days=1`)
  const to = { offeringId: osei.office, startsAt: open.body['days'][0].openings[0] }
  const proposal = await asVisit(token, 'POST', `visit-groups/${id}/move-proposal`, {
    appointmentId: visits[1].id,
    ...to,
  })
  assert.equal(proposal.status, 200, JSON.stringify(proposal.body))
  const places = proposal.body['visits'].map(({ appointmentId, version, offeringId, startsAt }: Json) => ({
    appointmentId,
    version,
    offeringId,
    startsAt,
  }))
  const moved = await asVisit(token, 'POST', `visit-groups/${id}/move`, { visits: places })
  assert.equal(moved.status, 200, JSON.stringify(moved.body))
  const after = await mailTo('ada@example.org')
  assert.equal(after.length, 2)
  assert.match(after[1].subject, /^New times for your 3 visits at River Clinic: from Mon, Dec 14/)
  assert.ok(after[1].text.includes('It was: Tuesday, December 8'))
  assert.equal(count(after[1].calendar, 'SEQUENCE:2'), 3)

  const off = await desk.asks('POST', `/api/scheduling/visit-groups/${id}/cancellation`, {
    visits: moved.body['appointments'].slice(1).map((one: Json) => ({ appointmentId: one.id, version: one.version })),
    reason: 'other',
  })
  assert.equal(off.status, 200, JSON.stringify(off.body))
  const last = (await mailTo('ada@example.org')).at(-1)
  assert.match(last.subject, /^Cancelled: your 2 visits/)
  assert.equal(count(last.calendar, 'STATUS:CANCELLED'), 2)
})

test('a visit that changes before the letter is out is told by its own, and the others are not lost', async () => {
  const ben = await addPatient(world, 'Ben')
  const { visits } = await operated(ben, '2027-01-04')
  const cancelled = await desk.asks('POST', `/api/scheduling/appointments/${visits[0].id}/cancellation`, {
    reason: 'other',
  })
  assert.equal(cancelled.status, 200)
  const letters = await mailTo('ben@example.org')
  assert.deepEqual(
    letters.map(({ subject }) => subject.split(':')[0]).toSorted((a, b) => a.localeCompare(b)),
    ['Cancelled', 'Your 2 visits at River Clinic'],
  )
  const { body } = await desk.asks('GET', `/api/conversations/visits/${visits[0].id}/messages`)
  assert.ok(body['messages'].some(({ step, status }: Json) => step === 'cancelled' && status === 'sent'))
})

test('a family at one address gets one letter; by text each child has a message with the link of their own', async () => {
  const emails = [
    await addPatient(world, 'Kim', 'Byron', '2018-03-04'),
    await addPatient(world, 'Lou', 'Byron', '2016-03-04'),
  ]
  const phones = [
    await addPatient(world, 'Max', 'Byron', '2018-03-04'),
    await addPatient(world, 'Ned', 'Byron', '2016-03-04'),
  ]
  await world.write(async (tx) => {
    await tx
      .updateTable('people.patientContact')
      .set({ value: 'parent@example.org' })
      .where('patientId', 'in', emails)
      .execute()
    await tx
      .updateTable('people.patientContact')
      .set({ kind: 'phone', value: '+16175550123' })
      .where('patientId', 'in', phones)
      .execute()
  })
  const { body } = await world.ask(
    'GET',
    `/api/scheduling/family-openings?offeringId=${nguyen.office}&count=2&from=2026-12-02&days=4`,
  )
  for (const [at, children] of [emails, phones].entries()) {
    const visits = body['blocks'][at * 3].visits.map((one: object, child: number) => ({
      ...one,
      patientId: children[child],
    }))
    const booked = await desk.asks('POST', '/api/scheduling/visit-groups', { kind: 'family', language: 'en', visits })
    assert.equal(booked.status, 200, JSON.stringify(booked.body))
  }
  const [letter, ...more] = await mailTo('parent@example.org')
  assert.equal(more.length, 0)
  assert.match(letter.text, /Kim · When:[^]*Lou · When:/)
  const [kims = '', lous = ''] = tokens(letter.text)
  for (const [token, name] of [
    [kims, 'Kim'],
    [lous, 'Lou'],
  ] as const) {
    const visit = await asVisit(token, 'GET', 'visit')
    assert.equal(visit.body['patientFirstName'], name)
    // A link opens one patient's visits, never a sibling's.
    assert.equal((await asVisit(token, 'GET', `appointments/${visit.body['id']}/linked`)).body['group'], null)
  }
  const disclosures = await world.write((tx) =>
    tx.selectFrom('partners.disclosure').where('patientId', 'in', emails).select('patientId').execute(),
  )
  assert.equal(disclosures.length, 2)
  assert.equal((await mailTo('+16175550123')).length, 2)
})

test('a link opens what was booked together for its patient and no more; a plan with a hidden visit does not move without it', async () => {
  const cleo = await addPatient(world, 'Cleo')
  const { id, visits } = await operated(cleo, '2027-01-18')
  const [letter] = await mailTo('cleo@example.org')
  const [token = ''] = tokens(letter.text)
  const alone = await desk.asks('POST', '/api/scheduling/appointments', {
    offeringId: osei.office,
    startsAt: '2026-12-03T20:00:00Z',
    patientId: cleo,
    language: 'en',
  })
  assert.equal(alone.status, 200, JSON.stringify(alone.body))
  assert.equal(
    (await asVisit(token, 'GET', `appointments/${alone.body['appointment']?.id ?? alone.body['id']}`)).status,
    404,
  )
  assert.equal((await asVisit(token, 'GET', `appointments/${visits[2].id}`)).status, 200)
  const eve = await addPatient(world, 'Eve')
  const hers = await operated(eve, '2027-01-11')
  assert.equal(
    (
      await asVisit(token, 'POST', `visit-groups/${hers.id}/cancellation`, {
        visits: [{ appointmentId: hers.visits[0].id, version: 1 }],
        reason: 'other',
      })
    ).status,
    404,
  )

  // Signed in, the list says which of how many each is.
  const known = await people()
  const { cookie } = await withCode(world, 'cleo@example.org')
  const own = (await people()).find((id) => !known.includes(id)) ?? ''
  await world.write(async (tx) => {
    const { organizationId } = world
    await tx
      .insertInto('people.patientAccount')
      .values({ organizationId, personId: own, patientId: cleo, basis: 'proof' })
      .execute()
  })
  const mine = await world.ask('GET', '/api/scheduling/my-visits', undefined, { cookie })
  assert.equal(mine.status, 200, JSON.stringify(mine.body))
  assert.deepEqual(
    mine.body['coming'].map(({ linked }: Json) => linked && [linked.at, linked.of, linked.kind]),
    [null, [1, 3, 'chain'], [2, 3, 'chain'], [3, 3, 'chain']],
  )

  // A parent for whom one of the plan is hidden sees none of it as a plan, and cannot move what is left without it.
  const { organizationId } = world
  await world.write(async (tx) => {
    const type = { visitTypeId: types.video }
    await tx.updateTable('scheduling.appointment').set(type).where('id', '=', visits[1].id).execute()
    await tx.updateTable('scheduling.visitType').set({ confidential: true }).where('id', '=', types.video).execute()
  })
  const proxy = { scopes: ['book' as const], withoutConfidential: true }
  const parent = { role: 'patient' as const, organizationId, id: 'person:parent', patientIds: [cleo], proxy }
  assert.equal(await readLinked(world, parent, visits[0].id, 'en'), null)
  const { coming } = await listMyVisits(world, parent, 'en')
  assert.deepEqual(
    coming.map(({ linked }) => linked),
    [null, null, null],
  )
  const place = { appointmentId: visits[0].id, offeringId: nguyen.office, startsAt: '2027-01-19T15:00:00Z' }
  await assert.rejects(proposeMove(world, parent, { groupId: id, ...place }), { code: 'not_found' })
})
