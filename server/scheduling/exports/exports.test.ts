import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { openWorld } from '../../testing/world.ts'

const url = '/api/scheduling/exports'
/** A file is answered as text. */
const textOf = (body: unknown) => (typeof body === 'string' ? body : '')

test('the desk takes the visits of some days along as a file; the trail says so, and of whom each row was', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const patientId = await addPatient(world, '=HYPERLINK("http://x")')
  const client = await world.client()
  const wish = { offeringId: clinic.nguyen.office, startsAt: '2026-12-02T15:00:00Z', patientId, language: 'en' }
  assert.equal((await client.asks('POST', '/api/scheduling/appointments', { ...wish, reason: 'Tired' })).status, 200)
  const desk = await world.as('front_desk')
  const { status, headers, body } = await desk.asks('GET', `${url}/visits.csv?from=2026-12-01&until=2026-12-05`)
  assert.equal(status, 200)
  assert.match(String(headers['content-type']), /^text\/csv/)
  assert.match(String(headers['content-disposition']), /attachment; filename="visits.csv"/)
  const [heads, row, ...rest] = textOf(body).split('\r\n')
  assert.match(heads ?? '', /^\uFEFFDay,From,Until,Clinician/)
  assert.match(row ?? '', /^2026-12-02,10:00,10:30,Dr. Lan Nguyen,River Street,Office visit,in_person,/)
  assert.match(row ?? '', /"'=HYPERLINK\(""http:/, 'a name is no formula')
  assert.deepEqual(rest, [''])
  assert.doesNotMatch(textOf(body), /Tired/, 'why they come stays')
  const trail = await world.write((tx) =>
    tx.selectFrom('platform.auditEvent').where('resourceType', 'in', ['Export', 'Appointment']).selectAll().execute(),
  )
  assert.ok(trail.some((event) => event.resourceId === 'visits.csv' && event.action === 'execute'))
  assert.ok(trail.some((event) => event.patientId === patientId && event.action === 'read'))
})

test('in Spanish, of one place, empty lists, too many days, and whoever may not read the list', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const [desk, scheduler, biller] = [
    await world.as('front_desk'),
    await world.as('scheduler'),
    await world.as('biller'),
  ]
  const days = 'from=2026-12-01&until=2026-12-05'
  const spanish = await desk.asks('GET', `${url}/visits.csv?${days}&language=es&placeId=${clinic.places.denver}`)
  assert.match(textOf(spanish.body), /^\uFEFFDía,Desde,Hasta,[^\r]*\r\n$/)
  for (const name of ['calls', 'referrals'])
    assert.equal((await desk.asks('GET', `${url}/${name}.csv`)).status, 200, name)
  for (const name of [`overbooked.csv?${days}`, 'waits.csv'])
    assert.equal((await scheduler.asks('GET', `${url}/${name}`)).status, 200, name)
  const long = await desk.asks('GET', `${url}/visits.csv?from=2026-12-01&until=2027-12-05`)
  assert.deepEqual([long.status, long.body['code']], [422, 'too_many_days'])
  assert.equal((await desk.asks('GET', `${url}/visits.csv?from=2026-12-01`)).status, 400)
  for (const name of [`visits.csv?${days}`, 'calls.csv', 'referrals.csv', `overbooked.csv?${days}`, 'waits.csv'])
    assert.equal((await biller.asks('GET', `${url}/${name}`)).status, 403, name)
  assert.equal((await world.ask('GET', `${url}/calls.csv`)).status, 401)
})
