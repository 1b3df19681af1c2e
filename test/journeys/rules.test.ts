// The rules of booking, in a real browser: a scheduler sees what a rule would do and proposes it, an administrator approves it, and it is put back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StaffRole } from '../../server/platform/actor.ts'
import { addPatient } from '../../server/testing/clinic.ts'
import { withPasskey } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser, type Open } from './browser.ts'

async function signedIn(open: Open, name: string, role: StaffRole, language: 'en' | 'es' = 'en') {
  const { cookie } = await withPasskey(open.world, name, [role])
  const page = await open.page({ locale: `${language}-US` })
  await page.goto('/enrol')
  const [key = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name: key, value, url: new URL(page.url()).origin }])
  await page.goto('/rules')
  return { page, cookie }
}

test('a scheduler tries a daily limit, keeps and proposes it; another approves it, and one press puts it back', async () => {
  await using open = await openBrowser()
  const { world, clinic } = open
  const { page } = await signedIn(open, 'Ben Ward', 'scheduler')
  await page.getByRole('heading', { level: 1, name: 'Booking rules' }).waitFor()
  assert.deepEqual(await faultsOf(page), [])
  const desk = await world.frontDesk()
  for (const [at, name] of ['Ada', 'Bob'].entries()) {
    const patientId = await addPatient(world, name)
    const wish = {
      offeringId: clinic.nguyen.office,
      startsAt: `2026-12-02T1${4 + at}:00:00Z`,
      patientId,
      language: 'en',
    }
    assert.equal((await desk.asks('POST', '/api/scheduling/appointments', wish)).status, 200)
  }

  await page.getByRole('button', { name: 'Write a rule' }).click()
  await page.getByRole('button', { name: 'Keep as a draft' }).click()
  await page.getByRole('alert').getByText('Fill in what the rule says').waitFor()
  await page.getByLabel('Clinician', { exact: true }).selectOption({ label: 'Lan Nguyen' })
  await page.getByLabel('Visits a day, of each clinician').fill('1')
  await page.getByLabel('Why').fill('Two are too many for her')
  await page.getByRole('button', { name: 'See what it would do' }).click()
  await page.getByText('One visit that is booked stands against it').waitFor()
  await page.getByRole('row', { name: /Lan Nguyen/ }).waitFor()
  assert.deepEqual(await faultsOf(page), [])
  await page.getByRole('button', { name: 'Keep as a draft' }).click()
  const card = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: /Most visits in a day: Lan Nguyen/ }) })
  await card.getByRole('button', { name: 'Propose it' }).click()
  await card.getByText('Waits for approval').waitFor()
  await card.getByRole('button', { name: 'Approve' }).click()
  await card.getByText('A colleague decides about what you proposed yourself.').waitFor()

  const { page: other } = await signedIn(open, 'Ana Cruz', 'practice_admin', 'es')
  await other.getByRole('heading', { level: 1, name: 'Reglas de reserva' }).waitFor()
  await other.getByRole('button', { name: 'Aprobar' }).click()
  await other.getByText('Vale ahora').waitFor()
  await other.getByText('1 consulta va en contra').waitFor()
  assert.deepEqual(await faultsOf(other, 'es'), [])
  await world.settle()

  await page.reload()
  await card.getByText('Holds now').waitFor()
  await card.getByRole('button', { name: 'History and visits' }).click()
  await card.getByRole('button', { name: 'Keep it' }).click()
  await card.getByText('Kept by Ben Ward').waitFor()
  assert.deepEqual(await faultsOf(page), [])
  await card.getByRole('button', { name: 'Back to the version before' }).click()
  await card.getByText('Does not hold now').waitFor()
  assert.deepEqual(open.faults, [])
})
