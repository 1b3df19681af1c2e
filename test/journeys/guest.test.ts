// A person nobody knows books, is told, moves and cancels: without an account, over HTTP.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { addPatient, openClinic } from '../../server/testing/clinic.ts'
import { openWorld, type World } from '../../server/testing/world.ts'

const nine = '2026-12-03T14:00:00Z'
const mailbox = async (
  world: World,
): Promise<{ channel: string; recipient: string; subject: string; text: string; html: string; calendar: string }[]> =>
  (await world.ask('GET', '/api/conversations/dev/mailbox')).body['messages']

/** The proof that a phone or email is in the guest's hands, by the code that was sent there. */
async function prove(world: World, to: { kind: 'phone' | 'email'; value: string }, language = 'en'): Promise<string> {
  const sent = await world.ask('POST', '/api/people/contact-codes', { to, language })
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  await world.settle()
  const codes = (await mailbox(world))
    .filter(({ recipient }) => recipient === to.value.toLowerCase())
    .flatMap(({ text }) => /\b(\d{6})\b/.exec(text)?.[1] ?? [])
  const [code] = codes
  const proved = await world.ask('POST', `/api/people/contact-codes/${sent.body['id']}/proof`, { code })
  assert.equal(proved.status, 200, JSON.stringify(proved.body))
  return proved.body['proof']
}

const carmen = { givenName: 'Carmen', familyName: 'Díaz', bornOn: '1988-04-09', language: 'es' }

test('a guest holds a time, proves an email, books, gets the confirmation in Spanish, moves and cancels by the link', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const held = await world.ask('POST', '/api/scheduling/holds', { offeringId: clinic.nguyen.office, startsAt: nine })
  const proof = await prove(world, { kind: 'email', value: 'Carmen@Example.org' }, 'es')
  const booked = await world.ask(
    'POST',
    '/api/scheduling/appointments',
    {
      offeringId: clinic.nguyen.office,
      startsAt: nine,
      holdId: held.body['id'],
      language: 'es',
      guest: { person: carmen, contact: { proof } },
    },
    { 'idempotency-key': randomUUID() },
  )
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
  assert.equal(booked.body['confirmationGoesTo'], 'email')
  assert.equal(booked.body['appointment'].offering.visitType.name, 'Consulta')
  await world.settle()
  const [letter] = await mailbox(world)
  assert.equal(letter!.recipient, 'carmen@example.org')
  assert.match(letter!.text, /Carmen/)
  assert.match(letter!.text, /Llegue 10 minutos antes/)
  assert.match(letter!.calendar, /METHOD:REQUEST/)
  assert.doesNotMatch(letter!.subject, /Nguyen|Consulta/)

  const token = /\/v#([\w-]+)/.exec(letter!.text)![1]!
  assert.equal(token, booked.body['visitLink'])
  const visit = (method: 'GET' | 'POST', url: string, body?: object) =>
    world.ask(method, url, body, { authorization: `Visit ${token}` })
  const seen = await visit('GET', '/api/scheduling/visit?language=es')
  assert.deepEqual(
    [seen.status, seen.body['patientFirstName'], seen.body['can']],
    [200, 'Carmen', ['cancel', 'reschedule']],
  )
  const { id } = seen.body as { id: string }
  const moved = await visit('POST', `/api/scheduling/appointments/${id}/move`, {
    offeringId: clinic.nguyen.office,
    startsAt: '2026-12-04T15:00:00Z',
  })
  assert.equal(moved.status, 200, JSON.stringify(moved.body))
  await world.settle()
  assert.match((await mailbox(world))[0]!.calendar, /SEQUENCE:2/)
  const cancelled = await visit('POST', `/api/scheduling/appointments/${id}/cancellation`, {
    reason: 'time_does_not_fit',
  })
  assert.equal(cancelled.body['status'], 'cancelled')
  await world.settle()
  assert.match((await mailbox(world))[0]!.calendar, /METHOD:CANCEL/)
  assert.equal((await visit('GET', '/api/scheduling/visit')).body['status'], 'cancelled')
})

test('looking at a link fifty times changes nothing', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const proof = await prove(world, { kind: 'email', value: 'carmen@example.org' })
  const { body } = await world.ask('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: nine,
    language: 'en',
    guest: { person: carmen, contact: { proof } },
  })
  const authorization = `Visit ${body['visitLink']}`
  for (let i = 0; i < 50; i++)
    assert.equal((await world.ask('GET', '/api/scheduling/visit', undefined, { authorization })).status, 200)
  assert.equal((await world.ask('GET', '/api/scheduling/visit', undefined, { authorization })).body['version'], 1)
})

