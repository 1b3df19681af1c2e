import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic } from '../../server/testing/clinic.ts'
import { codeSentTo, withCode } from '../../server/testing/colleague.ts'
import { openWorld, type World } from '../../server/testing/world.ts'
import { defineVisitType, offerVisit } from '../../server/scheduling/index.ts'

type Ask = (method: 'GET' | 'POST', url: string, body?: object) => ReturnType<World['ask']>

/** Somebody signed in with a code to their email. */
async function signIn(world: World, email: string): Promise<Ask> {
  const { cookie } = await withCode(world, email)
  return (method, url, body) => world.ask(method, url, body, { cookie })
}

/** Somebody signed in whose account opens their own record. */
async function patientSignIn(world: World, name: string, patientId: string): Promise<Ask> {
  const ask = await signIn(world, `${name}@example.org`)
  await world.write(async (tx) => {
    const people = await tx.selectFrom('people.person').select('id').orderBy('createdAt').orderBy('id').execute()
    const mine = people.at(-1)
    await tx
      .insertInto('people.patientAccount')
      .values({ organizationId: world.organizationId, personId: mine!.id, patientId, basis: 'invitation' })
      .execute()
  })
  return ask
}

const kim = { givenName: 'Kim', familyName: 'Byron', bornOn: '2020-03-04', language: 'en' }
const asks = (as: Ask, name = 'Pat Byron', child: object = kim) =>
  as('POST', '/api/people/proxy-requests', { name, basis: 'parent', child })

/** A parent who was given a child at the front desk. */
async function givenTo(world: World, as: Ask, patientId: string, more: object = {}, name = 'Pat Byron') {
  const desk = await world.frontDesk()
  await asks(as, name)
  const { body } = await desk.asks('GET', '/api/people/proxy-requests')
  const request = body['requests'].at(-1)
  const url = `/api/people/proxy-requests/${request.id}/decision`
  return desk.asks('POST', url, { decision: 'given', patientId, evidence: 'Birth certificate', ...more })
}
const actFor = (as: Ask, patientId: string | null) => as('POST', '/api/people/acting-for', { patientId })
const wish = (offeringId: string, startsAt: string, patientId: string) => ({
  offeringId,
  startsAt,
  patientId,
  language: 'en',
})

test('a parent asks, the front desk verifies, and the parent books for the child without a code', async () => {
  await using world = await openWorld()
  const { nguyen } = await openClinic(world)
  const child = await addPatient(world, 'Kim', 'Byron', '2020-03-04')
  const other = await addPatient(world, 'Lou', 'Byron', '2020-03-04')
  const pat = await signIn(world, 'pat@example.org')
  assert.equal((await actFor(pat, child)).status, 404, 'nothing was given yet')
  assert.deepEqual((await asks(pat)).body, { asked: true })

  const desk = await world.frontDesk()
  const { body } = await desk.asks('GET', '/api/people/proxy-requests')
  const [request] = body['requests']
  assert.deepEqual([request.askerName, request.child.givenName], ['Pat Byron', 'Kim'])
  assert.ok(request.candidates.some(({ patient }: { patient: { id: string } }) => patient.id === child))
  const decide = (more: object) => desk.asks('POST', `/api/people/proxy-requests/${request.id}/decision`, more)
  assert.equal((await decide({ decision: 'given', patientId: child })).body['code'], 'evidence_needed')
  assert.equal((await decide({ decision: 'given', patientId: child, evidence: 'Birth certificate' })).status, 200)
  assert.equal((await decide({ decision: 'refused' })).body['code'], 'already_decided')

  const mine = await pat('GET', '/api/people/acting-for')
  assert.deepEqual(
    mine.body['people'].map((one: { name: string; endsAt: string }) => [one.name, one.endsAt]),
    [['Kim Byron', '2038-03-04T05:00:00Z']],
  )
  assert.equal((await actFor(pat, child)).status, 200)
  const booked = await pat('POST', '/api/scheduling/appointments', wish(nguyen.office, '2026-12-03T14:00:00Z', child))
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
  // Acting for one, the other is as far away as for anybody.
  const cross = await pat('POST', '/api/scheduling/appointments', wish(nguyen.office, '2026-12-03T15:00:00Z', other))
  assert.deepEqual([cross.status, cross.body['code']], [422, 'who_is_it_for'])

  const rows = await world.write((tx) =>
    tx
      .selectFrom('platform.auditEvent')
      .select(['actorKind', 'actorId', 'patientId', 'purpose'])
      .where('resourceType', '=', 'Appointment')
      .where('action', '=', 'create')
      .execute(),
  )
  assert.deepEqual(
    rows.map(({ actorKind, actorId, patientId, purpose }) => [actorKind, actorId.slice(0, 7), patientId, purpose]),
    [['proxy', 'person:', child, 'PATIENT-REQUEST']],
  )
})

