import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../../testing/clinic.ts'
import { newId, openWorld, type Asker, type Json, type World } from '../../testing/world.ts'
import { sql } from 'kysely'

// It is Tuesday, December 1, 2026, 9:00 in Boston. Wednesday is the 2nd.
const everywhere = { placeId: null, clinicianId: null, visitTypeId: null }
const at = (day: string, utc: string) => `2026-12-${day}T${utc}:00Z`

async function openHouse() {
  const world = await openWorld()
  const clinic = await openClinic(world)
  const [proposer, approver, desk] = [
    await world.as('scheduler'),
    await world.as('practice_admin'),
    await world.frontDesk(),
  ]
  return { world, clinic, proposer, approver, desk }
}

const wishFor = (kind: string, settings: object, scope: object = {}) => ({
  kind,
  scope: { ...everywhere, ...scope },
  standing: 'holds',
  settings,
  fromDay: '2026-12-01',
  untilDay: null,
})

type House = Awaited<ReturnType<typeof openHouse>>

/** Drafted and proposed by one, approved by another; gives its id. */
async function settle({ world, proposer, approver }: House, kind: string, settings: object, scope: object = {}) {
  const drafted = await proposer.asks('POST', '/api/scheduling/rules', {
    ...wishFor(kind, settings, scope),
    why: 'As agreed',
  })
  assert.equal(drafted.status, 200, JSON.stringify(drafted.body))
  const id = drafted.body['id'] as string
  await decide({ proposer, approver }, id, 1)
  await world.settle()
  return id
}

async function decide({ proposer, approver }: Pick<House, 'proposer' | 'approver'>, id: string, version: number) {
  const proposed = await proposer.asks('POST', `/api/scheduling/rules/${id}/proposal`, { version })
  assert.equal(proposed.status, 200, JSON.stringify(proposed.body))
  const decided = await approver.asks('POST', `/api/scheduling/rules/${id}/decision`, { version, approve: true })
  assert.equal(decided.status, 200, JSON.stringify(decided.body))
  return decided.body
}

const book = (desk: Asker, offeringId: string, startsAt: string, patientId: string, more: object = {}) =>
  desk.asks('POST', '/api/scheduling/appointments', { offeringId, startsAt, patientId, language: 'en', ...more })

async function why(desk: Asker, offeringId: string, startsAt: string, patientId?: string) {
  const query = new URLSearchParams({ offeringId, startsAt, ...(patientId && { patientId }) }).toString()
  return (await desk.asks('GET', `/api/scheduling/why-not?${query}`)).body
}

async function openOn(desk: Asker, offeringId: string, day: string): Promise<string[]> {
  const { body } = await desk.asks('GET', `/api/scheduling/offerings/${offeringId}/openings?from=${day}&days=1`)
  return (body['days'] as Json[]).flatMap(({ openings }) => openings)
}