test('a link opens its own visit and no other, and nothing of the front desk', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const client = await world.client()
  const ada = await addPatient(world, 'Ada')
  const other = await client.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.osei.office,
    startsAt: nine,
    patientId: ada,
    language: 'en',
  })
  const proof = await prove(world, { kind: 'email', value: 'carmen@example.org' })
  const { body } = await world.ask('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: nine,
    language: 'en',
    guest: { person: carmen, contact: { proof } },
  })
  const as = { authorization: `Visit ${body['visitLink']}` }
  const otherId = other.body['appointment'].id
  assert.equal((await world.ask('GET', `/api/scheduling/appointments/${otherId}`, undefined, as)).status, 404)
  assert.equal(
    (await world.ask('POST', `/api/scheduling/appointments/${otherId}/cancellation`, { reason: 'other' }, as)).status,
    404,
  )
  assert.equal((await world.ask('GET', '/api/people/patients?q=ada', undefined, as)).status, 403)
  assert.equal((await world.ask('GET', '/api/scheduling/days/2026-12-03', undefined, as)).status, 403)
})

test('past the cut-off the link says to call, and the front desk can still help', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const proof = await prove(world, { kind: 'email', value: 'carmen@example.org' })
  const { body } = await world.ask('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: nine,
    language: 'en',
    guest: { person: carmen, contact: { proof } },
  })
  world.at('2026-12-02T14:00:01Z')
  const refused = await world.ask(
    'POST',
    `/api/scheduling/appointments/${body['appointment'].id}/cancellation`,
    { reason: 'other' },
    { authorization: `Visit ${body['visitLink']}` },
  )
  assert.deepEqual(
    [refused.status, refused.body['code'], refused.body['instead'], refused.body['phone']],
    [422, 'too_late', 'call', '+16175550100'],
  )
  const desk = await world.frontDesk()
  assert.equal(
    (
      await desk.asks('POST', `/api/scheduling/appointments/${body['appointment'].id}/cancellation`, {
        reason: 'other',
      })
    ).body['status'],
    'cancelled',
  )
})

test('a landline gets its visit and a call back', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const booked = await world.ask('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: nine,
    language: 'en',
    guest: { person: carmen, contact: { landline: '(617) 253-0000' } },
  })
  assert.deepEqual([booked.status, booked.body['confirmationGoesTo']], [200, 'call'], JSON.stringify(booked.body))
  const desk = await world.frontDesk()
  const { body } = await desk.asks('GET', '/api/scheduling/call-backs')
  assert.deepEqual([body['callBacks'].length, body['callBacks'][0].patient.phone], [1, '+16172530000'])
  await desk.asks('POST', `/api/scheduling/call-backs/${body['callBacks'][0].id}/outcome`, { outcome: 'confirmed' })
  assert.equal((await desk.asks('GET', '/api/scheduling/call-backs')).body['callBacks'].length, 0)
})

test('a guest who is surely known, perhaps known, or new is answered the same', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  await addPatient(world, 'Ada', 'Byron', '1980-05-17')
  const guests = [
    ['ada@example.org', { givenName: 'Ada', familyName: 'Byron', bornOn: '1980-05-17', language: 'en' }, nine],
    [
      'ada.b@elsewhere.org',
      { givenName: 'Ada', familyName: 'Byron', bornOn: '1980-05-17', language: 'en' },
      '2026-12-03T15:00:00Z',
    ],
    [
      'zoe@example.org',
      { givenName: 'Zoe', familyName: 'Quill', bornOn: '1999-09-09', language: 'en' },
      '2026-12-03T16:00:00Z',
    ],
  ] as const
  const shapes = []
  for (const [email, person, startsAt] of guests) {
    const proof = await prove(world, { kind: 'email', value: email })
    const { status, body } = await world.ask('POST', '/api/scheduling/appointments', {
      offeringId: clinic.nguyen.office,
      startsAt,
      language: 'en',
      guest: { person, contact: { proof } },
    })
    const { appointment, ...rest } = body
    shapes.push({
      status,
      keys: Object.keys(appointment).sort(),
      rest: Object.keys(rest).sort(),
      can: appointment.can,
      to: body['confirmationGoesTo'],
      link: body['visitLink'].length,
    })
  }
  assert.deepEqual(shapes[1], shapes[0])
  assert.deepEqual(shapes[2], shapes[0])
  const patients = await world.write((tx) => tx.selectFrom('people.patient').select('id').execute())
  assert.equal(patients.length, 3, 'the sure match was joined, the other two are new')
  const desk = await world.frontDesk()
  const { body } = await desk.asks('GET', '/api/people/match-reviews')
  assert.equal(body['reviews'].length, 1)
  assert.equal(body['reviews'][0].candidates[0].email, 'ada@example.org')
})