test('whoever may not book cannot; nobody may more than they were given, nor what is the patient’s own to decide', async () => {
  await using world = await openWorld()
  const { nguyen } = await openClinic(world)
  const child = await addPatient(world, 'Kim', 'Byron', '2020-03-04')
  const pat = await signIn(world, 'pat@example.org')
  await givenTo(world, pat, child, { scopes: ['bills'] })
  await actFor(pat, child)
  const refused = await pat('POST', '/api/scheduling/appointments', wish(nguyen.office, '2026-12-03T14:00:00Z', child))
  assert.deepEqual([refused.status, refused.body['code']], [403, 'forbidden'])
  for (const url of ['/api/people/proxies', '/api/privacy/my-access-report'])
    assert.equal((await pat('GET', url)).status, 403, url)
  const invited = await pat('POST', '/api/people/proxies', {
    name: 'Eve',
    contact: { kind: 'email', value: 'eve@example.org' },
    scopes: ['book'],
  })
  assert.equal(invited.status, 403, 'a proxy invites nobody')
  await actFor(pat, null)
  assert.equal((await pat('GET', '/api/people/proxies')).status, 200, 'back to one’s own')
})

test('what was given ends with the next request: by the clinic, at the birthday, by a block; and no record is open then', async () => {
  await using world = await openWorld({ now: '2038-03-04T04:00:00Z' })
  const { nguyen } = await openClinic(world)
  const child = await addPatient(world, 'Kim', 'Byron', '2020-03-04')
  const pat = await signIn(world, 'pat@example.org')
  await givenTo(world, pat, child)
  await actFor(pat, child)
  const book = () => pat('POST', '/api/scheduling/appointments', wish(nguyen.office, '2038-03-08T14:00:00Z', child))
  world.at('2038-03-04T04:20:00Z')
  assert.equal((await pat('GET', '/api/people/acting-for')).body['open'], true)
  world.at('2038-03-04T04:40:00Z')
  assert.equal((await pat('GET', '/api/people/acting-for')).body['open'], true)
  world.at('2038-03-04T04:59:59Z')
  assert.equal((await pat('GET', '/api/people/acting-for')).body['open'], true, 'a second before midnight in Boston')
  world.at('2038-03-04T05:00:01Z')
  const after = await pat('GET', '/api/people/acting-for')
  assert.deepEqual([after.body['open'], after.body['people']], [false, []])
  assert.equal((await book()).status, 403)
  assert.equal((await actFor(pat, child)).status, 404)
})

test('the clinic’s rules about age hold from the next request on', async () => {
  await using world = await openWorld()
  await openClinic(world)
  const child = await addPatient(world, 'Kim', 'Byron', '2010-06-01')
  const pat = await signIn(world, 'pat@example.org')
  await asks(pat, 'Pat Byron', { ...kim, bornOn: '2010-06-01' })
  await givenTo(world, pat, child)
  await actFor(pat, child)
  const admin = await world.as('practice_admin')
  const changed = await admin.asks('POST', '/api/people/access-rules', { proxyEndsYears: 16 })
  assert.equal(changed.body['proxyEndsYears'], 16)
  assert.equal((await pat('GET', '/api/people/acting-for')).body['open'], false)
  const wrong = await admin.asks('POST', '/api/people/access-rules', { confidentialFromYears: 17 })
  assert.equal(wrong.body['code'], 'ages')
})

