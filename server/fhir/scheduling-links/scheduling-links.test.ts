// SMART Scheduling Links, over HTTP: each rule of its specification that a reader of the files relies on.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openClinic, type Clinic } from '../../testing/clinic.ts'
import { openWorld, type World } from '../../testing/world.ts'

const registry = 'http://fhir-registry.smarthealthit.org/StructureDefinition'

describe('the published openings', () => {
  let world: World
  let clinic: Clinic
  before(async () => {
    world = await openWorld()
    clinic = await openClinic(world)
    const boston = { addressLines: ['12 River Street'], phone: '+16175550100' }
    await world.write(async (tx) => {
      await tx.updateTable('directory.location').set(boston).where('city', '=', 'Boston').execute()
      await tx.updateTable('directory.location').set({ addressLines: [] }).where('city', '<>', 'Boston').execute()
    })
  })
  after(() => world[Symbol.asyncDispose]())

  const manifest = async () => (await world.ask('GET', '/scheduling-links/$bulk-publish')).body
  // By the app itself: NDJSON is not one JSON document.
  const file = (url: string, headers: Record<string, string> = {}) =>
    world.app.inject({ method: 'GET', url: new URL(url, 'http://localhost').pathname, headers })
  const lines = async (url: string) => {
    const { statusCode, body, headers } = await file(url)
    assert.equal(statusCode, 200)
    assert.match(String(headers['content-type']), /^application\/fhir\+ndjson/)
    return body
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, any>)
  }
  const all = async (type: string) => {
    const { output } = await manifest()
    const files = output.filter((one: { type: string }) => one.type === type)
    return (await Promise.all(files.map(({ url }: { url: string }) => lines(url)))).flat()
  }
  const publish = () => world.chore('fhir.publish-openings')

  test('are not there before they were first made, and say when to come back', async () => {
    const { status, headers } = await world.ask('GET', '/scheduling-links/$bulk-publish')
    assert.equal(status, 404)
    assert.equal(headers['retry-after'], '60')
    await publish()
  })

  test('have a manifest that names itself, its time, and files with their states', async () => {
    const { transactionTime, request, output } = await manifest()
    assert.equal(transactionTime, '2026-12-01T14:00:00.000Z')
    assert.equal(request, 'http://localhost:8080/scheduling-links/$bulk-publish')
    assert.deepEqual(
      [...new Set(output.map((one: { type: string }) => one.type as string))],
      ['Location', 'Schedule', 'Slot'],
    )
    const slots = output.filter((one: { type: string }) => one.type === 'Slot')
    assert.ok(slots.length > 30 && slots.length <= 62, `${slots.length} days`)
    for (const one of slots) assert.ok(one.extension === undefined || one.extension.state.includes('MA'))
  })

  test('name places with a whole address only, and how to reach them', async () => {
    const places = await all('Location')
    assert.equal(places.length, 1)
    const [place] = places
    assert.deepEqual(place?.['address'], {
      line: ['12 River Street'],
      city: 'Boston',
      state: 'MA',
      postalCode: '02110',
    })
    assert.deepEqual(place?.['telecom'], [
      { system: 'phone', value: '+16175550100' },
      { system: 'url', value: 'http://localhost:8080' },
    ])
    assert.ok(place?.['identifier'][0].system && place['identifier'][0].value)
  })

  test('refer from each slot to a schedule, and from each schedule to a place, of the same set', async () => {
    const [places, schedules, slots] = await Promise.all([all('Location'), all('Schedule'), all('Slot')])
    const ids = (of: Record<string, any>[]) => new Set(of.map((one) => `${one['resourceType']}/${one['id']}`))
    for (const one of schedules) {
      assert.ok(ids(places).has(one['actor'][0].reference))
      assert.ok(one['serviceType'][0].coding[0].code)
    }
    const known = ids(schedules)
    assert.ok(slots.length > 100)
    assert.equal(ids(slots).size, slots.length)
    for (const slot of slots) {
      assert.ok(known.has(slot['schedule'].reference))
      assert.match(slot['id'], /^[A-Za-z0-9.-]{1,64}$/)
      assert.equal(slot['status'], 'free')
      for (const time of [slot['start'], slot['end']])
        assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/)
      assert.ok(slot['start'] < slot['end'])
    }
  })

  test('link each slot to our booking page at that very start, and give the phone', async () => {
    const slot = (await all('Slot')).find((one) => one['id'].startsWith(clinic.nguyen.office))
    const value = (name: string) =>
      slot?.['extension'].find((one: { url: string }) => one.url === `${registry}/${name}`)
    const link = new URL(value('booking-deep-link').valueUrl)
    assert.equal(link.pathname, '/book')
    assert.equal(link.searchParams.get('offering'), clinic.nguyen.office)
    assert.equal(Date.parse(link.searchParams.get('at') ?? ''), Date.parse(slot?.['start']))
    assert.equal(value('booking-phone').valueString, '+16175550100')
    assert.equal(value('slot-capacity').valueInteger, 1)
  })

  test('say nothing that cannot be booked: no taken start, none too soon, none of who stopped', async () => {
    const desk = await world.client()
    const before = (await all('Slot')).filter((one) => one['id'].startsWith(clinic.nguyen.office))
    const taken = before[5]
    const held = await desk.asks('POST', '/api/scheduling/holds', {
      offeringId: clinic.nguyen.office,
      startsAt: new Date(taken?.['start']).toISOString(),
    })
    assert.equal(held.status, 200, JSON.stringify(held.body))
    await world.write((tx) =>
      tx
        .updateTable('scheduling.offering')
        .set({ minNoticeMinutes: 3 * 1440 })
        .where('id', '=', clinic.nguyen.office)
        .execute(),
    )
    await publish()
    const now = (await all('Slot')).filter((one) => one['id'].startsWith(clinic.nguyen.office))
    assert.ok(now.length > 0 && !now.some(({ id }) => id === taken?.['id']))
    for (const { start } of now) assert.ok(Date.parse(start) > Date.parse('2026-12-04T14:00:00Z'), start)
    await world.write((tx) =>
      tx.updateTable('scheduling.offering').set({ active: false }).where('id', '=', clinic.nguyen.office).execute(),
    )
    await publish()
    assert.ok(!(await all('Slot')).some(({ id }) => id.startsWith(clinic.nguyen.office)))
  })

  test('are kept by whoever read them: the same file is not sent twice, and stays the same until it changes', async () => {
    const { output } = await manifest()
    const { url } = output.at(-1)
    const first = await file(url)
    assert.match(String(first.headers['cache-control']), /^public, max-age=\d+$/)
    world.at('2026-12-01T14:05:00Z')
    await publish()
    const again = await file(url, { 'if-none-match': String(first.headers['etag']) })
    assert.equal(again.statusCode, 304)
    assert.equal(again.body, '')
    assert.equal((await manifest())['transactionTime'], '2026-12-01T14:05:00.000Z')
    const packed = await file(url, { 'accept-encoding': 'gzip' })
    assert.equal(packed.headers['content-encoding'], 'gzip')
  })

  test('have no other files, and are the same for everybody who asks', async () => {
    for (const file of ['nothing.ndjson', 'slots-2020-01-01.ndjson', 'locations', '%00.ndjson'])
      assert.ok([400, 404].includes((await world.ask('GET', `/scheduling-links/${file}`)).status), file)
    const nurse = await world.as('nurse')
    assert.deepEqual((await nurse.asks('GET', '/scheduling-links/$bulk-publish')).body, await manifest())
  })
})
