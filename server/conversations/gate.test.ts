/** What patients are told goes through the gate: a carrier that has not signed learns of nobody's visit. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endVendor, enterVendor, listVendors, signAgreement } from '../partners/index.ts'
import { system } from '../platform/actor.ts'
import { verifyTrail } from '../platform/verify-trail.ts'
import { sealNext } from '../platform/seal.ts'
import { addPatient, openClinic } from '../testing/clinic.ts'
import { openWorld, type World } from '../testing/world.ts'

/** What only the clinic, the patient and an allowed carrier may know of a visit. */
const secrets = /Ada|Byron|Nguyen|River Street|02110|Dec|dic|9:00|2026-12|visit|cita|Visit [\w.-]+/

const officer = (world: World) => system(world.organizationId, 'test')

const endOwn = (world: World) =>
  world.write(async (tx) => {
    for (const { id } of await listVendors(tx, world.organizationId))
      await endVendor(tx, officer(world), world.now(), id)
  })

/** Books for Ada and gives all that was said of it. */
async function told(world: World, startsAt: string, phone = false, language = 'en') {
  const clinic = await openClinic(world)
  const ada = await addPatient(world, 'Ada')
  if (phone)
    await world.write(async (tx) => {
      await tx.deleteFrom('people.patientContact').where('patientId', '=', ada).execute()
      await tx
        .insertInto('people.patientContact')
        .values({ organizationId: world.organizationId, patientId: ada, kind: 'phone', value: '+16175550123' })
        .execute()
    })
  const client = await world.client()
  const { body } = await client.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt,
    patientId: ada,
    language,
  })
  await world.settle()
  const messages = await world.write((tx) => tx.selectFrom('conversations.localMailbox').selectAll().execute())
  const disclosures = await world.write((tx) => tx.selectFrom('partners.disclosure').selectAll().execute())
  return {
    ada,
    messages,
    disclosures,
    appointmentId: String(body['appointment']?.id),
    client,
    all: JSON.stringify(messages),
  }
}

const nine = '2026-12-02T14:00:00Z'

test('with mail of its own the clinic tells when and where the visit is, and the telling is written down', async () => {
  await using world = await openWorld()
  const { messages, disclosures, ada } = await told(world, nine)
  assert.match(messages[0]?.text ?? '', /Nguyen/)
  assert.match(messages[0]?.calendar ?? '', /BEGIN:VEVENT/)
  assert.deepEqual(
    disclosures.map(({ patientId, channel, dataClass, carried, because }) => [
      patientId,
      channel,
      dataClass,
      carried,
      because,
    ]),
    [[ada, 'email', 'visit', 'whole', null]],
  )
})

for (const language of ['en', 'es'])
  for (const phone of [false, true])
    test(`a carrier that has not signed carries only ‘sign in to read it’ (${phone ? 'text' : 'email'}, ${language})`, async () => {
      await using world = await openWorld()
      await endOwn(world)
      const { messages, disclosures, ada, appointmentId, client } = await told(world, nine, phone, language)
      assert.equal(messages.length, 1)
      const [message] = messages
      const said = [message?.subject, message?.text, message?.html?.replace(/<style>[\s\S]*<\/style>/, '')].join('\n')
      assert.match(
        said,
        language === 'en' ? /You have a message from River Clinic/ : /Tiene un mensaje de River Clinic/,
      )
      assert.match(said, /http:\/\/localhost:8080\/sign-in/)
      assert.doesNotMatch(said.replaceAll('River Clinic', ''), secrets)
      assert.equal(message?.calendar, null)
      assert.deepEqual(
        disclosures.map(({ patientId, carried, because }) => [patientId, carried, because]),
        [[ada, 'reduced', 'no_vendor']],
      )
      const { body } = await client.asks('GET', `/api/conversations/visits/${appointmentId}/messages`)
      assert.deepEqual([body['messages'][0].status, body['messages'][0].cause], ['sent', 'reduced'])
      const trail = await world.write((tx) =>
        tx.selectFrom('platform.auditEvent').where('patientId', '=', ada).select('fields').execute(),
      )
      assert.ok(trail.some(({ fields }) => fields.join() === 'gate,reduced,no_vendor'))
    })

test('a carrier that has signed tells, until the day its agreement is over', async () => {
  await using world = await openWorld()
  await endOwn(world)
  await world.write(async (tx) => {
    const vendor = { service: 'mail', name: 'Post & Co', kind: 'outside' } as const
    await signAgreement(tx, officer(world), world.now(), {
      vendorId: await enterVendor(tx, officer(world), world.now(), vendor),
      dataClasses: ['visit'],
      validFrom: world.now(),
      validUntil: Temporal.Instant.from('2026-12-03T00:00:00Z'),
      signedBy: 'Dr. Lan Nguyen',
      evidence: 'cabinet 4',
    })
  })
  const { messages, appointmentId, client } = await told(world, '2026-12-04T14:00:00Z')
  assert.match(messages[0]?.text ?? '', /Nguyen/)
  world.at('2026-12-03T00:00:00Z')
  const { status } = await client.asks('POST', `/api/scheduling/appointments/${appointmentId}/cancellation`, {
    reason: 'other',
  })
  assert.ok(status === 200, String(status))
  await world.settle()
  const later = await world.write((tx) =>
    tx.selectFrom('conversations.localMailbox').select('text').orderBy('storedAt', 'desc').executeTakeFirst(),
  )
  assert.doesNotMatch(later?.text ?? 'Ada', secrets)
  await sealNext(world, world.organizationId)
  assert.equal((await verifyTrail(world, world.organizationId)).broken, undefined)
})
