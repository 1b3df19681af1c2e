// A clinician's calendar address, from making it to its end, read by a calendar library of others (ical.js).
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import ICAL from 'ical.js'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { addPatient, openClinic, type Clinic } from '../../testing/clinic.ts'
import { withPasskey } from '../../testing/colleague.ts'
import { openWorld, type Asker, type World } from '../../testing/world.ts'

describe('a clinician’s calendar', () => {
  let world: World
  let clinic: Clinic
  let clinician: Asker
  let desk: Asker
  let personId: string
  before(async () => {
    world = await openWorld()
    clinic = await openClinic(world)
    clinician = await world.as('clinician')
    desk = await world.client()
    const rows = await world.write((tx) =>
      tx.selectFrom('people.staffRole').where('role', '=', 'clinician').select('personId').execute(),
    )
    personId = rows[0]?.personId ?? ''
    await works(true)
  })
  after(() => world[Symbol.asyncDispose]())

  const works = async (held: boolean) => {
    const asked = { personId, clinicianId: clinic.nguyen.id, held }
    const { status } = await (await world.as('practice_admin')).asks('POST', '/api/scheduling/works-with', asked)
    assert.equal(status, 200)
  }
  // The role of sign-in is the one that may end a person or a role.
  const inOrganization = (change: (tx: Tx) => Promise<unknown>) =>
    world.db.auth.transaction().execute(async (tx) => {
      await sql`select set_config('app.organization_id', ${world.organizationId}, true)`.execute(tx)
      await change(tx)
    })
  const make = async () => {
    const asked = { clinicianId: clinic.nguyen.id, language: 'en' }
    const { status, body } = await clinician.asks('POST', '/api/fhir/calendar-feeds', asked)
    assert.equal(status, 200, JSON.stringify(body))
    return { id: body['id'] as string, path: new URL(body['url']).pathname }
  }
  const read = (url: string, headers: Record<string, string> = {}) => world.app.inject({ method: 'GET', url, headers })
  const events = async (path: string) => {
    const { statusCode, body } = await read(path)
    assert.equal(statusCode, 200)
    return new ICAL.Component(ICAL.parse(body) as never).getAllSubcomponents('vevent')
  }

  test('shows each visit with its zone, length and place, and nothing of the patient', async () => {
    const { path } = await make()
    const found = await desk.asks(
      'GET',
      `/api/scheduling/offerings/${clinic.nguyen.office}/openings?from=2026-12-07&days=3`,
    )
    const startsAt = found.body['days'][0].openings[0] as string
    const booked = await desk.asks('POST', '/api/scheduling/appointments', {
      offeringId: clinic.nguyen.office,
      startsAt,
      language: 'en',
      reason: 'My knee',
      patientId: await addPatient(world, 'Ada'),
    })
    assert.equal(booked.status, 200)
    const [event] = await events(path)
    assert.match(String(event?.getFirstPropertyValue('summary')), /^Visit, \d+ min$/)
    assert.equal(event?.getFirstPropertyValue('location'), 'River Street')
    assert.equal(event?.getFirstProperty('dtstart')?.getParameter('tzid'), 'America/New_York')
    const start = event?.getFirstPropertyValue('dtstart') as unknown as { toJSDate(): Date; toString(): string }
    assert.equal(
      start.toString(),
      Temporal.Instant.from(startsAt)
        .toZonedDateTimeISO('America/New_York')
        .toPlainDateTime()
        .toString({ smallestUnit: 'second' }),
    )
    const { body, headers } = await read(path)
    assert.doesNotMatch(body, /Ada|Byron|knee|Office/)
    assert.match(body, /BEGIN:VTIMEZONE/)
    assert.equal((await read(path, { 'if-none-match': String(headers['etag']) })).statusCode, 304)
    const id = booked.body['appointment'].id as string
    await desk.asks('POST', `/api/scheduling/appointments/${id}/cancellation`, { reason: 'other' })
    const [cancelled] = await events(path)
    assert.equal(cancelled?.getFirstPropertyValue('status'), 'CANCELLED')
    assert.equal(cancelled?.getFirstPropertyValue('sequence'), 2)
    assert.equal((await read(path, { 'if-none-match': String(headers['etag']) })).statusCode, 200)
  })

  test('closes at once when it is ended, and opens to no guess', async () => {
    const { id, path } = await make()
    assert.equal((await read(path)).statusCode, 200)
    for (const other of ['/calendar/cal_guess.ics', '/calendar/x', `/calendar/${id}.ics`])
      assert.equal((await read(other)).statusCode, 404)
    const listed = (await clinician.asks('GET', '/api/fhir/calendar-feeds')).body['feeds']
    assert.ok(listed.some((one: { id: string }) => one.id === id))
    assert.doesNotMatch(JSON.stringify(listed), /cal_/)
    assert.equal((await clinician.asks('POST', `/api/fhir/calendar-feeds/${id}/end`)).status, 200)
    assert.equal((await read(path)).statusCode, 404)
    assert.equal((await clinician.asks('POST', `/api/fhir/calendar-feeds/${id}/end`)).status, 404)
  })

  test('is renewed: the old address closes as the new one opens, and a colleague’s is not found', async () => {
    const { id, path } = await make()
    const renewed = await clinician.asks('POST', `/api/fhir/calendar-feeds/${id}/renewal`)
    assert.equal(renewed.status, 200, JSON.stringify(renewed.body))
    assert.equal((await read(path)).statusCode, 404)
    assert.equal((await read(new URL(renewed.body['url']).pathname)).statusCode, 200)
    assert.equal((await clinician.asks('POST', `/api/fhir/calendar-feeds/${id}/renewal`)).status, 404)
    const other = await withPasskey(world, 'Ola Berg', ['clinician'])
    const theirs = `/api/fhir/calendar-feeds/${renewed.body['id']}`
    for (const deed of ['renewal', 'end'])
      assert.equal((await world.ask('POST', `${theirs}/${deed}`, {}, { cookie: other.cookie })).status, 404, deed)
    assert.equal((await read(new URL(renewed.body['url']).pathname)).statusCode, 200)
  })

  test('an administrator sees whose are open, without the address, and ends one', async () => {
    const { id, path } = await make()
    const admin = await world.as('practice_admin')
    const { body } = await admin.asks('GET', '/api/fhir/colleagues-calendar-feeds')
    const found = body['feeds'].find((one: { id: string }) => one.id === id)
    assert.ok(found.colleague && /Nguyen/.test(found.clinician), JSON.stringify(found))
    assert.doesNotMatch(JSON.stringify(body), /cal_/)
    const end = (as: Asker) => as.asks('POST', `/api/fhir/colleagues-calendar-feeds/${id}/end`)
    assert.equal((await end(clinician)).status, 403)
    assert.equal((await end(admin)).status, 200)
    assert.equal((await read(path)).statusCode, 404)
    assert.equal((await end(admin)).status, 404)
  })

  test('is not opened without end: the eleventh is refused', async () => {
    const open = async () => (await clinician.asks('GET', '/api/fhir/calendar-feeds')).body['feeds'] as { id: string }[]
    while ((await open()).length < 10) await make()
    const asked = { clinicianId: clinic.nguyen.id, language: 'en' }
    assert.equal((await clinician.asks('POST', '/api/fhir/calendar-feeds', asked)).body['code'], 'too_many')
    for (const { id } of await open()) await clinician.asks('POST', `/api/fhir/calendar-feeds/${id}/end`)
  })

  test('closes when its colleague is no clinician any more', async () => {
    const { path } = await make()
    const role = (endedAt: Temporal.Instant | null) =>
      inOrganization((tx) =>
        tx.updateTable('people.staffRole').set({ endedAt }).where('personId', '=', personId).execute(),
      )
    await role(world.now())
    assert.equal((await read(path)).statusCode, 404)
    await role(null)
    assert.equal((await read(path)).statusCode, 200)
  })

  test('is of one’s own day alone, for as long as it is one’s own', async () => {
    const { path } = await make()
    const other = { clinicianId: clinic.osei.id, language: 'en' }
    assert.equal((await clinician.asks('POST', '/api/fhir/calendar-feeds', other)).status, 404)
    await works(false)
    assert.equal((await read(path)).statusCode, 404)
    await works(true)
    assert.equal((await read(path)).statusCode, 200)
    const left = { endedAt: world.now() }
    await inOrganization((tx) => tx.updateTable('people.person').set(left).where('id', '=', personId).execute())
    assert.equal((await read(path)).statusCode, 404)
  })
})
