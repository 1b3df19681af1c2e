// The desk in a real browser: parents who ask to act for a child, records that are closed to who does not care for them, and no network.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { addPatient } from '../../server/testing/clinic.ts'
import { appCode, goodPassword, withCode, withPassword } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser, tabTo, type Open } from './browser.ts'

const desk = { viewport: { width: 1280, height: 800 } }

/** A browser in which somebody is signed in who signed in elsewhere. */
async function signedIn(open: Open, cookie: string, options: object = desk): Promise<Page> {
  const page = await open.page(options)
  await page.goto('/dev/mailbox')
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: new URL(page.url()).origin }])
  return page
}

describe('the desk', { concurrency: 2 }, () => {
  test('a parent asks for a child; the front desk sees the papers, by keyboard, and gives it; the parent may act', async () => {
    await using open = await openBrowser()
    const { world } = open
    const { cookie: parent } = await withCode(world, 'pat@example.org')
    await addPatient(world, 'Kim')
    const child = { givenName: 'Kim', familyName: 'Byron', bornOn: '1980-05-17', language: 'en' }
    const asks = (method: 'GET' | 'POST', url: string, body?: object) =>
      world.ask(method, url, body, { cookie: parent })
    const asked = await asks('POST', '/api/people/proxy-requests', { name: 'Pat Byron', basis: 'guardian', child })
    assert.equal(asked.status, 200, JSON.stringify(asked.body))
    const rui = await withPassword(world, 'Rui Costa', ['front_desk'])
    const page = await signedIn(open, rui.cookie)
    await page.goto('/desk')
    const waiting = page.getByRole('button', { name: '1 asks to act for a child' })
    await tabTo(page, waiting)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Asked to act for a child' }).waitFor()
    assert.deepEqual(await faultsOf(page), [])
    await page.getByRole('button', { name: 'Let them act for the child' }).click()
    await page.getByRole('alert').getByText('Say which paper you saw').waitFor()
    await page.getByLabel('Which paper did you see?').fill('Court paper of 3 May')
    await page.getByRole('button', { name: 'Let them act for the child' }).click()
    await page.getByText('Nobody asks.').waitFor()
    assert.deepEqual(open.faults, [])
  })

  test('a nurse who does not care for a patient is asked why, sees nothing before, and is told that it is reviewed', async () => {
    await using open = await openBrowser()
    const { world } = open
    const ada = await addPatient(world, 'Ada')
    const nia = await withPassword(world, 'Nia Cole', ['nurse'])
    const page = await signedIn(open, nia.cookie)
    await page.goto('/desk')
    await page.getByLabel('Find a patient').fill('byron')
    await page.getByRole('button', { name: /Ada Byron/ }).click()
    await page.getByRole('heading', { name: 'This record is closed to you' }).waitFor()
    assert.deepEqual(await faultsOf(page), [])
    await page.getByRole('button', { name: 'Open it for an hour' }).click()
    await page.getByRole('alert').getByText('Choose a reason').waitFor()
    await page.getByLabel('The patient called').check()
    await page.getByLabel('In a few words').fill('She called about her blood test')
    // Longer than a proof carries: it is asked for again, and what was typed stays.
    world.at(world.now().add({ minutes: 6 }))
    await page.getByRole('button', { name: 'Open it for an hour' }).click()
    const again = page.getByRole('dialog')
    await again.getByLabel('Password').fill(goodPassword)
    await again.getByLabel('Six digits from your app').fill(appCode(world, nia.secret))
    await again.getByRole('button', { name: 'Continue', exact: true }).click()
    await page.getByText('Every look is marked, and reviewed').waitFor()
    await page.getByRole('heading', { name: 'Ada Byron' }).waitFor()
    assert.deepEqual(await faultsOf(page), [])
    const officer = await world.as('auditor')
    const { body } = await officer.asks('GET', '/api/people/break-glass')
    assert.deepEqual([body['broken'][0].patientId, body['broken'][0].reason], [ada, 'called_by_patient'])
  })

  test('without a network the day stays, a booking keeps what was typed, and goes on when the network is back', async () => {
    await using open = await openBrowser()
    const { world } = open
    await addPatient(world, 'Ada')
    const rui = await withPassword(world, 'Rui Costa', ['front_desk'])
    const page = await signedIn(open, rui.cookie)
    await page.goto('/desk?day=2026-12-03')
    const column = page.getByRole('region', { name: 'Dr. Lan Nguyen' })
    await column.getByRole('button', { name: '9:00 AM Free' }).click()
    await page.getByLabel('Find a patient').fill('byron')
    await page.getByRole('button', { name: /Ada Byron/ }).click()
    await page.context().setOffline(true)
    await page.getByText('You are offline').waitFor()
    await page.getByRole('button', { name: /^Book/ }).click()
    await page.getByText(/could not reach the clinic/).waitFor()
    await column.getByRole('button', { name: '9:00 AM Free' }).waitFor()
    await page.context().setOffline(false)
    await page.getByText('You are offline').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: /^Book/ }).click()
    await column.getByRole('button', { name: /9:00 AM Ada Byron/ }).waitFor()
  })
})
