// The pages, as a patient and the front desk use them, in a real browser on the real server.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { addPatient } from '../../server/testing/clinic.ts'
import type { World } from '../../server/testing/world.ts'
import { accessFaults, openBrowser, overflows } from './browser.ts'

/** The README's pictures are made here; only when asked, so that a test run leaves the tree as it was. */
const pictures = process.env['ATTEND_PICTURES'] === '1' ? join(import.meta.dirname, '../../docs/pictures') : undefined
async function picture(page: Page, name: string) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) })
}

async function newestCode(world: World): Promise<string> {
  for (let tries = 0; tries < 50; tries++) {
    await world.settle()
    const { body } = await world.ask('GET', '/api/conversations/dev/mailbox')
    const code = (body['messages'] as { text: string }[]).flatMap(({ text }) => /\b(\d{6})\b/.exec(text)?.[1] ?? [])[0]
    if (code) return code
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return assert.fail('no code came')
}

async function fillDetails(page: Page, name: { first: string; last: string; email: string }) {
  await page.getByLabel('First name').fill(name.first)
  await page.getByLabel('Last name').fill(name.last)
  await page.getByLabel('Month').fill('4')
  await page.getByLabel('Day', { exact: true }).fill('9')
  await page.getByLabel('Year').fill('1988')
  await page.getByLabel('Yes', { exact: true }).check()
  await page.getByLabel('Mobile phone or email').fill(name.email)
}

test('a new patient books on a phone, in at most six screens, and finds what to bring', async () => {
  await using open = await openBrowser()
  const { world } = open
  const page = await open.page()
  await page.goto('/')
  await page.goto('/find?q=family%20doctor')
  await page.getByRole('heading', { name: /Nguyen/ }).waitFor()
  await picture(page, 'find-phone')
  assert.deepEqual(await accessFaults(page), [])
  await page.locator('main a[href*="/book?"]').first().click()
  await page.getByRole('heading', { level: 1, name: 'Who is the visit for?' }).waitFor()
  await fillDetails(page, { first: 'Carmen', last: 'Diaz', email: 'carmen@example.org' })
  await picture(page, 'book-phone')
  assert.deepEqual(await accessFaults(page), [])
  await page.getByRole('main').getByRole('button').last().click()
  await page
    .getByLabel(/code/i)
    .first()
    .fill(await newestCode(world))
  assert.deepEqual(await accessFaults(page), [])
  await page
    .getByRole('main')
    .getByRole('button', { name: /continue|check|next/i })
    .first()
    .click()
  await page.getByRole('button', { name: /^book/i }).click()
  await page.getByText('Your medicines').first().waitFor()
  assert.deepEqual(await accessFaults(page), [])
  const booked = await world.write((tx) => tx.selectFrom('scheduling.appointment').select('status').execute())
  assert.deepEqual(booked, [{ status: 'booked' }])
  assert.deepEqual(open.faults, [])
})

for (const [locale, scheme] of [
  ['en-US', 'light'],
  ['es-US', 'dark'],
] as const)
  test(`every page in ${locale}, ${scheme}: accessible, nothing sticks out, nobody else is asked`, async () => {
    await using open = await openBrowser()
    const page = await open.page({ locale, colorScheme: scheme })
    const { clinic } = open
    for (const path of [
      '/',
      '/find',
      '/find?q=heart',
      '/find?q=zzzz',
      '/find?q=chest%20pain',
      `/clinicians/${clinic.nguyen.id}`,
      `/book?offering=${clinic.nguyen.office}`,
      '/visit#nonsense',
      '/desk',
      '/nowhere',
    ]) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      assert.deepEqual(await accessFaults(page), [], `${path} in ${locale}`)
      assert.equal(await overflows(page), false, `${path} is wider than a phone`)
      assert.notEqual(await page.title(), '', path)
      assert.equal(await page.locator('html').getAttribute('lang'), locale.slice(0, 2))
    }
    assert.deepEqual(open.faults, [])
  })

test('two people want one time: the second is told, keeps what was typed and is offered the next', async () => {
  await using open = await openBrowser()
  const [one, two] = [await open.page(), await open.page()]
  await one.goto('/find?q=family%20doctor')
  const href = await one.locator('main a[href*="/book?"]').first().getAttribute('href')
  await one.goto(href ?? '')
  await one.getByLabel('First name').fill('Ada')
  await two.goto(href ?? '')
  await two
    .getByText(/just taken/i)
    .first()
    .waitFor()
  await one.reload()
  assert.equal(await one.getByLabel('First name').inputValue(), 'Ada')
})

test('the front desk sees a booking come in without reloading, and cancels it by keyboard', async () => {
  await using open = await openBrowser()
  const { world, clinic } = open
  const page = await open.page({ viewport: { width: 1440, height: 900 } })
  const client = await world.client()
  const ada = await addPatient(world, 'Ada')
  const { body } = await world.ask('GET', `/api/scheduling/offerings/${clinic.nguyen.office}/openings?days=14`)
  const { day, openings } = body['days'].at(-1) as { day: string; openings: string[] }
  await page.goto(`/desk?day=${day}`)
  await page.getByRole('button', { name: /sign in/i }).click()
  await page.getByRole('heading', { level: 2, name: /Nguyen/ }).waitFor()
  const booked = await client.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: openings[0],
    patientId: ada,
    language: 'en',
  })
  assert.equal(booked.status, 200)
  const piece = page.getByRole('button', { name: /Ada Byron/ })
  await piece.waitFor()
  await picture(page, 'desk')
  assert.deepEqual(await accessFaults(page), [])
  await piece.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 2, name: 'Ada Byron' }).waitFor()
  await page.keyboard.press('c')
  await page.getByRole('button', { name: 'Cancel the visit' }).focus()
  await page.keyboard.press('Enter')
  await piece.waitFor({ state: 'detached' })
  const rows = await world.write((tx) => tx.selectFrom('scheduling.appointment').select('status').execute())
  assert.deepEqual(rows, [{ status: 'cancelled' }])
  assert.deepEqual(open.faults, [])
})
