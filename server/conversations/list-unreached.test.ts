import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic } from '../testing/clinic.ts'
import { openWorld } from '../testing/world.ts'

test('a visit whose every message failed waits for a call, until one gets out or the visit is over', async () => {
  await using world = await openWorld()
  const clinic = await openClinic(world)
  const patientId = await addPatient(world, 'Ada')
  const client = await world.client()
  const desk = await world.frontDesk()
  const { body } = await client.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: '2026-12-03T14:00:00Z',
    patientId,
    language: 'en',
  })
  const { id } = body['appointment']
  await world.settle()
  const unreached = async () =>
    (await desk.asks('GET', '/api/conversations/unreached')).body['visits'] as Record<string, any>[]
  assert.deepEqual(await unreached(), [], 'the message got out')
  const become = (status: 'failed' | 'sent', cause: string | null) =>
    world.write((tx) =>
      tx.updateTable('conversations.message').set({ status, cause }).where('appointmentId', '=', id).execute(),
    )
  await become('failed', 'no such mailbox')
  const [visit] = await unreached()
  assert.deepEqual(
    [visit?.['appointmentId'], visit?.['patient'].name, visit?.['cause']],
    [id, 'Ada Byron', 'no such mailbox'],
  )
  await become('sent', null)
  assert.deepEqual(await unreached(), [])
  await become('failed', 'no such mailbox')
  world.at('2026-12-03T15:00:00Z')
  const later = await (await world.frontDesk()).asks('GET', '/api/conversations/unreached')
  assert.deepEqual(later.body['visits'], [], 'it is over')
  assert.equal((await client.asks('GET', '/api/conversations/unreached')).status, 403)
})