test('a rule is proposed by one and approved by another; openings, bookings and the sentence follow it', async () => {
  const house = await openHouse()
  await using world = house.world
  const { clinic, proposer, approver, desk } = house
  const ada = await addPatient(world, 'Ada')
  const drafted = await proposer.asks('POST', '/api/scheduling/rules', {
    ...wishFor('holidays', { days: [{ on: '2026-12-02', name: 'Founders’ day' }] }),
    why: 'The board decided',
  })
  const id = drafted.body['id'] as string
  const decision = { version: 1, approve: true }
  const decideAs = (who: Asker) => who.asks('POST', `/api/scheduling/rules/${id}/decision`, decision)
  assert.equal((await decideAs(approver)).body['code'], 'rule_not_proposed')
  await proposer.asks('POST', `/api/scheduling/rules/${id}/proposal`, { version: 1 })
  assert.equal((await decideAs(proposer)).body['code'], 'own_proposal')
  assert.equal(
    (await openOn(desk, clinic.nguyen.office, '2026-12-02')).length,
    14,
    'nothing holds before it is approved',
  )
  assert.equal((await decideAs(approver)).status, 200)

  // The index follows in a moment; who books meanwhile meets the rule itself.
  const refused = await book(desk, clinic.nguyen.office, at('02', '14:00'), ada)
  assert.deepEqual([refused.status, refused.body['code'], refused.body['ruleId']], [422, 'rule_holidays', id])
  assert.match(refused.body['sentence'].es, /cerrado \(Founders’ day\)/)
  await world.settle()
  assert.deepEqual(await openOn(desk, clinic.nguyen.office, '2026-12-02'), [])
  const said = await why(desk, clinic.nguyen.office, at('02', '14:00'), ada)
  assert.deepEqual([said['code'], said['ruleId']], ['rule_holidays', id])

  // The Denver place has a calendar of its own: the more specific wins, and says where it comes from.
  const ownId = await settle(
    house,
    'holidays',
    { days: [{ on: '2026-12-03', name: 'Snow day' }] },
    { placeId: clinic.places.denver },
  )
  assert.equal((await openOn(desk, clinic.rivera.office, '2026-12-02')).length, 14)
  assert.deepEqual(await openOn(desk, clinic.rivera.office, '2026-12-03'), [])
  const held = await desk.asks(
    'GET',
    `/api/scheduling/rules-in-force?clinicianId=${clinic.rivera.id}&placeId=${clinic.places.denver}&day=2026-12-02`,
  )
  assert.deepEqual(
    (held.body['settings'] as Json[]).map(({ ruleId, over }) => [ruleId, over.map((one: Json) => one.ruleId)]),
    [[ownId, [id]]],
  )

  // Back to the version before: there was none, so the day is open again, at once.
  const returned = await approver.asks('POST', `/api/scheduling/rules/${id}/return`, { version: 1 })
  assert.deepEqual([returned.status, returned.body['version']], [200, 2])
  await world.settle()
  assert.equal((await openOn(desk, clinic.nguyen.office, '2026-12-02')).length, 14)
})

test('two schedulers edit one rule: the second is told what changed, and nothing is lost', async () => {
  const house = await openHouse()
  await using world = house.world
  const { proposer, approver, clinic } = house
  const id = await settle(house, 'daily_cap', { visits: 8 }, { clinicianId: clinic.nguyen.id })
  const change = (who: Asker, visits: number) =>
    who.asks('POST', `/api/scheduling/rules/${id}/versions`, {
      version: 1,
      ...wishFor('daily_cap', { visits }),
      kind: undefined,
      scope: undefined,
      why: 'Fewer',
    })
  assert.equal((await change(proposer, 6)).body['version'], 2)
  const late = await change(approver, 7)
  assert.deepEqual([late.status, late.body['code'], late.body['version']], [409, 'rule_changed', 2])
  assert.deepEqual(late.body['changed'], ['settings', 'state'])
  const again = await proposer.asks('POST', '/api/scheduling/rules', {
    ...wishFor('daily_cap', { visits: 3 }, { clinicianId: clinic.nguyen.id }),
    why: 'Unaware',
  })
  assert.equal(again.body['code'], 'rule_exists')
  // What is approved goes on to hold while its successor is a draft; the way back restores it at once.
  await decide(house, id, 2)
  const back = await proposer.asks('POST', `/api/scheduling/rules/${id}/return`, { version: 2 })
  assert.equal(back.body['version'], 3)
  const { body } = await proposer.asks('GET', `/api/scheduling/rules/${id}`)
  const versions = (body['versions'] as Json[]).map((one) => [
    one.version,
    one.state,
    one.settings.visits,
    one.restores,
    one.holdsNow,
  ])
  assert.deepEqual(versions, [
    [3, 'approved', 8, 1, true],
    [2, 'approved', 6, null, false],
    [1, 'approved', 8, null, false],
  ])
  // All the way back there was no rule; a version approved after that goes back to there, not to an older one.
  const none = await proposer.asks('POST', `/api/scheduling/rules/${id}/return`, { version: 3 })
  assert.equal(none.body['version'], 4)
  const anew = {
    version: 4,
    ...wishFor('daily_cap', { visits: 5 }),
    kind: undefined,
    scope: undefined,
    why: 'Once more',
  }
  assert.equal((await proposer.asks('POST', `/api/scheduling/rules/${id}/versions`, anew)).body['version'], 5)
  await decide(house, id, 5)
  await proposer.asks('POST', `/api/scheduling/rules/${id}/return`, { version: 5 })
  const { rule } = (await proposer.asks('GET', `/api/scheduling/rules/${id}`)).body
  assert.deepEqual([rule.newest.standing, rule.now], ['ended', null])
  await assert.rejects(
    world.write((tx) =>
      sql`update scheduling.rule_version set state = 'approved', decided_by = proposed_by where version = 2`.execute(
        tx,
      ),
    ),
    /permission denied|nobody_approves_their_own_rule/,
  )
})

