// The pictures of the README: made anew by `ATTEND_PICTURES=1 node --test ...`, else only looked at, so that a test run leaves the tree as it was.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { addPatient } from '../../server/testing/clinic.ts'
import { openBrowser, type Open } from './browser.ts'

const folder = join(import.meta.dirname, '../../docs/pictures')
const phone = { viewport: { width: 390, height: 960 }, deviceScaleFactor: 1.5, stopped: true }

async function picture(page: Page, name: string) {
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
  // A caret blinks, and a focus ring tells of where the test has been.
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    window.scrollTo(0, 0)
  })
  const image = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  assert.ok(image.length > 10_000, `${name} shows something`)
  assert.ok(image.length < 200_000, `${name} weighs ${image.length} bytes`)
  if (process.env['ATTEND_PICTURES'] === '1') writeFileSync(join(folder, `${name}.png`), image)
}

/** A Thursday as a clinic has them: who comes when, in minutes after nine in Boston; at nine itself somebody is booking. */
async function fillTheDay({ world, clinic: { nguyen, osei, rivera } }: Open) {
  const client = await world.client()
  const visits = [
    [nguyen.office, 60, 'Ada', 'Byron', '1980-05-17'],
    [nguyen.office, 30, 'Ben', 'Okafor', '1961-02-03'],
    [nguyen.video, 90, 'Carmen', 'Díaz', '1988-04-09'],
    [nguyen.office, 120, 'Dora', 'Quill', '1999-09-09'],
    [nguyen.office, 270, 'Emil', 'Novak', '1954-11-30'],
    [nguyen.office, 300, 'Flor', 'Reyes', '1972-07-21'],
    [osei.first, 0, 'Grace', 'Lindgren', '1947-01-12'],
    [osei.office, 60, 'Hugo', 'Marsh', '1939-06-06'],
    [osei.office, 150, 'Ines', 'Prado', '1958-03-28'],
    [osei.office, 240, 'Jun', 'Tanaka', '1965-12-01'],
    [rivera.office, 120, 'Kai', 'Walker', '2019-08-15'],
    [rivera.office, 150, 'Lola', 'Santos', '2021-10-02'],
    [rivera.office, 240, 'Max', 'Webb', '2012-05-05'],
  ] as const
  const nine = Temporal.Instant.from('2026-12-03T14:00:00Z')
  for (const [offeringId, minutes, givenName, familyName, bornOn] of visits) {
    const { status, body } = await client.asks('POST', '/api/scheduling/appointments', {
      offeringId,
      startsAt: nine.add({ minutes }).toString(),
      patientId: await addPatient(world, givenName, familyName, bornOn),
      newPatient: offeringId === osei.first,
      language: 'en',
    })
    assert.equal(status, 200, JSON.stringify(body))
  }
}

test('the pictures of the README show a search, a booking and a day of the front desk', async () => {
  await using open = await openBrowser()
  const { clinic } = open
  const page = await open.page(phone)
  await page.goto(`/find?q=family%20doctor&planId=${clinic.plan}`)
  await page
    .getByRole('link', { name: /Tue, Dec 1.*EST/ })
    .first()
    .waitFor()
  await picture(page, 'find-phone')

  await page.goto(`/book?offering=${clinic.nguyen.office}&at=2026-12-03T14:00:00Z&step=details&planId=${clinic.plan}`)
  await page.getByText('Kept for you: 5:00').waitFor()
  await page.getByLabel('First name').fill('Carmen')
  await page.getByLabel('Last name').fill('Díaz')
  await page.getByLabel('Month').fill('4')
  await page.getByLabel('Day', { exact: true }).fill('9')
  await page.getByLabel('Year').fill('1988')
  await page.getByLabel('No, first time').check()
  await picture(page, 'book-phone')

  await fillTheDay(open)
  const desk = await open.page({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.25, stopped: true })
  await desk.request.post('/api/people/demo-session', { data: {} })
  await desk.goto('/desk?day=2026-12-03')
  await desk.getByRole('button', { name: '9:30 AM Ben Okafor' }).click()
  await desk.getByRole('heading', { level: 2, name: 'Ben Okafor' }).waitFor()
  await picture(desk, 'desk')
  assert.deepEqual(open.faults, [])
})
