// Rooms, in a real browser: one closes, and its visit waits on a list until it gets another.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StaffRole } from '../../server/platform/actor.ts'
import { reindexAll, saveResource, setNeeds } from '../../server/scheduling/index.ts'
import { addPatient } from '../../server/testing/clinic.ts'
import { withPasskey } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser, type Open } from './browser.ts'

const nine = '2026-12-02T14:00:00Z'

async function signedIn(open: Open, name: string, role: StaffRole, language: 'en' | 'es' = 'en') {
  const { cookie } = await withPasskey(open.world, name, [role])
  const page = await open.page({ locale: `${language}-US` })
  await page.goto('/enrol')
  const [key = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name: key, value, url: new URL(page.url()).origin }])
  return page
}

async function withRoom({ world, clinic }: Open) {
  const { organizationId } = world
  await world.write(async (tx) => {
    const { visitTypeId } = await tx
      .selectFrom('scheduling.offering')
      .where('organizationId', '=', organizationId)
      .where('id', '=', clinic.nguyen.office)
      .select('visitTypeId')
      .executeTakeFirstOrThrow()
    const at = { locationId: clinic.places.boston, zone: 'America/New_York', features: [] }
    await saveResource(tx, organizationId, { kind: 'room', name: 'Room 1', ...at })
    await setNeeds(tx, organizationId, visitTypeId, [{ kind: 'room', features: [] }])
    for (const { id } of [clinic.nguyen, clinic.osei]) await reindexAll(tx, organizationId, id, world.now())
  })
  const desk = await world.frontDesk()
  const wish = {
    offeringId: clinic.nguyen.office,
    startsAt: nine,
    patientId: await addPatient(world, 'Ada'),
    language: 'en',
  }
  assert.equal((await desk.asks('POST', '/api/scheduling/appointments', wish)).status, 200)
}

test('a room closes: its visit waits on the list, another room is added and given in one step, and the first opens again', async () => {
  await using open = await openBrowser()
  await withRoom(open)
  const page = await signedIn(open, 'Ben Ward', 'scheduler')
  await page.goto('/rooms')
  await page.getByRole('heading', { level: 1, name: 'Rooms, devices and interpreters' }).waitFor()
  await page.getByRole('button', { name: 'Close for a time: Room 1' }).click()
  await page.getByLabel('Day', { exact: true }).fill('2026-12-02')
  await page.getByText('1 visit has nowhere to go').waitFor()
  await page.getByRole('button', { name: 'Close it' }).click()
  await page.getByText('Say why it is closed.').waitFor()
  assert.deepEqual(await faultsOf(page), [])
  await page.getByLabel('Why').fill('Water damage')
  await page.getByRole('button', { name: 'Close it' }).click()
  const losing = page.getByRole('region', { name: '1 visit has something that is closed' })
  await losing.getByText('Room 1: no other is free then.').waitFor()

  await page.getByRole('button', { name: 'Add one' }).click()
  await page.getByLabel('Name').fill('Room 2')
  await page.getByLabel('Where').selectOption({ label: 'River Street' })
  await page.getByRole('button', { name: 'Add hours' }).click()
  await page.getByLabel('Weekday').selectOption({ label: 'Wednesday' })
  assert.deepEqual(await faultsOf(page), [])
  await page.getByRole('button', { name: 'Save' }).click()
  await losing.getByRole('button', { name: 'Give it Room 2: Ada Byron' }).click()
  await losing.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /Open again: Room 1/ }).click()
  await page.getByText('Water damage').waitFor({ state: 'detached' })

  assert.deepEqual(open.faults, [])
})
