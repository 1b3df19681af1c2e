// A patient who is known once, in a real browser: what they need is said once, and two records of them are one.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { addPatient } from '../../server/testing/clinic.ts'
import { faultsOf, openBrowser } from './browser.ts'

const desk = { viewport: { width: 1280, height: 900 } }

describe('a patient is known once', { concurrency: 1 }, () => {
  test('what helps at a visit is pressed once while booking and stands on the desk’s day, panel and record; their two records are made one', async () => {
    await using open = await openBrowser()
    const { world, clinic } = open
    await addPatient(world, 'Ada')
    const page = await open.page()
    await page.goto(`/book?offering=${clinic.nguyen.office}&at=2026-12-02T14:00:00Z`)
    await page.getByLabel('First name').fill('Rosa')
    await page.getByLabel('Last name').fill('Wheeler')
    await page.getByLabel('Month').fill('5')
    await page.getByLabel('Day').fill('5')
    await page.getByLabel('Year').fill('1950')
    await page.getByLabel('No, first time').check()
    await page.getByLabel('I only have a landline').check()
    await page.getByLabel('Landline phone').fill('617 555 2001')
    await page.getByText('Access, an interpreter or more time?').click()
    await page.getByLabel('Wheelchair access').check()
    await page.getByLabel('Large print').check()
    await page.getByLabel('Interpreter', { exact: true }).selectOption('es')
    assert.deepEqual(await faultsOf(page), [])
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('Wheelchair access · Large print · Interpreter: Spanish').waitFor()
    await page.getByRole('button', { name: 'Book this visit' }).click()
    await page.getByRole('heading', { name: /booked/i }).waitFor()

    const rui = await world.frontDesk()
    const [name = '', value = ''] = (rui.headers['cookie'] ?? '').split('=')
    const staff = await open.page(desk)
    await staff.goto('/dev/mailbox')
    await staff.context().addCookies([{ name, value, url: new URL(staff.url()).origin }])
    await staff.goto('/desk?day=2026-12-02')
    const visit = staff.getByRole('button', { name: /Rosa Wheeler/ })
    await visit.getByText('Wheelchair access').waitFor()
    await visit.click()
    await staff.getByRole('list', { name: 'Needs at a visit' }).getByText('Interpreter: Spanish').waitFor()
    await staff.keyboard.press('r')
    await staff.getByRole('button', { name: 'Change what they need' }).click()
    await staff.getByLabel('More time').check()
    await staff.getByRole('button', { name: 'Save' }).click()
    await staff.getByRole('list', { name: 'Needs at a visit' }).getByText('More time').waitFor()
    assert.deepEqual(await faultsOf(staff), [])

    // The same Rosa came another time under a slip of the pen: the desk sees why, by keyboard makes the two one, and undoes it.
    const guest = {
      person: { givenName: 'Rosa', familyName: 'Weeler', bornOn: '1950-05-05', language: 'en' },
      contact: { landline: '617 555 2001' },
    }
    const again = { offeringId: clinic.osei.office, startsAt: '2026-12-03T15:00:00Z', language: 'en', guest }
    assert.equal((await world.ask('POST', '/api/scheduling/appointments', again)).status, 200)
    await staff.goto('/same-person')
    await staff.getByRole('heading', { name: '1 pair' }).waitFor()
    await staff.getByText('nearly the same').first().waitFor()
    assert.deepEqual(await faultsOf(staff), [])
    await staff.keyboard.press('s')
    await staff.keyboard.press('Enter')
    await staff.getByText('Say how you know that it is one person').waitFor()
    await staff.keyboard.type('Called, same address')
    assert.deepEqual(await faultsOf(staff), [])
    await staff.keyboard.press('Enter')
    await staff.getByText('Nobody is waiting').waitFor()
    await staff.getByText('Called, same address').waitFor()
    await staff.goto('/desk?day=2026-12-03')
    await staff.getByRole('button', { name: /Rosa Wheeler/ }).click()
    await staff.keyboard.press('r')
    await staff.getByRole('region', { name: 'Visits' }).getByText('Dr. Lan Nguyen').waitFor()
    await staff.getByRole('region', { name: 'Visits' }).getByText('Dr. Omar Osei').waitFor()
    await staff.goto('/same-person')
    await staff.getByRole('button', { name: 'Undo: Rosa Weeler' }).click()
    await staff.getByLabel('Why are these two people?').fill('Mother and daughter')
    await staff.getByRole('button', { name: 'Undo the merge' }).click()
    await staff.getByRole('heading', { name: '1 pair' }).waitFor()
    await staff.getByText('Mother and daughter').waitFor()
    await staff.setViewportSize({ width: 360, height: 740 })
    assert.deepEqual(await faultsOf(staff), [])
    await staff.setViewportSize(desk.viewport)
    await staff.keyboard.press('d')
    await staff.getByText('Nobody is waiting').waitFor()
    assert.deepEqual(open.faults, [])
  })
})