test('a cap, a quota and a pair of visits hold on every way to book, also when all come at once', async () => {
  const house = await openHouse()
  await using world = house.world
  const { clinic, desk } = house
  const { nguyen, osei } = clinic
  const patients = await Promise.all(Array.from({ length: 8 }, (_, one) => addPatient(world, `Ada${'bcdefghi'[one]}`)))
  const cap = await settle(house, 'daily_cap', { visits: 3 }, { clinicianId: nguyen.id })
  const quota = await settle(house, 'new_patient_quota', { visits: 2, per: 'week' }, { clinicianId: osei.id })
  const times = ['14:00', '14:30', '15:00', '15:30', '16:00', '18:00', '18:30', '19:00']
  const all = await Promise.all(patients.map((id, one) => book(desk, nguyen.office, at('02', times[one] ?? ''), id)))
  assert.equal(all.filter(({ status }) => status === 200).length, 3)
  assert.ok(
    all.every(
      ({ status, body }) => status === 200 || body['code'] === 'rule_daily_cap' || body['code'] === 'slot_taken',
    ),
  )
  assert.deepEqual(await openOn(desk, nguyen.office, '2026-12-02'), [], 'a full day shows no opening')
  const [ada = '', ...others] = patients
  const late = await book(desk, nguyen.office, at('02', '20:00'), ada)
  assert.deepEqual([late.body['code'], late.body['ruleId']], ['rule_daily_cap', cap])
  assert.equal((await why(desk, nguyen.office, at('02', '20:00'), ada))['ruleId'], cap)

  // A hold counts, a family is refused as a whole, and a visit cannot be moved onto a full day.
  const kept = []
  for (const time of times.slice(0, 4))
    kept.push(await world.ask('POST', '/api/scheduling/holds', { offeringId: nguyen.office, startsAt: at('03', time) }))
  assert.deepEqual(
    kept.map(({ status }) => status),
    [200, 200, 200, 422],
  )
  const family = await desk.asks('POST', '/api/scheduling/visit-groups', {
    kind: 'family',
    language: 'en',
    visits: others
      .slice(0, 4)
      .map((patientId, one) => ({ patientId, offeringId: nguyen.office, startsAt: at('04', times[one] ?? '') })),
  })
  assert.deepEqual([family.status, family.body['code']], [422, 'rule_daily_cap'], JSON.stringify(family.body))
  assert.equal((await openOn(desk, nguyen.office, '2026-12-04')).length, 14, 'nothing of the family is booked')
  const there = await book(desk, nguyen.office, at('07', '14:00'), ada)
  const moved = await desk.asks('POST', `/api/scheduling/appointments/${there.body['appointment'].id}/move`, {
    offeringId: nguyen.office,
    startsAt: at('02', '20:00'),
  })
  assert.equal(moved.body['code'], 'rule_daily_cap')
  // What is cancelled opens the day again.
  const won = all.find(({ status }) => status === 200)
  const cancelled = await desk.asks(
    'POST',
    `/api/scheduling/appointments/${won?.body['appointment'].id}/cancellation`,
    {
      reason: 'clinic',
    },
  )
  assert.equal(cancelled.status, 200, JSON.stringify(cancelled.body))
  assert.ok((await openOn(desk, nguyen.office, '2026-12-02')).length > 0)

  // New patients: nobody says that they are new, and still the third of the week is refused, whoever books.
  const strangers = await Promise.all(['Bob', 'Cleo', 'Dan', 'Eva', 'Fay'].map((name) => addPatient(world, name)))
  const news = await Promise.all(
    strangers.map((id, one) => book(desk, osei.office, at(one % 2 ? '08' : '09', times[one] ?? ''), id)),
  )
  assert.equal(
    news.filter(({ status }) => status === 200).length,
    2,
    JSON.stringify(news.map(({ body }) => body['code'])),
  )
  assert.ok(news.some(({ body }) => body['ruleId'] === quota))
  assert.deepEqual(await openOn(desk, osei.first, '2026-12-11'), [], 'visits for new patients leave the whole week')
  assert.ok((await openOn(desk, osei.office, '2026-12-11')).length > 0)
})

