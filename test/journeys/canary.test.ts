// Books as 'Zyxwv Canary' through every door and looks for the name wherever health information must not be.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { openClinic } from '../../server/testing/clinic.ts'
import { openWorld } from '../../server/testing/world.ts'

const names = /zyxwv|canary|617253|flugelhorn/i

test('no name, contact or reason of a patient is in logs, job payloads, mail subjects, texts or error replies', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const to = { kind: 'phone', value: '(617) 253-0001' }
  const code = await world.ask('POST', '/api/people/contact-codes', { to, language: 'en' })
  await world.settle()
  const { body: first } = await world.ask('GET', '/api/conversations/dev/mailbox')
  const proof = await world.ask('POST', `/api/people/contact-codes/${code.body['id']}/proof`, {
    code: /\b(\d{6})\b/.exec(first['messages'][0].text)![1],
  })
  const person = { givenName: 'Zyxwv', familyName: 'Canary', bornOn: '1980-05-17', language: 'en' }
  const request = {
    offeringId: clinic.nguyen.office,
    startsAt: '2026-12-03T14:00:00Z',
    language: 'en',
    reason: 'Flugelhorn lips',
    guest: { person, contact: { proof: proof.body['proof'] } },
  }
  const booked = await world.ask('POST', '/api/scheduling/appointments', request)
  assert.equal(booked.status, 200, JSON.stringify(booked.body))
  const errors = [
    await world.ask('POST', '/api/scheduling/appointments', request),
    await world.ask('POST', '/api/scheduling/appointments', { ...request, startsAt: 'Zyxwv' }),
    await world.ask('POST', '/api/scheduling/appointments', {
      ...request,
      guest: { person: { ...person, bornOn: 'Canary' }, contact: {} },
    }),
    await world.ask('GET', '/api/people/patients?q=Zyxwv'),
    await world.ask('GET', '/api/nowhere/Zyxwv?name=Canary'),
  ]
  for (const { status, body } of errors) {
    assert.ok(status >= 400)
    assert.doesNotMatch(JSON.stringify(body), names)
  }
  const desk = await world.frontDesk()
  assert.equal((await desk.asks('GET', '/api/people/patients?q=Zyxwv')).body['patients'].length, 1)
  await desk.asks('GET', '/api/scheduling/days/2026-12-03')
  await world.ask(
    'POST',
    `/api/scheduling/appointments/${booked.body['appointment'].id}/cancellation`,
    { reason: 'other', note: 'Flugelhorn' },
    { authorization: `Visit ${booked.body['visitLink']}` },
  )
  await world.settle()
  const { body: mailbox } = await world.ask('GET', '/api/conversations/dev/mailbox')
  for (const { channel, subject, text } of mailbox['messages']) {
    assert.doesNotMatch(subject ?? '', names)
    if (channel === 'text') assert.doesNotMatch(text, /canary|flugelhorn/i)
  }
  assert.ok(world.logLines.length > 10)
  assert.doesNotMatch(world.logLines.join(''), names)
  const client = new pg.Client(world.database.superuser)
  await client.connect()
  const { rows } = await client.query('select data::text, output::text from pgboss.job')
  await client.end()
  assert.ok(rows.length > 0)
  assert.doesNotMatch(JSON.stringify(rows), names)
})
