// A family in a real browser: a parent asks, acts and books for a child, stops; an adult trusts another; what is over closes at once.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { addPatient } from '../../server/testing/clinic.ts'
import { codeSentTo, withCode } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser, tabTo, type Open } from './browser.ts'

async function arrive(page: Page, title: string | RegExp, language = 'en') {
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  assert.deepEqual(await faultsOf(page, language), [], `${title}`)
}

/** A browser signed in with a code to this email; the account opens this record, if one is given. */
async function signedIn(open: Open, email: string, patientId?: string, language: 'en' | 'es' = 'en') {
  const { world } = open
  const { cookie } = await withCode(world, email, language)
  const person = await world.write((tx) =>
    tx.selectFrom('people.person').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow(),
  )
  if (patientId)
    await world.write((tx) =>
      tx
        .insertInto('people.patientAccount')
        .values({ organizationId: world.organizationId, personId: person.id, patientId, basis: 'proof' })
        .execute(),
    )
  const page = await open.page({ locale: `${language}-US` })
  await page.goto('/dev/mailbox')
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: new URL(page.url()).origin }])
  return { page, personId: person.id }
}

/** What somebody was given for a patient, without the way there. */
async function give({ world }: Open, personId: string, patientId: string, scopes: ('book' | 'bills')[] = ['book']) {
  const { id } = await world.write((tx) =>
    tx
      .insertInto('people.proxyGrant')
      .values({
        organizationId: world.organizationId,
        patientId,
        personId,
        proxyName: 'Pat Byron',
        basis: 'chosen',
        scopes,
        fromAt: world.now(),
        givenAt: world.now(),
        givenBy: 'test',
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  return id
}

const bookingAt = ({ clinic }: Open, at = '2026-12-03T14:00:00Z') =>
  `/book?offering=${clinic.nguyen.office}&at=${encodeURIComponent(at)}`
const banner = (page: Page) => page.getByRole('region', { name: 'For whom you act' })

describe('acting for each other', { concurrency: 2 }, () => {
  test('a parent asks, is let in by the desk, books for the child under the banner, stops and sees it no longer', async () => {
    await using open = await openBrowser()
    const { world } = open
    const child = await addPatient(world, 'Kim', 'Byron', '2020-03-04')
    const { page } = await signedIn(open, 'pat@example.org')
    await page.goto('/me/family')
    await page.getByRole('button', { name: 'Ask to act for my child' }).click()
    await page.getByRole('button', { name: 'Ask the clinic' }).click()
    await page.getByRole('alert').getByText('Enter your own name').waitFor()
    await page.getByLabel('Your own name').fill('Pat Byron')
    await page.getByLabel('Parent').check()
    await page.getByLabel('First name of the child').fill('Kim')
    await page.getByLabel('Last name of the child').fill('Byron')
    await page.getByLabel('Month').fill('3')
    await page.getByLabel('Day', { exact: true }).fill('4')
    await page.getByLabel('Year').fill('2020')
    await arrive(page, 'Act for each other')
    await page.getByRole('button', { name: 'Ask the clinic' }).click()
    await page.getByText('The clinic will check and tell you').waitFor()

    const desk = await world.frontDesk()
    const [request] = (await desk.asks('GET', '/api/people/proxy-requests')).body['requests']
    const decision = { decision: 'given', patientId: child, evidence: 'Birth certificate' }
    assert.equal((await desk.asks('POST', `/api/people/proxy-requests/${request.id}/decision`, decision)).status, 200)

    await page.reload()
    await page.getByRole('button', { name: 'Act for Kim Byron' }).click()
    await arrive(page, 'For Kim Byron')
    await banner(page).getByText('You are acting for Kim Byron').waitFor()
    await page.goto(bookingAt(open))
    await arrive(page, 'Who is the visit for?')
    assert.equal(await page.getByLabel('Kim Byron').isChecked(), true)
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await arrive(page, 'Check and book')
    assert.equal(await page.locator('dd strong', { hasText: 'Kim Byron' }).innerText(), 'Kim Byron')
    await banner(page).waitFor()
    await page.getByRole('button', { name: 'Book this visit' }).click()
    await arrive(page, 'Your visit is booked')
    await page.goto('/me')
    const visits = page.getByRole('region', { name: 'Visits of Kim Byron' })
    await visits.getByRole('link', { name: /December 3/ }).waitFor()

    await banner(page).getByRole('button', { name: 'Stop' }).click()
    await arrive(page, 'Find your record')
    assert.equal(await banner(page).count(), 0)
    assert.equal(await page.getByText('December 3').count(), 0)
    assert.deepEqual(open.faults, [])
  })

  test('by the keyboard alone a parent chooses for whom, and another tab follows', async () => {
    await using open = await openBrowser()
    const { world } = open
    const pat = await addPatient(world, 'Pat')
    const child = await addPatient(world, 'Kim', 'Byron', '2020-03-04')
    const { page, personId } = await signedIn(open, 'pat@example.org', pat)
    await give(open, personId, child)
    const other = await page.context().newPage()
    await other.goto('/me')
    await other.getByRole('heading', { name: /^Welcome/ }).waitFor()
    await page.goto(bookingAt(open))
    await page.getByRole('heading', { level: 1, name: 'Who is the visit for?' }).waitFor()
    await tabTo(page, page.getByLabel('Pat Byron (you)'))
    await page.keyboard.press('ArrowDown')
    assert.equal(await page.getByLabel('Kim Byron').isChecked(), true)
    await tabTo(page, page.getByRole('button', { name: 'Continue', exact: true }))
    await page.keyboard.press('Enter')
    await arrive(page, 'Check and book')
    await banner(page).getByText('You are acting for Kim Byron').waitFor()
    await banner(other).getByText('You are acting for Kim Byron').waitFor()
    await other.getByRole('heading', { name: 'For Kim Byron' }).waitFor()
    // The other tab goes back to the parent: this one does not book for anybody whom it does not name.
    await banner(other).getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('heading', { level: 1, name: 'Who is the visit for?' }).waitFor()
    assert.equal(await page.getByLabel('Pat Byron (you)').isChecked(), true)
    assert.deepEqual(open.faults, [])
  })

  test('what was taken away closes the record on the next click, in plain words', async () => {
    await using open = await openBrowser()
    const { world } = open
    const pat = await addPatient(world, 'Pat')
    const child = await addPatient(world, 'Kim', 'Byron', '2020-03-04')
    const { page, personId } = await signedIn(open, 'pat@example.org', pat)
    const grant = await give(open, personId, child)
    await page.goto('/me/family')
    await page.getByRole('button', { name: 'Act for Kim Byron' }).click()
    await arrive(page, 'For Kim Byron')
    const desk = await world.frontDesk()
    assert.equal((await desk.asks('POST', `/api/people/patients/${child}/proxies/${grant}/end`, {})).status, 200)
    await page.getByRole('link', { name: 'Find care' }).click()
    await arrive(page, 'You can no longer act for this person')
    assert.equal(await page.getByText('Kim').count(), 0)
    await page.getByRole('button', { name: 'Back to my own record' }).click()
    await page
      .getByRole('heading', { level: 1, name: 'You can no longer act for this person' })
      .waitFor({ state: 'detached' })
    assert.equal(await banner(page).count(), 0)
    assert.deepEqual(open.faults, [])
  })

  test('whoever was not given booking is told so, with the phone, and cannot go on', async () => {
    await using open = await openBrowser()
    const { world } = open
    const child = await addPatient(world, 'Kim', 'Byron', '2020-03-04')
    const { page, personId } = await signedIn(open, 'pat@example.org')
    await give(open, personId, child, ['bills'])
    await page.goto('/me/family')
    await page.getByRole('button', { name: 'Act for Kim Byron' }).click()
    await page.getByText('You may not book for Kim Byron').waitFor()
    // On a slow line it is known for whom they act before the visit is: what is on its way then is asked again.
    await page.route('**/api/scheduling/offerings/*', async (route) => {
      await pause(1_000)
      await route.continue()
    })
    await page.goto(bookingAt(open))
    await page.getByText('You may not book for Kim Byron').waitFor()
    await arrive(page, 'Who is the visit for?')
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await page.getByRole('alert').getByText('Choose whom the visit is for').waitFor()
    assert.deepEqual(open.faults, [])
  })

  test('in Spanish an adult invites another, who signs in by the link and begins; the patient sees what they did and ends it', async () => {
    await using open = await openBrowser()
    const { world } = open
    const now = Temporal.Now.instant()
    world.at(now)
    const ada = await addPatient(world, 'Ada')
    const { page } = await signedIn(open, 'ada@example.org', ada, 'es')
    await page.goto('/me/family')
    await page.getByRole('button', { name: 'Invitar a alguien de confianza' }).click()
    await page.getByLabel('Su nombre').fill('Cleo')
    await page.getByLabel('Su teléfono móvil o correo electrónico').fill('cleo@example.org')
    await arrive(page, 'Actuar uno por otro', 'es')
    await page.getByRole('button', { name: 'Crear el enlace' }).click()
    const url = await page.getByText(/\/act-for#/).innerText()
    assert.deepEqual(await faultsOf(page, 'es'), [])

    const { pathname, hash } = new URL(url)
    const cleo = await open.page()
    await cleo.goto(`${pathname}${hash}`)
    await arrive(cleo, 'Somebody trusts you to act for them')
    const code = async () => {
      await cleo.getByLabel('Six-digit code').fill(await codeSentTo(world, 'cleo@example.org'))
      await cleo.getByRole('button', { name: 'Continue', exact: true }).click()
    }
    await cleo.getByLabel('Mobile phone or email').fill('cleo@example.org')
    await cleo.getByRole('button', { name: 'Send the code' }).click()
    await cleo.getByLabel('Six-digit code').waitFor()
    await code()
    await arrive(cleo, 'Accept the invitation')
    await cleo.getByRole('button', { name: 'Send the code' }).click()
    await arrive(cleo, 'Type the code')
    await code()
    await arrive(cleo, 'You may now act for Ada Byron')
    await cleo.getByRole('button', { name: 'Act for Ada Byron' }).click()
    await arrive(cleo, 'For Ada Byron')
    await banner(cleo).waitFor()

    await page.goto('/me/access')
    await page.getByText('Cleo, actúa por usted').first().waitFor()
    await page.goto('/me/family')
    await page.getByRole('button', { name: 'Terminarlo: Cleo' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Terminarlo' }).click()
    await page.getByText('Terminado', { exact: true }).waitFor()
    await cleo.getByRole('link', { name: 'My page' }).click()
    await cleo.getByRole('link', { name: 'Find care' }).click()
    await arrive(cleo, 'You can no longer act for this person')
    assert.deepEqual(open.faults, [])
  })
})