test('reserved time opens to all in time, weeks alternate, a pair keeps its distance', async () => {
  const house = await openHouse()
  await using world = house.world
  const { clinic, desk } = house
  const { nguyen, types } = clinic
  await settle(house, 'reserved_time', {
    forVisitTypeId: types.first,
    blocks: [{ weekday: 4, fromMinute: 540, untilMinute: 720 }],
    releaseHours: 24,
  })
  await settle(
    house,
    'alternate_weeks',
    { anchorOn: '2026-12-02', everyWeeks: 2 },
    { clinicianId: nguyen.id, visitTypeId: types.video },
  )
  await settle(house, 'pair_buffer', { firstVisitTypeId: types.office, thenVisitTypeId: types.video, minutes: 60 })
  assert.equal((await openOn(desk, nguyen.office, '2026-12-03')).length, 8, 'the afternoon')
  assert.equal((await openOn(desk, nguyen.first, '2026-12-03')).length, 12, 'all of it')
  assert.equal((await why(desk, nguyen.office, at('03', '14:00')))['code'], 'rule_reserved_time')
  world.at('2026-12-02T13:30:00Z')
  await world.chore('scheduling.release-reserved')
  assert.equal((await openOn(desk, nguyen.office, '2026-12-03')).length, 8, 'not yet')
  world.at('2026-12-02T14:01:00Z')
  await world.chore('scheduling.release-reserved')
  assert.equal((await openOn(desk, nguyen.office, '2026-12-03')).length, 14)

  assert.equal((await openOn(desk, nguyen.video, '2026-12-09')).length, 0)
  assert.equal((await openOn(desk, nguyen.video, '2026-12-16')).length, 14)
  assert.equal((await openOn(desk, nguyen.office, '2026-12-09')).length, 14)

  const [ada, later] = [await addPatient(world, 'Ada'), await world.frontDesk()]
  assert.equal((await book(later, nguyen.office, at('16', '15:00'), ada)).status, 200)
  const left = await openOn(desk, nguyen.video, '2026-12-16')
  assert.ok(!left.includes(at('16', '15:30')) && !left.includes(at('16', '16:00')) && left.includes(at('16', '16:30')))
  assert.ok(left.includes(at('16', '14:30')), 'the other way round they need none')
})

