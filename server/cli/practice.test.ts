/** A practice copy: it messages nobody whatever is configured, and people move its clock. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { practise } from './practice.ts'
import { enterVendor, listVendors, endVendor, signAgreement } from '../partners/index.ts'
import { system } from '../platform/actor.ts'
import { practiceClock } from '../platform/clock.ts'
import { readPracticeConfig } from '../platform/config.ts'
import { addPatient, openClinic } from '../testing/clinic.ts'
import { openWorld, type World } from '../testing/world.ts'

const clockAddress = '/api/people/practice/clock'

/** A real relay on this machine, which counts who knocks. */
async function openRelay() {
  const seen = { connections: 0 }
  const relay = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onConnect: (_session, done) => {
      seen.connections++
      done()
    },
    onData: (stream, _session, done) => void stream.resume().on('end', done),
  })
  const listening = relay.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  return { seen, url: `smtp://127.0.0.1:${port}`, close: () => new Promise<void>((done) => relay.close(done)) }
}

/** An outside carrier with a signed agreement: enough for any other copy to send. */
async function signWithCarrier(world: World) {
  const actor = system(world.organizationId, 'test')
  const now = world.now()
  await world.write(async (tx) => {
    for (const { id } of await listVendors(tx, world.organizationId)) await endVendor(tx, actor, now, id)
    const vendorId = await enterVendor(tx, actor, now, { service: 'mail', kind: 'outside', name: 'Carrier' })
    await signAgreement(tx, actor, now, {
      vendorId,
      dataClasses: ['visit'],
      validFrom: now,
      validUntil: now.add({ hours: 9000 }),
      signedBy: 'Ada',
      evidence: 'drawer 3',
    })
  })
}

async function bookForAda(world: World) {
  const clinic = await openClinic(world)
  const patientId = await addPatient(world, 'Ada')
  const client = await world.client()
  const { status } = await client.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: '2026-12-02T14:00:00Z',
    patientId,
    language: 'en',
  })
  assert.equal(status, 200)
  await world.settle()
}

test('with a relay configured and a carrier that has signed, no letter and no webhook arrives; the mailbox has it, less what a carrier would learn', async (t) => {
  const relay = await openRelay()
  t.after(() => relay.close())
  await using world = await openWorld({ practice: { smtpUrl: relay.url } })
  await signWithCarrier(world)
  const admin = await world.as('practice_admin')
  const url = relay.url.replace('smtp:', 'http:')
  const hook = await admin.asks('POST', '/api/fhir/webhooks', { name: 'X', url, events: ['appointment.booked'] })
  assert.equal(hook.status, 200)
  await bookForAda(world)
  await world.chore('fhir.send-webhooks')
  const tries = await admin.asks('GET', `/api/fhir/webhooks/${String(hook.body['id'])}/deliveries`)
  assert.equal(tries.body['deliveries'][0].cause, 'practice copy')
  const [kept] = await world.write((tx) => tx.selectFrom('conversations.localMailbox').selectAll().execute())
  assert.ok(kept, 'it is kept here')
  assert.doesNotMatch(kept.text, /Nguyen/, 'the gate knows no outside vendor')
  assert.equal(relay.seen.connections, 0)

  const told = await world.write((tx) =>
    tx.selectFrom('partners.disclosure').select(['vendorId', 'carried', 'because']).execute(),
  )
  assert.deepEqual(told, [{ vendorId: null, carried: 'reduced', because: 'no_vendor' }])
})

test('the clock goes forward for everybody, by minutes or to a time on the wall; no other copy has the address', async () => {
  await using world = await openWorld({ practice: {} })
  const clinic = await world.ask('GET', '/api/people/clinic')
  assert.equal(clinic.body['practice'], true)
  const moved = await world.ask('POST', clockAddress, { minutes: 90 })
  assert.equal(moved.body['now'], '2026-12-01T15:30:00Z')
  assert.equal(moved.headers['date'], 'Tue, 01 Dec 2026 14:00:00 GMT', 'a reply says when it was asked')
  const set = await world.ask('POST', clockAddress, { wall: '2027-01-04T09:00' })
  assert.equal(set.body['now'], '2027-01-04T14:00:00Z', 'nine in Boston')
  assert.equal((await world.ask('GET', '/healthz')).headers['date'], 'Mon, 04 Jan 2027 14:00:00 GMT')
  assert.equal((await world.ask('POST', clockAddress, { wall: '2027-02-30T09:00' })).body['code'], 'no_such_time')

  await using real = await openWorld()
  assert.equal((await real.ask('GET', '/api/people/clinic')).body['practice'], false)
  assert.equal((await real.ask('POST', clockAddress, { minutes: 90 })).status, 404)
})

test('commands and every process of the copy go by one clock, which never goes back', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'attend-practice-'))
  t.after(() => rmSync(dataDir, { recursive: true, force: true }))
  const [one, other] = [practiceClock(dataDir), practiceClock(dataDir)]
  const tomorrow = one.now().add({ hours: 24 })
  one.practice.moveTo(tomorrow)
  assert.ok(Temporal.Instant.compare(other.now(), tomorrow) >= 0)
  assert.throws(() => other.practice.moveTo(tomorrow.subtract({ hours: 1 })), { code: 'clock_backwards' })
  await assert.rejects(practise(['advance', 'soon'], { fresh: false }), /30m, 4h, 7d/)
  await assert.rejects(practise(['set', 'tomorrow'], { fresh: false }), /2027-01-04T09:00/)
})

test('the real database, relay, keys and secret do not reach the copy, whatever is set', () => {
  const config = readPracticeConfig({
    ATTEND_MODE: 'production',
    ATTEND_DATA: '/srv/attend',
    DATABASE_URL: 'postgres://real.example/attend',
    SMTP_URL: 'smtp://real.example',
    ATTEND_SECRET: 'q9Xv2LrT8sWk4ZpB7nMc1HdJ6yGf3RaE',
    ATTEND_KEY_FILE: '/srv/keys.json',
    ATTEND_KMS_KEY: 'arn:aws:kms:us-east-1:1:key/1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    ATTEND_HEADS_FOLDER: '/srv/heads',
    PUBLIC_URL: 'https://care.example.org',
  })
  const { production, databaseUrl, smtpUrl, secret, kms, headsFolder, dataDir, keyFile, publicUrl } = config
  assert.deepEqual(
    { production, databaseUrl, smtpUrl, secret, kms, headsFolder },
    {
      production: false,
      databaseUrl: undefined,
      smtpUrl: undefined,
      secret: undefined,
      kms: undefined,
      headsFolder: undefined,
    },
  )
  assert.equal(dataDir, join('/srv/attend', 'practice'))
  assert.equal(keyFile, join(dataDir, 'keys.json'))
  assert.equal(publicUrl, 'http://localhost:8090')
})
