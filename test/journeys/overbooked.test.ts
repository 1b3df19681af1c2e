// A time that is taken, a patient who cannot wait, and somebody who decides: in a real browser, at the desk and on the report.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { addPatient } from '../../server/testing/clinic.ts'
import { withPassword } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser } from './browser.ts'

test('a scheduler asks why not, overbooks with a reason, sees both visits side by side, and finds it on the report', async () => {
  await using open = await openBrowser()
  const { world, clinic } = open
  const [ada] = [await addPatient(world, 'Ada'), await addPatient(world, 'Ben')]
  const client = await world.client()
  const wish = { offeringId: clinic.nguyen.office, startsAt: '2026-12-03T15:00:00Z', patientId: ada, language: 'en' }
  assert.equal((await client.asks('POST', '/api/scheduling/appointments', wish)).status, 200)
  const { cookie } = await withPassword(world, 'Sol Reyes', ['scheduler'])
  const page = await open.page({ viewport: { width: 1280, height: 800 } })
  await page.goto('/dev/mailbox')
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: new URL(page.url()).origin }])
  await page.goto('/desk?day=2026-12-03')
  const column = page.getByRole('region', { name: 'Dr. Lan Nguyen' })
  await column.getByRole('button', { name: '9:00 AM Free' }).click()
  await page.getByText('Why not this time?').click()
  await page.getByLabel('A time of this day').fill('10:15')
  await page.getByRole('button', { name: 'Say why' }).click()
  await page.getByText(/has another visit then/).waitFor()
  await page.getByRole('button', { name: 'Overbook this time…' }).click()
  await page.getByRole('button', { name: 'Overbook', exact: true }).click()
  await page.getByText('Say why: whoever reads the report was not here.').waitFor()
  await page.getByText('Choose the patient first.').waitFor()
  assert.deepEqual(await faultsOf(page), [])
  await page.getByLabel('Find a patient').fill('byron')
  await page.getByRole('button', { name: /Ben Byron/ }).click()
  await page.getByLabel('In a few words').fill('Fever since Sunday')
  await page.getByRole('button', { name: 'Overbook', exact: true }).click()
  const beside = column.getByRole('button', { name: /10:15 AM Ben Byron Overbooked/ })
  await beside.waitFor()
  const [one, two] = [
    await column.getByRole('button', { name: /10:00 AM Ada Byron/ }).boundingBox(),
    await beside.boundingBox(),
  ]
  assert.ok(one && two && one.x + one.width <= two.x + 1, 'they stand side by side')
  assert.deepEqual(await faultsOf(page), [])
  const [taken] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export' }).click()])
  assert.match(await readFile(await taken.path(), 'utf8'), /2026-12-03,10:15,10:45,Dr. Lan Nguyen.*Ben Byron/)
  await page.goto('/board')
  await page.getByRole('link', { name: /Overbooked visits/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Overbooked visits' }).waitFor()
  await page.getByRole('row', { name: /10:15 AM.*Dr. Lan Nguyen.*Fever since Sunday.*Sol Reyes/ }).waitFor()
  assert.deepEqual(await faultsOf(page), [])
  assert.deepEqual(open.faults, [])
})