test('age, licence and referral are asked of whoever it is for; what came in is recorded', async () => {
  const house = await openHouse()
  await using world = house.world
  const { clinic, desk } = house
  const { nguyen, types } = clinic
  const [ada, kim] = [await addPatient(world, 'Ada'), await addPatient(world, 'Kim', 'Byron', '2020-03-04')]
  const ages = await settle(house, 'ages', { minYears: 12, maxYears: 130 }, { visitTypeId: types.office })
  const referral = await settle(
    house,
    'referral',
    { needs: 'referral' },
    { visitTypeId: types.first, clinicianId: nguyen.id },
  )
  const licence = await settle(
    house,
    'licence',
    { states: ['NH'] },
    { clinicianId: nguyen.id, visitTypeId: types.video },
  )
  const code = async (offeringId: string, startsAt: string, patientId: string) => {
    const said = await why(desk, offeringId, startsAt, patientId)
    const { body } = await book(desk, offeringId, startsAt, patientId, {
      newPatient: [nguyen.first, clinic.osei.first].includes(offeringId),
    })
    assert.equal(said['ruleId'] ?? null, body['ruleId'] ?? null, 'the sentence and the refusal are of one rule')
    return body['ruleId'] as string | undefined
  }
  assert.equal(await code(nguyen.office, at('02', '14:00'), kim), ages)
  assert.equal(await code(nguyen.office, at('02', '14:00'), ada), undefined)
  const bob = await addPatient(world, 'Bob')
  assert.equal(await code(nguyen.first, at('03', '14:00'), bob), referral)
  await world.write((tx) =>
    tx
      .insertInto('scheduling.referral')
      .values({
        organizationId: world.organizationId,
        patientId: bob,
        visitTypeIds: [types.first],
        practitionerIds: [],
        specialty: null,
        validFrom: Temporal.PlainDate.from('2026-12-01'),
        validUntil: Temporal.PlainDate.from('2026-12-31'),
        priority: 'routine',
        referrer: 'Dr. Byron',
        reasonSealed: null,
        source: 'desk',
        madeAt: world.now(),
        madeBy: 'test',
        linkSentAt: null,
        overdueAt: null,
        appointmentId: null,
        scheduledAt: null,
        closedAt: null,
        closedBy: null,
        closeReason: null,
      })
      .execute(),
  )
  assert.equal(await code(nguyen.first, at('03', '14:00'), bob), undefined)
  assert.equal(
    await code(nguyen.video, at('04', '14:00'), ada),
    licence,
    'nobody knows where she lives: the place counts',
  )
  await world.write((tx) =>
    tx
      .insertInto('record.resource')
      .values({
        organizationId: world.organizationId,
        type: 'Patient',
        fhirId: 'ada',
        patientId: ada,
        happenedAt: null,
        content: JSON.stringify({ address: [{ state: 'NH' }] }),
        contentHash: Buffer.from('x'),
        resolved: null,
      })
      .execute(),
  )
  assert.equal(await code(nguyen.video, at('04', '14:00'), ada), undefined)
})