test('of two parents, the one whom a court keeps away gets nothing and learns nothing; the other goes on', async () => {
  await using world = await openWorld()
  await openClinic(world)
  const child = await addPatient(world, 'Kim', 'Byron', '2020-03-04')
  const pat = await signIn(world, 'pat@example.org')
  const mel = await signIn(world, 'mel@example.org')
  await givenTo(world, pat, child)
  await givenTo(world, mel, child, {}, 'Mel Byron')
  await actFor(pat, child)
  await actFor(mel, child)
  const desk = await world.frontDesk()
  const { body } = await desk.asks('GET', `/api/people/patients/${child}/proxies`)
  const ofPat = body['proxies'].find(({ name }: { name: string }) => name === 'Pat Byron')
  const block = (what: string) =>
    desk.asks('POST', `/api/people/patients/${child}/proxies/${ofPat.id}/${what}`, { why: 'Court order 12-34' })
  assert.equal((await block('block')).status, 200)
  const patNow = await pat('GET', '/api/people/acting-for')
  const melNow = await mel('GET', '/api/people/acting-for')
  assert.deepEqual([patNow.body['open'], patNow.body['people']], [false, []])
  assert.equal(melNow.body['open'], true)
  // The same as for somebody who never had anything, word for word.
  const eve = await signIn(world, 'eve@example.org')
  const [forPat, forEve] = [await actFor(pat, child), await actFor(eve, child)]
  const told = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
    status,
    { ...body, requestId: '' },
  ]
  assert.deepEqual(told(forPat), told(forEve))
  await actFor(pat, null)
  assert.deepEqual((await asks(pat)).body, (await asks(eve)).body)
  const again = await givenTo(world, pat, child)
  assert.deepEqual([again.status, again.body['code']], [409, 'blocked'])
  await block('unblock')
  assert.equal((await pat('GET', '/api/people/acting-for')).body['people'].length, 0, 'what was ended stays ended')
  assert.equal((await givenTo(world, pat, child)).status, 200)
})

test('an adult invites somebody they trust: a link and a code to their contact, once; ended, it opens nothing', async () => {
  await using world = await openWorld()
  const { nguyen } = await openClinic(world)
  const ada = await addPatient(world, 'Ada')
  const asAda = await patientSignIn(world, 'ada', ada)
  const cleo = await signIn(world, 'cleo@example.org')
  const invited = await asAda('POST', '/api/people/proxies', {
    name: 'Cleo',
    contact: { kind: 'email', value: 'Cleo@example.org' },
    scopes: ['book'],
    until: '2026-12-01T14:20:00Z',
  })
  assert.equal(invited.status, 200, JSON.stringify(invited.body))
  const token = invited.body['url'].split('#')[1]
  const opened = await cleo('POST', '/api/people/proxy-invitation', { token, language: 'en' })
  assert.match(opened.body['sentTo'], /^c•••@e•••$/)
  const accept = async (as: Ask) =>
    as('POST', '/api/people/proxy-invitation/acceptance', {
      token,
      codeId: opened.body['codeId'],
      code: await codeSentTo(world, 'cleo@example.org'),
    })
  assert.deepEqual((await accept(cleo)).body, { accepted: true })
  assert.equal((await accept(cleo)).body['code'], 'code_over')
  assert.equal(
    (await cleo('POST', '/api/people/proxy-invitation', { token, language: 'en' })).body['code'],
    'invitation_over',
  )

  await actFor(cleo, ada)
  const first = await cleo('POST', '/api/scheduling/appointments', wish(nguyen.office, '2026-12-03T14:00:00Z', ada))
  assert.equal(first.status, 200)
  const id = first.body['appointment'].id
  const link = () =>
    world.ask('GET', '/api/scheduling/visit', undefined, { authorization: `Visit ${first.body['visitLink']}` })
  assert.equal((await link()).body['id'], id)
  const coming = await cleo('GET', '/api/scheduling/my-visits')
  assert.deepEqual(
    coming.body['coming'].map((one: { id: string }) => one.id),
    [id],
  )
  const moved = await cleo('POST', `/api/scheduling/appointments/${id}/move`, {
    offeringId: nguyen.office,
    startsAt: '2026-12-04T14:00:00Z',
  })
  assert.equal(moved.status, 200)
  assert.equal((await asAda('GET', `/api/scheduling/appointments/${id}`)).body['startsAt'], '2026-12-04T14:00:00Z')
  const report = await asAda('GET', '/api/privacy/my-access-report')
  const byCleo = report.body['deeds'].filter(({ who }: { who: { role: string } }) => who.role === 'proxy')
  assert.ok(
    byCleo.length > 0 && byCleo.every(({ who }: { who: { name: string } }) => who.name === 'Cleo'),
    'Ada sees what Cleo did',
  )

  const { body } = await asAda('GET', '/api/people/proxies')
  assert.deepEqual(
    body['proxies'].map((one: { name: string; state: string }) => [one.name, one.state]),
    [['Cleo', 'standing']],
  )
  assert.equal((await asAda('POST', `/api/people/proxies/${body['proxies'][0].id}/end`, {})).status, 200)
  assert.equal((await cleo('GET', `/api/scheduling/appointments/${id}`)).status, 403)
  assert.equal((await cleo('GET', '/api/people/acting-for')).body['open'], false)
  assert.equal((await link()).status, 401, 'nor does the link that the booking gave')
})

