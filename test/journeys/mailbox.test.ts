// The mailbox of the demo clinic, where people read what would have been sent to them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPatient } from '../../server/testing/clinic.ts'
import { faultsOf, openBrowser, type Open } from './browser.ts'

const isOurs = (fault: string) =>
  // The test's own clock wants to run in every frame; a letter's frame runs nothing.
  !fault.startsWith('says Blocked script execution in')

async function bookForAda({ world, clinic }: Open, language: 'en' | 'es') {
  const client = await world.client()
  const { status, body } = await client.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: '2026-12-03T14:00:00Z',
    patientId: await addPatient(world, 'Ada'),
    language,
  })
  assert.equal(status, 200, JSON.stringify(body))
  await world.settle()
}

test('an empty mailbox says what will come; a letter then appears by itself and opens with its look, links and calendar', async () => {
  await using open = await openBrowser()
  const page = await open.page()
  await page.goto('/dev/mailbox')
  await page.getByRole('heading', { name: 'No messages yet' }).waitFor()
  assert.deepEqual(await faultsOf(page), [])

  await bookForAda(open, 'en')
  await page.clock.fastForward('00:05')
  const entry = page.getByRole('navigation', { name: 'Messages, newest first' }).getByRole('link').first()
  await entry.waitFor()
  assert.deepEqual(await faultsOf(page), [])
  await entry.click()
  const message = page.getByRole('article')
  await message.getByRole('heading', { level: 2 }).waitFor()
  const visitLink = message.frameLocator('iframe').getByRole('link').first()
  assert.match((await visitLink.getAttribute('href')) ?? '', /\/v#[\w-]+$/)
  assert.equal(await visitLink.getAttribute('target'), '_blank')
  const ground = await visitLink.evaluate((link) => getComputedStyle(link).backgroundColor)
  assert.equal(ground, 'rgb(11, 74, 143)', 'the letter has its own colours')

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    message.getByRole('link', { name: 'Calendar file' }).click(),
  ])
  assert.equal(file.suggestedFilename(), 'visit.ics')
  await message.getByText('The same as plain text').click()
  await message.getByRole('link', { name: /\/v#/ }).waitFor()
  await page.getByRole('link', { name: 'All messages' }).click()
  await entry.waitFor()
  assert.deepEqual(open.faults.filter(isOurs), [])
})

test('the mailbox in Spanish, and when the clinic cannot be reached', async () => {
  await using open = await openBrowser()
  await bookForAda(open, 'es')
  const page = await open.page({ locale: 'es-US', viewport: { width: 1280, height: 800 } })
  await page.goto('/dev/mailbox')
  await page.getByText('Elija un mensaje para leerlo.').waitFor()
  await page.getByRole('navigation', { name: 'Mensajes' }).getByRole('link').first().click()
  await page.getByText('Lo mismo como texto sencillo').waitFor()
  assert.deepEqual(await faultsOf(page, 'es'), [])
  assert.deepEqual(open.faults.filter(isOurs), [])

  const problem = { status: 404, contentType: 'application/problem+json', body: '{"code":"not_found"}' }
  await page.route('**/api/conversations/dev/mailbox', (route) => route.fulfill(problem))
  await page.goto('/dev/mailbox')
  await page.getByRole('alert').getByText('No pudimos encontrar esto').waitFor()
})
