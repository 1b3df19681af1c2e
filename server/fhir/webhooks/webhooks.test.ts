// Webhooks over HTTP: from a booking to a receiver that checks the signature, through days of failure.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { addPatient, openClinic, type Clinic } from '../../testing/clinic.ts'
import { openWorld, type Asker, type World } from '../../testing/world.ts'

interface Got {
  headers: IncomingHttpHeaders
  body: string
}

describe('webhooks', () => {
  let world: World
  let clinic: Clinic
  let desk: Asker
  let patientId: string
  // Signed in anew each time: days pass here.
  const admin: Pick<Asker, 'asks'> = {
    asks: async (...asked) => (await world.as('practice_admin')).asks(...asked),
  }
  const got: Got[] = []
  let answer: (path: string) => number | undefined = () => 204
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      got.push({ headers: request.headers, body })
      const status = answer(request.url ?? '')
      // Undefined: never answers.
      if (status !== undefined) response.writeHead(status).end()
    })
  })
  let site = ''
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    site = `http://localhost:${(server.address() as AddressInfo).port}`
    world = await openWorld()
    clinic = await openClinic(world)
    desk = await world.client()
    patientId = await addPatient(world, 'Ada')
  })
  after(async () => {
    await world[Symbol.asyncDispose]()
    server.closeAllConnections()
    server.close()
  })
  beforeEach(async () => {
    got.length = 0
    answer = () => 204
    const { webhooks } = (await admin.asks('GET', '/api/fhir/webhooks')).body
    for (const { id } of webhooks) await admin.asks('POST', `/api/fhir/webhooks/${id}/end`)
  })

  const events = ['appointment.booked', 'appointment.moved', 'appointment.cancelled']
  const make = async (path = '/hook') => {
    const { status, body } = await admin.asks('POST', '/api/fhir/webhooks', {
      name: 'CRM',
      url: `${site}${path}`,
      events,
    })
    assert.equal(status, 200, JSON.stringify(body))
    return body as { id: string; secret: string }
  }
  const starts = () =>
    desk.asks('GET', `/api/scheduling/offerings/${clinic.nguyen.office}/openings?from=2027-01-04&days=5`)
  const book = async () => {
    const { body } = await starts()
    const { status, body: booked } = await desk.asks('POST', '/api/scheduling/appointments', {
      offeringId: clinic.nguyen.office,
      startsAt: body['days'][0].openings[0],
      language: 'en',
      patientId,
    })
    assert.equal(status, 200, JSON.stringify(booked))
    return booked['appointment'].id as string
  }
  const cancel = (id: string) =>
    desk.asks('POST', `/api/scheduling/appointments/${id}/cancellation`, { reason: 'other' })
  const send = async () => {
    await world.settle()
    await world.chore('fhir.send-webhooks')
  }
  const later = (duration: Temporal.DurationLike) => world.at(world.now().add(duration))
  const deliveries = async (id: string) =>
    (await admin.asks('GET', `/api/fhir/webhooks/${id}/deliveries`)).body['deliveries'] as Record<string, any>[]
  const isSignedBy = ({ headers, body }: Got, secret: string) => {
    const text = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
    const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
      .update(text)
      .digest('base64')
    return String(headers['webhook-signature']).split(' ').includes(`v1,${mac}`)
  }

  test('tell of a booking and its end, in order, signed, with ids and nothing of the patient', async () => {
    const { id, secret } = await make()
    const appointmentId = await book()
    await cancel(appointmentId)
    await send()
    await send()
    assert.deepEqual(
      got.map(({ body }) => JSON.parse(body)),
      [
        { type: events[0], timestamp: world.now().toString(), data: { appointmentId, version: 1, status: 'booked' } },
        {
          type: events[2],
          timestamp: world.now().toString(),
          data: { appointmentId, version: 2, status: 'cancelled' },
        },
      ],
    )
    for (const one of got) {
      assert.ok(isSignedBy(one, secret))
      assert.equal(Number(one.headers['webhook-timestamp']), Math.floor(world.now().epochMilliseconds / 1000))
      assert.doesNotMatch(one.body, /Ada|Byron|Office/)
    }
    assert.notEqual(got[0]?.headers['webhook-id'], got[1]?.headers['webhook-id'])
    assert.ok((await deliveries(id)).every(({ state }) => state === 'delivered'))
  })

  test('arrive after a receiver answered 500 for a day, once, with the id of the first try', async () => {
    const { id } = await make()
    answer = () => 500
    await book()
    for (let hour = 0; hour < 24; hour++) {
      await send()
      later({ hours: 1 })
    }
    const [failing] = await deliveries(id)
    assert.equal(failing?.['state'], 'waiting')
    assert.equal(failing['cause'], 'status 500')
    assert.ok(failing['tries'] >= 6 && failing['tries'] < 24, String(failing['tries']))
    answer = () => 204
    later({ hours: 6 })
    await send()
    await send()
    const [arrived] = await deliveries(id)
    assert.equal(arrived?.['state'], 'delivered')
    assert.equal(new Set(got.map(({ headers }) => headers['webhook-id'])).size, 1)
    assert.equal(got.length, arrived['tries'])
  })

  test('end by themselves after five days in which nothing arrived, and the administrator sees why', async () => {
    const { id } = await make()
    answer = () => 500
    await book()
    for (let tries = 0; tries < 30; tries++) {
      await send()
      later({ hours: 6 })
    }
    const hook = (await admin.asks('GET', '/api/fhir/webhooks')).body['webhooks'].find(
      (one: { id: string }) => one.id === id,
    )
    assert.equal(hook.endCause, 'failing')
    assert.equal((await deliveries(id))[0]?.['state'], 'given_up')
    const before = got.length
    await book()
    await send()
    assert.equal(got.length, before)
    const again = await admin.asks('POST', `/api/fhir/webhook-deliveries/${(await deliveries(id))[0]?.['id']}/again`)
    assert.equal(again.body['code'], 'webhook_ended')
  })

  test('a later message of a visit waits for the one before it', async () => {
    await make()
    answer = () => 500
    const appointmentId = await book()
    await send()
    await cancel(appointmentId)
    await send()
    assert.equal(got.length, 1)
    answer = () => 204
    later({ minutes: 1 })
    await send()
    await send()
    assert.deepEqual(
      got.map(({ body }) => JSON.parse(body).data.version),
      [1, 1, 2],
    )
  })

  test('a receiver that never answers keeps no other waiting', async () => {
    await make('/never')
    await make('/prompt')
    answer = (path) => (path === '/never' ? undefined : 204)
    const began = performance.now()
    await book()
    await send()
    await book()
    await send()
    assert.equal(got.filter(({ headers }) => headers.host !== undefined).length, 3)
    assert.ok(performance.now() - began < 8000)
  })

  test('can be sent again, under the same id', async () => {
    const { id } = await make()
    await book()
    await send()
    const [first] = await deliveries(id)
    assert.equal((await admin.asks('POST', `/api/fhir/webhook-deliveries/${first?.['id']}/again`)).status, 200)
    await send()
    assert.equal(got.length, 2)
    assert.equal(got[0]?.headers['webhook-id'], got[1]?.headers['webhook-id'])
  })

  test('of some days are sent again, what was lost alone or all, and of other days or an ended webhook none', async () => {
    const { id } = await make()
    await cancel(await book())
    await send()
    await send()
    answer = () => 500
    await book()
    await send()
    const replay = (from: string, until: string, onlyUndelivered: boolean) =>
      admin.asks('POST', `/api/fhir/webhooks/${id}/replay`, { from, until, onlyUndelivered })
    const today = world.now().toZonedDateTimeISO('America/New_York').toPlainDate()
    const [day, next] = [today.toString(), today.add({ days: 1 }).toString()]
    assert.deepEqual((await replay(next, next, false)).body, { sent: 0, more: false })
    assert.equal((await replay(next, day, true)).body['code'], 'days_reversed')
    answer = () => 204
    const ids = () => got.map(({ headers }) => String(headers['webhook-id']))
    const [booked, cancelled, lost] = ids()
    got.length = 0
    assert.deepEqual((await replay(day, day, true)).body, { sent: 1, more: false })
    await send()
    assert.deepEqual(ids(), [lost])
    got.length = 0
    assert.deepEqual((await replay(day, day, false)).body, { sent: 3, more: false })
    await send()
    await send()
    assert.deepEqual(new Set(ids()), new Set([booked, cancelled, lost]))
    await admin.asks('POST', `/api/fhir/webhooks/${id}/end`)
    assert.equal((await replay(day, day, false)).body['code'], 'webhook_ended')
    assert.equal((await desk.asks('POST', `/api/fhir/webhooks/${id}/replay`)).status, 403)
  })

  test('after a rotation are signed with both secrets for a day, then with the new one alone', async () => {
    const { id, secret } = await make()
    const { body } = await admin.asks('POST', `/api/fhir/webhooks/${id}/rotation`)
    await book()
    await send()
    assert.ok(isSignedBy(got[0] as Got, secret) && isSignedBy(got[0] as Got, body['secret']))
    later({ hours: 25 })
    await book()
    await send()
    assert.ok(!isSignedBy(got[1] as Got, secret) && isSignedBy(got[1] as Got, body['secret']))
  })

  test('show their secret once, keep it sealed, and are an administrator’s alone', async () => {
    const { secret } = await make()
    assert.doesNotMatch(JSON.stringify((await admin.asks('GET', '/api/fhir/webhooks')).body), /whsec_/)
    const rows = await world.write((tx) => tx.selectFrom('fhir.webhook').selectAll().execute())
    for (const row of rows) assert.ok(!row.secret.toString('latin1').includes(secret.slice(6)))
    for (const role of ['nurse', 'front_desk'] as const)
      assert.equal((await (await world.as(role)).asks('GET', '/api/fhir/webhooks')).status, 403)
    const inside = { name: 'X', url: 'https://169.254.169.254/latest', events }
    assert.equal((await admin.asks('POST', '/api/fhir/webhooks', inside)).body['code'], 'bad_url')
  })
})