test('a preview tells what would change before anything is saved, and what cannot be is refused with why', async () => {
  const house = await openHouse()
  await using world = house.world
  const { clinic, desk, proposer } = house
  const { nguyen } = clinic
  const patients = await Promise.all(['Ada', 'Bob', 'Cleo'].map((name) => addPatient(world, name)))
  const visits: string[] = []
  for (const [one, id] of patients.entries()) {
    const { body } = await book(desk, nguyen.office, at('02', ['14:00', '14:30', '15:00'][one] ?? ''), id)
    visits.push(body['appointment'].id)
  }
  await world.write((tx) => pastVisits(tx, world, clinic, patients))
  const preview = async (kind: string, settings: object, scope: object = {}) =>
    (await proposer.asks('POST', '/api/scheduling/rule-previews', { ...wishFor(kind, settings, scope), weeks: 4 })).body
  const cap = await preview('daily_cap', { visits: 2 }, { clinicianId: nguyen.id })
  assert.deepEqual(cap['past'], { weeks: 4, visits: 3, refused: 1 })
  assert.deepEqual(
    (cap['broken'] as Json[]).map(({ appointmentId }) => appointmentId),
    [visits[2]],
    'who booked last',
  )
  assert.deepEqual([cap['unfit'], (cap['openings'].clinicians as Json[]).length], [null, 1])
  const [counted] = cap['openings'].clinicians as Json[]
  assert.ok(counted.after < counted.before, `${counted.after} of ${counted.before}: the full day shows nothing`)

  const unfit = async (kind: string, settings: object, scope: object = {}) => {
    const said = (await preview(kind, settings, scope))['unfit']
    assert.match(said.sentence, /^[A-Z0-9].*\.$/)
    const { body } = await proposer.asks('POST', '/api/scheduling/rules', {
      ...wishFor(kind, settings, scope),
      why: 'Let us see',
    })
    const proposed = await proposer.asks('POST', `/api/scheduling/rules/${body['id']}/proposal`, { version: 1 })
    assert.equal(proposed.body['code'], said.code)
    return said.code as string
  }
  const days = Array.from({ length: 40 }, (_, day) => ({
    on: Temporal.PlainDate.from('2026-12-01').add({ days: day }).toString(),
    name: 'Away',
  }))
  assert.equal(await unfit('holidays', { days }), 'rule_leaves_no_opening')
  assert.equal(await unfit('ages', { minYears: 30, maxYears: 20 }), 'rule_contradicts')
  const { office, video } = clinic.types
  assert.equal(
    await unfit('pair_buffer', { firstVisitTypeId: office, thenVisitTypeId: video, minutes: 600 }),
    'rule_contradicts',
  )
  const block = { weekday: 1, fromMinute: 600, untilMinute: 540 }
  assert.equal(
    await unfit('reserved_time', { forVisitTypeId: office, blocks: [block], releaseHours: 0 }),
    'rule_contradicts',
  )

  // Approved, it cancels nothing: the visit is listed until somebody keeps it or moves it.
  const id = await settle(house, 'daily_cap', { visits: 2 }, { clinicianId: nguyen.id })
  const exceptions = async () => (await desk.asks('GET', `/api/scheduling/rules/${id}`)).body['exceptions'] as Json[]
  assert.deepEqual(
    (await exceptions()).map((one) => [one.appointmentId, one.keptBy]),
    [[visits[2], null]],
  )
  const keeping = await proposer.asks('POST', `/api/scheduling/rules/${id}/exceptions`, { appointmentId: visits[2] })
  assert.equal(keeping.status, 200)
  assert.ok((await exceptions())[0].keptBy)
  const moved = await desk.asks('POST', `/api/scheduling/appointments/${visits[2]}/move`, {
    offeringId: nguyen.office,
    startsAt: at('03', '14:00'),
  })
  assert.equal(moved.status, 200, JSON.stringify(moved.body))
  assert.deepEqual(await exceptions(), [], 'it is against the rule no more')
})

async function pastVisits(
  tx: Parameters<Parameters<World['write']>[0]>[0],
  world: World,
  { nguyen, places, types }: Clinic,
  patients: string[],
) {
  const { organizationId } = world
  for (const [one, patientId] of patients.entries()) {
    const startsAt = Temporal.Instant.from('2026-11-18T14:00:00Z').add({ minutes: 30 * one })
    await tx
      .insertInto('scheduling.appointment')
      .values({
        organizationId,
        id: newId(),
        offeringId: nguyen.office,
        practitionerId: nguyen.id,
        locationId: places.boston,
        visitTypeId: types.office,
        mode: 'in_person',
        patientId,
        startsAt,
        endsAt: startsAt.add({ minutes: 30 }),
        reason: null,
        reasonSealed: null,
        contactKind: null,
        contactValue: null,
        bookedAt: startsAt.subtract({ hours: 100 - one }),
        bookedBy: 'test',
        bookedThrough: 'desk',
      })
      .execute()
  }
}
