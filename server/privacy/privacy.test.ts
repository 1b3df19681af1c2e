// A patient's rights over the record, and the officer's watch, over HTTP.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../testing/clinic.ts'
import { withCode, withPasskey } from '../testing/colleague.ts'
import { type Json, openWorld, type World } from '../testing/world.ts'

describe('privacy', () => {
  let world: World
  let clinic: Clinic
  before(async () => {
    // The trail tells the time of this machine.
    world = await openWorld({ now: Temporal.Now.instant().toString() })
    clinic = await openClinic(world)
  })
  after(() => world[Symbol.asyncDispose]())

  const asking = (cookie: string) => (method: 'GET' | 'POST', url: string, body?: object) =>
    world.ask(method, url, body, { cookie })

  /** A patient with an account of their own. */
  async function signedIn(givenName: string, familyName: string) {
    const id = await addPatient(world, givenName, familyName)
    const email = `${givenName.toLowerCase()}@example.org`
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
        .values({ organizationId: world.organizationId, personId: person.id, patientId: id, basis: 'proof' })
        .execute()
    })
    return { id, asks: asking(cookie) }
  }
  const colleague = async (name: string, role: 'nurse' | 'auditor' | 'practice_admin' | 'front_desk') => {
    const { id, cookie } = await withPasskey(world, name, [role])
    return { id, asks: asking(cookie) }
  }

  test('a patient sees who opened the record, in which role, when and how often; never another’s', async () => {
    const ada = await signedIn('Ada', 'Byron')
    const rui = await colleague('Rui Costa', 'front_desk')
    for (let times = 0; times < 3; times++)
      assert.equal((await rui.asks('GET', '/api/people/patients?q=byron')).status, 200)
    const { status, body } = await ada.asks('GET', '/api/privacy/my-access-report')
    assert.equal(status, 200, JSON.stringify(body))
    const looked = body['deeds'].find(({ who }: { who: { name: string } }) => who.name === 'Rui Costa')
    assert.deepEqual([looked.who.role, looked.times, looked.what, looked.action], ['front_desk', 3, 'Patient', 'read'])
    const ben = await signedIn('Ben', 'Okafor')
    assert.ok(!JSON.stringify((await ben.asks('GET', '/api/privacy/my-access-report')).body).includes(ada.id))
  })

  test('the officer finds who opened a record and what a person opened; nobody else may ask', async () => {
    const officer = await colleague('Oda Wells', 'auditor')
    const nia = await colleague('Nia Byron', 'front_desk')
    const patientId = await addPatient(world, 'Carl', 'Byron')
    await nia.asks('GET', '/api/people/patients?q=carl')
    const opened = await officer.asks('GET', `/api/privacy/access-log?patientId=${patientId}`)
    assert.ok(opened.body['deeds'].some(({ who }: { who: { name: string } }) => who.name === 'Nia Byron'))
    const did = await officer.asks('GET', `/api/privacy/access-log?personId=${nia.id}`)
    assert.ok(did.body['deeds'].some((deed: { patientId: string }) => deed.patientId === patientId))
    assert.equal((await officer.asks('GET', '/api/privacy/access-log')).status, 422)
    assert.equal((await nia.asks('GET', `/api/privacy/access-log?patientId=${patientId}`)).status, 403)
    const watched = await world.write((tx) =>
      tx
        .selectFrom('platform.auditEvent')
        .where('actorKind', '=', 'auditor')
        .where('resourceType', '=', 'AuditEvent')
        .selectAll()
        .execute(),
    )
    assert.ok(watched.length >= 2, 'reading the log is in the log')
  })

  test('looks with signs of curiosity come first, and are judged by somebody else', async () => {
    const officer = await colleague('Ola Reed', 'auditor')
    const sam = await colleague('Sam Marsh', 'front_desk')
    const patientId = await addPatient(world, 'Dora', 'Marsh')
    await sam.asks('GET', '/api/people/patients?q=dora')
    const { body } = await officer.asks('GET', '/api/privacy/looks?days=90')
    const look = body['looks'].find((one: { patientId: string }) => one.patientId === patientId)
    assert.ok(look.signs.includes('same_surname') && look.signs.includes('no_visit'), look.signs.join())
    assert.equal(look.review, null)
    const judged = { personId: sam.id, patientId, day: look.day, outcome: 'violation', note: 'His sister.' }
    assert.equal((await sam.asks('POST', '/api/privacy/looks/review', judged)).status, 403)
    assert.equal(
      (await officer.asks('POST', '/api/privacy/looks/review', { ...judged, personId: officer.id })).status,
      403,
    )
    assert.equal((await officer.asks('POST', '/api/privacy/looks/review', judged)).status, 200)
    const again = await officer.asks('GET', '/api/privacy/looks?days=90')
    assert.equal(
      again.body['looks'].find((one: { patientId: string }) => one.patientId === patientId).review.outcome,
      'violation',
    )
  })

  test('a correction is asked, denied with a reason, and answered back; every step stays', async () => {
    const emil = await signedIn('Emil', 'Novak')
    const other = await signedIn('Flor', 'Reyes')
    const admin = await colleague('Ada Min', 'practice_admin')
    const asked = await emil.asks('POST', '/api/privacy/my-amendments', {
      about: 'Allergies',
      wanted: 'I am not allergic to penicillin.',
    })
    assert.equal(asked.status, 200, JSON.stringify(asked.body))
    const today = world.now().toZonedDateTimeISO('America/New_York').toPlainDate()
    assert.equal(asked.body['dueOn'], today.add({ days: 60 }).toString())
    const { id } = asked.body
    assert.equal(
      (await other.asks('POST', `/api/privacy/my-amendments/${id}/disagreement`, { statement: 'x' })).status,
      404,
    )
    assert.deepEqual((await other.asks('GET', '/api/privacy/my-amendments')).body['amendments'], [])
    assert.ok(
      (await admin.asks('GET', '/api/privacy/amendments')).body['amendments'].some(
        (one: { id: string }) => one.id === id,
      ),
    )
    assert.equal(
      (await admin.asks('POST', `/api/privacy/amendments/${id}/answer`, { answer: 'denied' })).body['code'],
      'reason_needed',
    )
    const denied = await admin.asks('POST', `/api/privacy/amendments/${id}/answer`, {
      answer: 'denied',
      reason: 'A reaction was seen in 2019.',
    })
    assert.equal(denied.body['answer'], 'denied')
    assert.equal(
      (await admin.asks('POST', `/api/privacy/amendments/${id}/answer`, { answer: 'accepted' })).body['code'],
      'already_answered',
    )
    const said = await emil.asks('POST', `/api/privacy/my-amendments/${id}/disagreement`, {
      statement: 'That was another medicine.',
    })
    assert.equal(said.body['disagreement'], 'That was another medicine.')
    assert.equal(
      (await emil.asks('POST', `/api/privacy/my-amendments/${id}/disagreement`, { statement: 'And more' })).status,
      409,
    )
  })

  test('what left by law is told to the patient, and to no other', async () => {
    const grace = await signedIn('Grace', 'Lindgren')
    const hugo = await signedIn('Hugo', 'Webb')
    const admin = await colleague('Bea Min', 'practice_admin')
    const disclosure = {
      patientId: grace.id,
      disclosedOn: '2026-11-20',
      recipient: 'State health department',
      what: 'A positive test',
      why: 'public_health',
    }
    assert.equal((await admin.asks('POST', '/api/privacy/disclosures', disclosure)).status, 200)
    assert.equal(
      (await admin.asks('POST', '/api/privacy/disclosures', { ...disclosure, disclosedOn: '2019-11-20' })).status,
      200,
    )
    const told = (await grace.asks('GET', '/api/privacy/my-disclosures')).body['disclosures']
    assert.deepEqual(
      told.map((one: { disclosedOn: string }) => one.disclosedOn),
      ['2026-11-20'],
      'six years are told',
    )
    assert.deepEqual((await hugo.asks('GET', '/api/privacy/my-disclosures')).body['disclosures'], [])
  })

  test('consent is what was said last; what was not said is open', async () => {
    const ines = await signedIn('Ines', 'Prado')
    const of = (body: Record<string, any>, kind: string) =>
      body['consents'].find((one: { kind: string }) => one.kind === kind).decision
    assert.equal(of((await ines.asks('GET', '/api/privacy/my-consents')).body, 'research'), null)
    await ines.asks('POST', '/api/privacy/my-consents', { kind: 'research', decision: 'permit' })
    const { body } = await ines.asks('POST', '/api/privacy/my-consents', { kind: 'research', decision: 'deny' })
    assert.equal(of(body, 'research'), 'deny')
    assert.equal(of(body, 'teaching'), null)
  })

  test('a hold beats the schedule; a record is listed only when its time is over', async () => {
    const admin = await colleague('Cy Min', 'practice_admin')
    const old = await addPatient(world, 'Jun', 'Tanaka', '1930-01-01')
    const child = await addPatient(world, 'Kai', 'Walker', '2010-01-01')
    await world.write((tx) =>
      tx
        .updateTable('people.patient')
        .set({ createdAt: Temporal.Instant.from('2012-01-01T00:00:00Z') })
        .where('id', 'in', [old, child])
        .execute(),
    )
    const listed = async () =>
      (await admin.asks('GET', '/api/privacy/retention')).body['records'] as { patientId: string; held: boolean }[]
    assert.deepEqual(
      (await listed()).map(({ patientId, held }) => [patientId, held]),
      [[old, false]],
    )
    const placed = await admin.asks('POST', '/api/privacy/holds', { patientId: old, reason: 'A court asks for it.' })
    assert.equal((await listed())[0]?.held, true)
    assert.equal((await admin.asks('POST', `/api/privacy/holds/${placed.body['id']}/end`)).status, 200)
    assert.equal((await listed())[0]?.held, false)
    await admin.asks('POST', '/api/privacy/holds', { reason: 'Everything, for the audit of 2026.' })
    assert.equal((await listed())[0]?.held, true)
    assert.equal((await admin.asks('GET', '/api/privacy/holds')).body['holds'].length, 2)
  })

  test('the officer finds patients and colleagues by name or birth date, no more than that, and is written down', async () => {
    const officer = await colleague('Pia Holm', 'auditor')
    const desk = await colleague('Otto Søby', 'front_desk')
    const id = await addPatient(world, 'Lív', 'Sørensen', '1971-03-09')
    const find = (q: string) => officer.asks('GET', `/api/privacy/people?q=${encodeURIComponent(q)}`)
    // The words of a patient are kept in plain letters.
    await world.write((tx) =>
      tx.updateTable('people.patientWord').set({ word: 'sorensen' }).where('word', '=', 'sørensen').execute(),
    )
    await world.write((tx) =>
      tx.updateTable('people.patientWord').set({ word: 'liv' }).where('word', '=', 'lív').execute(),
    )
    const found = (await find('Søren lív')).body
    assert.deepEqual(found['patients'], [{ id, name: 'Lív Sørensen', bornOn: '1971-03-09' }])
    for (const q of ['Sørensen 3/9/1971', '1971-03-09'])
      assert.deepEqual(
        (await find(q)).body['patients'].map((one: { id: string }) => one.id),
        [id],
        q,
      )
    assert.deepEqual((await find('sorensen 1971-03-10')).body['patients'], [])
    assert.deepEqual((await find('2/30/1971')).body, { patients: [], colleagues: [] })
    assert.deepEqual((await find('soby')).body['colleagues'], [
      { id: desk.id, name: 'Otto Søby', roles: ['front_desk'] },
    ])
    assert.equal((await desk.asks('GET', '/api/privacy/people?q=soren')).status, 403)
    const log = (await officer.asks('GET', `/api/privacy/access-log?patientId=${id}`)).body
    assert.equal(log['of'].patient.name, 'Lív Sørensen')
    const mine = log['deeds'].find(({ who, what }: Json) => who.name === 'Pia Holm' && what === 'Patient')
    assert.deepEqual([mine.action, mine.purpose, mine.patient.name], ['read', 'OPS', 'Lív Sørensen'])
  })

  test('the officer’s lists say whom they are about, and are no looks themselves', async () => {
    const officer = await colleague('Quin Hale', 'auditor')
    const nurse = await colleague('Ray Ito', 'nurse')
    const id = await addPatient(world, 'Mara', 'Quist', '1955-01-02')
    const named = { id, name: 'Mara Quist', bornOn: '1955-01-02' }
    const why = { reason: 'emergency', words: 'Collapsed in the hall.' }
    assert.equal((await nurse.asks('POST', `/api/people/patients/${id}/break-glass`, why)).status, 200)
    const { broken } = (await officer.asks('GET', '/api/people/break-glass')).body as { broken: Json[] }
    const mine = broken.find(({ patientId }) => patientId === id)
    assert.deepEqual([mine.patient, mine.inWeek], [named, 1])
    const placed = await officer.asks('POST', '/api/privacy/holds', { patientId: id, reason: 'A court asks.' })
    const { holds } = (await officer.asks('GET', '/api/privacy/holds')).body as { holds: Json[] }
    assert.deepEqual(holds.find((one) => one.id === placed.body['id']).patient, named)
    await officer.asks('POST', `/api/privacy/holds/${placed.body['id']}/end`)
    const given = { patientId: id, disclosedOn: '2026-11-20', recipient: 'Court', what: 'All', why: 'court' }
    await officer.asks('POST', '/api/privacy/disclosures', given)
    const told = (await officer.asks('GET', `/api/privacy/patients/${id}/disclosures`)).body
    assert.deepEqual([told['patient'], told['disclosures'][0].recipient], [named, 'Court'])
    const nobody = '019a0000-0000-7000-8000-000000000000'
    assert.equal((await officer.asks('GET', `/api/privacy/patients/${nobody}/disclosures`)).status, 404)
    assert.equal((await nurse.asks('GET', `/api/privacy/patients/${id}/disclosures`)).status, 403)
    const { deeds } = (await officer.asks('GET', `/api/privacy/access-log?personId=${officer.id}`)).body as {
      deeds: Json[]
    }
    const lists = deeds.filter(({ patientId, what }) => patientId === id && what === 'Patient')
    assert.deepEqual([...new Set(lists.map(({ action }) => action))], ['search'])
  })

  test('answering corrections is no look; reading a log is one, and the officer sees that it is their own', async () => {
    const sven = await signedIn('Sven', 'Aho')
    const officer = await colleague('Tess Aho', 'auditor')
    await sven.asks('POST', '/api/privacy/my-amendments', { about: 'Weight', wanted: '70 kg' })
    await officer.asks('GET', '/api/privacy/amendments')
    const own = async () =>
      ((await officer.asks('GET', '/api/privacy/looks')).body['looks'] as any[]).filter(
        (one) => one.patientId === sven.id && one.person.id === officer.id,
      )
    assert.deepEqual(await own(), [])
    await officer.asks('GET', `/api/privacy/access-log?patientId=${sven.id}`)
    assert.deepEqual(
      (await own()).map(({ mine, patient }) => [mine, patient.name]),
      [[true, 'Sven Aho']],
    )
  })

  test('answered corrections are listed apart, with the patient’s disagreement', async () => {
    const nora = await signedIn('Nora', 'Lund')
    const officer = await colleague('Rex Moor', 'auditor')
    const asked = await nora.asks('POST', '/api/privacy/my-amendments', { about: 'Height', wanted: '170 cm' })
    const { id } = asked.body
    const ids = async (state: string) =>
      ((await officer.asks('GET', `/api/privacy/amendments?state=${state}`)).body['amendments'] as any[]).filter(
        (one) => one.id === id,
      )
    assert.equal((await ids('waiting'))[0].patient.name, 'Nora Lund')
    assert.deepEqual(await ids('answered'), [])
    await officer.asks('POST', `/api/privacy/amendments/${id}/answer`, { answer: 'denied', reason: 'We measured it.' })
    await nora.asks('POST', `/api/privacy/my-amendments/${id}/disagreement`, { statement: 'With shoes.' })
    assert.deepEqual(await ids('waiting'), [])
    assert.equal((await ids('answered'))[0].disagreement, 'With shoes.')
  })

  test('an account without a record has nothing to see', async () => {
    const { cookie } = await withCode(world, 'nobody@example.org')
    assert.equal(
      (await world.ask('GET', '/api/privacy/my-access-report', undefined, { cookie })).body['code'],
      'no_record',
    )
    assert.ok(clinic.plan)
  })
})
