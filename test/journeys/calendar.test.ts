// A clinician's calendar address and its end, in a real browser: shown once, renewed, ended by the clinician or an administrator.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StaffRole } from '../../server/platform/actor.ts'
import { withPasskey } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser, tabTo, type Open } from './browser.ts'

async function signedIn(open: Open, name: string, role: StaffRole, options: object = {}) {
  const { id, cookie } = await withPasskey(open.world, name, [role])
  const page = await open.page(options)
  await page.goto('/dev/mailbox')
  const [key = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name: key, value, url: new URL(page.url()).origin }])
  return { id, page }
}

test('a clinician makes, copies, renews and ends a calendar address by keyboard; an administrator ends another', async () => {
  await using open = await openBrowser()
  const { world, clinic } = open
  const { id, page } = await signedIn(open, 'Lan Nguyen', 'clinician', { permissions: ['clipboard-write'] })
  const opens = async (url: string) => (await page.request.get(new URL(url).pathname)).status()
  const shown = page.getByLabel('Calendar address')
  await page.goto('/my-calendar')
  await page.getByRole('heading', { name: 'No clinician’s days are yours' }).waitFor()
  const works = { personId: id, clinicianId: clinic.nguyen.id, held: true }
  await (await world.as('practice_admin')).asks('POST', '/api/scheduling/works-with', works)
  await page.reload()
  await page.getByText('No name of a patient, no reason, no kind of visit.').waitFor()
  await tabTo(page, page.getByRole('button', { name: 'Make an address' }))
  await page.keyboard.press('Enter')
  await shown.waitFor()
  const first = await shown.inputValue()
  assert.equal(await opens(first), 200)
  await tabTo(page, page.getByRole('button', { name: 'Copy the address' }))
  await page.keyboard.press('Enter')
  await page.getByText('Copied', { exact: true }).waitFor()
  assert.deepEqual(await faultsOf(page), [])
  await page.reload()
  await page.getByRole('heading', { name: 'Addresses that are open' }).waitFor()
  assert.doesNotMatch(await page.content(), /cal_/, 'shown once')
  await tabTo(page, page.getByRole('button', { name: /^Renew it/ }))
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Make a new address' }).click()
  await shown.waitFor()
  const second = await shown.inputValue()
  assert.deepEqual([await opens(first), await opens(second)], [404, 200])
  await page
    .getByRole('button', { name: /^End it/ })
    .first()
    .click()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  assert.equal(await opens(second), 200, 'a hurried Enter ends nothing')
  await page
    .getByRole('button', { name: /^End it/ })
    .first()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
  await page.getByRole('heading', { name: 'Addresses that are open' }).waitFor({ state: 'detached' })
  assert.equal(await opens(second), 404)
  assert.equal(await shown.count(), 0, 'what is over is not shown to be copied')
  await page.getByRole('button', { name: 'Make an address' }).click()
  await shown.waitFor()
  const third = await shown.inputValue()

  const wide = { locale: 'es-US', viewport: { width: 1280, height: 800 } }
  const { page: admin } = await signedIn(open, 'Nia Cole', 'practice_admin', wide)
  await admin.goto('/staff/calendars')
  await admin.getByRole('heading', { name: 'Lan Nguyen' }).waitFor()
  assert.doesNotMatch(await admin.content(), /cal_/)
  assert.deepEqual(await faultsOf(admin, 'es'), [])
  await admin.getByRole('button', { name: /^Terminar/ }).click()
  await admin
    .getByRole('dialog')
    .getByRole('button', { name: /^Terminar/ })
    .click()
  await admin.getByText('No hay direcciones de calendario abiertas').waitFor()
  assert.equal(await opens(third), 404)
  await admin.goto('/my-calendar')
  await admin.getByRole('heading', { name: 'Esta página no es parte de su trabajo' }).waitFor()
  assert.deepEqual(open.faults, [])
})
