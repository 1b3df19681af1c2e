// A parent books three siblings back to back in one step, in a real browser, while somebody else takes the middle one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { addPatient } from '../../server/testing/clinic.ts'
import { withCode } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser, type Open } from './browser.ts'

async function arrive(page: Page, title: string, language = 'en') {
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  assert.deepEqual(await faultsOf(page, language), [], title)
}

/** A browser of somebody who may book for these patients. */
async function parentOf(open: Open, children: readonly string[], language: 'en' | 'es' = 'en') {
  const { world } = open
  const { cookie } = await withCode(world, 'pat@example.org', language)
  await world.write(async (tx) => {
    const { id: personId } = await tx
      .selectFrom('people.person')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    for (const patientId of children)
      await tx
        .insertInto('people.proxyGrant')
        .values({
          organizationId: world.organizationId,
          patientId,
          personId,
          proxyName: 'Pat Byron',
          basis: 'chosen',
          scopes: ['book'],
          fromAt: world.now(),
          givenAt: world.now(),
          givenBy: 'test',
        })
        .execute()
  })
  const page = await open.page({ locale: `${language}-US`, viewport: { width: 360, height: 740 } })
  await page.goto('/dev/mailbox')
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: new URL(page.url()).origin }])
  return page
}

const booked = ({ world }: Open) =>
  world.write((tx) =>
    tx.selectFrom('scheduling.appointment').select(['patientId', 'startsAt']).orderBy('startsAt').execute(),
  )

test('a parent books three siblings in one step; the middle time is stolen, nothing is booked by halves and nothing typed is lost', async () => {
  await using open = await openBrowser()
  const { world, clinic } = open
  const children: string[] = []
  for (const name of ['Kim', 'Lou', 'Max']) children.push(await addPatient(world, name, 'Byron', '2018-03-04'))
  const page = await parentOf(open, children)
  await page.goto(`/clinicians/${clinic.nguyen.id}?offering=${clinic.nguyen.office}`)
  await page.getByRole('link', { name: /Several of you are coming/ }).click()

  await arrive(page, 'Who is coming?')
  await page.getByRole('button', { name: 'See times for 0' }).click()
  await page.getByRole('alert').getByText('Choose at least two people').waitFor()
  for (const name of ['Kim', 'Lou', 'Max']) await page.getByRole('checkbox', { name }).check()
  await page.getByRole('button', { name: 'See times for 3' }).click()
  await arrive(page, 'Choose a time for 3')
  const [block] = await page.getByRole('region').getByRole('button').all()
  assert.equal(await block!.innerText(), '10:30 AM to 12:00 PM')
  await block!.click()
  await arrive(page, 'Check and book for all')
  await page.getByText('Kept for you').waitFor()
  await page.getByLabel('What is it about, for Lou Byron?').fill('Ear hurts')

  // The hold runs out, and a stranger takes the middle one.
  world.at('2026-12-01T14:06:00Z')
  await world.chore('scheduling.free-expired-holds')
  const client = await world.client()
  const thief = await addPatient(world, 'Eve', 'Stone')
  const stolen = await client.asks('POST', '/api/scheduling/appointments', {
    offeringId: clinic.nguyen.office,
    startsAt: '2026-12-01T16:00:00Z',
    patientId: thief,
    language: 'en',
  })
  assert.equal(stolen.status, 200, JSON.stringify(stolen.body))
  await page.getByRole('button', { name: 'Book 3 visits' }).click()
  await page.getByText('Nothing was booked. All of you fit here; what you typed stays.').waitFor()
  assert.deepEqual(
    (await booked(open)).map(({ patientId }) => patientId),
    [thief],
  )
  assert.deepEqual(await faultsOf(page), [])
  await page.getByRole('alert').getByRole('button').first().click()
  await page.getByText('Kept for you').waitFor()
  assert.equal(await page.getByLabel('What is it about, for Lou Byron?').inputValue(), 'Ear hurts')
  await page.getByRole('button', { name: 'Book 3 visits' }).click()
  await arrive(page, 'All 3 visits are booked')
  for (const name of ['Kim', 'Lou', 'Max']) await page.getByRole('region', { name }).waitFor()
  const all = (await booked(open)).filter(({ patientId }) => patientId !== thief)
  assert.deepEqual(
    all.map(({ patientId }) => patientId),
    children,
  )
  for (const [at, { startsAt }] of all.entries())
    if (at > 0) assert.equal(all[at - 1]!.startsAt.until(startsAt).total('minutes'), 30)
})

test('whoever may book for nobody else is told the way, and a stranger to sign in, in Spanish too', async () => {
  await using open = await openBrowser()
  const { clinic } = open
  const stranger = await open.page({ locale: 'es-US' })
  await stranger.goto(`/book-together?offering=${clinic.nguyen.office}`)
  await arrive(stranger, 'Reservar para varios de ustedes', 'es')
  await stranger.getByRole('link', { name: 'Iniciar sesión' }).last().waitFor()
  const page = await parentOf(open, [await addPatient(open.world, 'Kim', 'Byron', '2018-03-04')])
  await page.goto(`/book-together?offering=${clinic.nguyen.office}`)
  await page.getByRole('heading', { name: 'You may book for one person only' }).waitFor()
  assert.equal(await page.getByRole('link', { name: /Several of you/ }).count(), 0)
})