test('what an adult gave until a moment is over at that moment', async () => {
  await using world = await openWorld()
  const ada = await addPatient(world, 'Ada')
  const cleo = await signIn(world, 'cleo@example.org')
  const person = await world.write((tx) => tx.selectFrom('people.person').select('id').executeTakeFirstOrThrow())
  await world.write((tx) =>
    tx
      .insertInto('people.proxyGrant')
      .values({
        organizationId: world.organizationId,
        patientId: ada,
        personId: person.id,
        proxyName: 'Cleo',
        basis: 'chosen',
        scopes: ['book'],
        fromAt: world.now(),
        untilAt: world.now().add({ minutes: 20 }),
        givenAt: world.now(),
        givenBy: 'test',
      })
      .execute(),
  )
  await actFor(cleo, ada)
  world.at('2026-12-01T14:19:59Z')
  assert.equal((await cleo('GET', '/api/people/acting-for')).body['open'], true)
  world.at('2026-12-01T14:20:00Z')
  assert.equal((await cleo('GET', '/api/people/acting-for')).body['open'], false)
})

test('from twelve on, what is between a teenager and the clinic does not reach a parent', async () => {
  await using world = await openWorld()
  const { nguyen, places } = await openClinic(world)
  const teen = await addPatient(world, 'Kim', 'Byron', '2012-06-01')
  const asTeen = await patientSignIn(world, 'kim', teen)
  const pat = await signIn(world, 'pat@example.org')
  await givenTo(world, pat, teen)
  await actFor(pat, teen)
  const secret = await world.write(async (tx) => {
    const visitTypeId = await defineVisitType(tx, world.organizationId, {
      code: 'private-care',
      name: { en: 'Private care' },
      confidential: true,
    })
    const role = { practitionerRoleId: nguyen.roleId, visitTypeId, minutes: 30 }
    return { visitTypeId, offeringId: await offerVisit(tx, world.organizationId, role) }
  })
  const visit = await world.write((tx) =>
    tx
      .insertInto('scheduling.appointment')
      .values({
        organizationId: world.organizationId,
        ...secret,
        practitionerId: nguyen.id,
        locationId: places.boston,
        mode: 'in_person',
        patientId: teen,
        startsAt: Temporal.Instant.from('2026-12-03T14:00:00Z'),
        endsAt: Temporal.Instant.from('2026-12-03T14:30:00Z'),
        contactKind: null,
        contactValue: null,
        reason: null,
        bookedAt: world.now(),
        bookedBy: 'test',
        bookedThrough: 'desk',
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  const [forTeen, forParent] = [
    await asTeen('GET', `/api/scheduling/appointments/${visit.id}`),
    await pat('GET', `/api/scheduling/appointments/${visit.id}`),
  ]
  assert.deepEqual([forTeen.status, forParent.status], [200, 404])
  assert.deepEqual((await pat('GET', '/api/scheduling/my-visits')).body['coming'], [])
  assert.equal((await asTeen('GET', '/api/scheduling/my-visits')).body['coming'].length, 1)
  const cancelled = await pat('POST', `/api/scheduling/appointments/${visit.id}/cancellation`, { reason: 'other' })
  assert.equal(cancelled.status, 404)
  const report = await pat('GET', '/api/privacy/my-access-report')
  assert.equal(report.status, 403, 'nor by way of the access report')
})

test('whoever proves a parent’s phone does not become the child', async () => {
  await using world = await openWorld()
  await addPatient(world, 'Kim', 'Byron', '2020-03-04')
  const pat = await signIn(world, 'pat@example.org')
  const sent = await world.ask('POST', '/api/people/contact-codes', {
    to: { kind: 'email', value: 'kim@example.org' },
    language: 'en',
  })
  const code = await codeSentTo(world, 'kim@example.org')
  const { body } = await world.ask('POST', `/api/people/contact-codes/${sent.body['id']}/proof`, { code })
  const joined = await pat('POST', '/api/people/account/record', { person: kim, proof: body['proof'] })
  assert.deepEqual([joined.status, joined.body['code']], [422, 'child'])
})
