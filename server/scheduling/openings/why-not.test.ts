import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient, openClinic } from '../../testing/clinic.ts'
import { openWorld } from '../../testing/world.ts'
import { defineVisitType, offerVisit, reindexAll, saveResource, setNeeds } from '../index.ts'

/** Wednesday 2 December 2026, 9:00 in Boston. */
const nine = '2026-12-02T14:00:00Z'

test('one sentence says why a time cannot be had, from the rule that refuses it', async () => {
  await using world = await openWorld()
  const { nguyen, types, places } = await openClinic(world)
  const [ada, kim] = [await addPatient(world, 'Ada'), await addPatient(world, 'Kim', 'Byron', '2020-03-04')]
  const { organizationId } = world
  const offer = (visitTypeId: string, more: object = {}) =>
    world.write(async (tx) => {
      const facts = { practitionerRoleId: nguyen.roleId, visitTypeId, minutes: 30, stepMinutes: 30, ...more }
      const id = await offerVisit(tx, organizationId, facts)
      await reindexAll(tx, organizationId, nguyen.id, world.now())
      return id
    })
  const echo = await world.write(async (tx) => {
    const id = await defineVisitType(tx, organizationId, { code: 'echo', name: { en: 'Echo', es: 'Eco' } })
    await setNeeds(tx, organizationId, id, [{ kind: 'device', features: ['echo'] }])
    return id
  })
  const withMachine = await offer(echo)
  const adults = await offer(types.first, { minAgeYears: 18 })
  const desk = await world.frontDesk()
  const because = async (offeringId: string, startsAt: string, patientId?: string) => {
    const query = new URLSearchParams({ offeringId, startsAt, ...(patientId && { patientId }) }).toString()
    const { status, body } = await desk.asks('GET', `/api/scheduling/why-not?${query}`)
    assert.equal(status, 200, JSON.stringify(body))
    assert.match(body['sentence'], /^[A-Z].*\.$/)
    return body['code'] as string
  }
  assert.equal(await because(nguyen.office, nine), 'free')
  assert.equal(await because(nguyen.office, '2026-12-01T13:00:00Z'), 'in_the_past')
  assert.equal(await because(nguyen.office, '2026-12-01T14:30:00Z'), 'too_soon')
  assert.equal(await because(nguyen.office, '2030-12-02T14:00:00Z'), 'too_far')
  assert.equal(await because(nguyen.office, '2026-12-02T12:00:00Z'), 'outside_hours')
  assert.equal(await because(nguyen.office, '2026-12-02T14:10:00Z'), 'off_grid')
  assert.equal(await because(adults, nine, kim), 'too_young')
  assert.equal(await because(adults, nine, ada), 'free')
  assert.equal(await because(withMachine, nine), 'no_device')
  await world.write((tx) =>
    saveResource(tx, organizationId, {
      kind: 'device',
      name: 'Echo 1',
      locationId: places.boston,
      zone: 'America/New_York',
      features: ['echo'],
    }),
  )
  await world.write((tx) => reindexAll(tx, organizationId, nguyen.id, world.now()))
  assert.equal(await because(withMachine, nine), 'free')
  await desk.asks('POST', '/api/scheduling/blocks', {
    clinicianId: nguyen.id,
    day: '2026-12-03',
    fromMinute: 540,
    untilMinute: 600,
    reason: 'Teaching',
  })
  assert.equal(await because(nguyen.office, '2026-12-03T14:00:00Z'), 'closed')
  const wish = { offeringId: nguyen.office, startsAt: nine, patientId: ada, language: 'en' }
  assert.equal((await desk.asks('POST', '/api/scheduling/appointments', wish)).status, 200)
  assert.equal(await because(nguyen.office, nine), 'taken')
})
