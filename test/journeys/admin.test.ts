// The practice administrator's pages, in a real browser: colleagues, what roles may do, rules, and outside services.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { letOut } from '../../server/partners/index.ts'
import { system, type StaffRole } from '../../server/platform/actor.ts'
import { addPatient } from '../../server/testing/clinic.ts'
import { appCode, goodPassword, withPasskey } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser, tabTo, type Open } from './browser.ts'

async function arrive(page: Page, title: string, language = 'en') {
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  assert.deepEqual(await faultsOf(page, language), [], title)
}

/** A browser in which a colleague has signed in. */
async function signedIn(open: Open, name: string, role: StaffRole, language: 'en' | 'es' = 'en') {
  const { cookie } = await withPasskey(open.world, name, [role])
  const page = await open.page({ locale: `${language}-US` })
  await page.goto('/enrol')
  const [key = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name: key, value, url: new URL(page.url()).origin }])
  return page
}

/** Sets an account up with its link, as a new colleague on their own device. */
async function enrol({ world }: Open, page: Page, url: string) {
  await page.goto(`/enrol${new URL(url).hash}`)
  await page.getByRole('button', { name: 'Use a password and an app instead' }).click()
  await page.getByLabel('New password').fill(goodPassword)
  const told = await page.getByText(/^(?:[A-Z2-7]{4} ?)+$/).innerText()
  await page.getByLabel('Six digits from your app').fill(appCode(world, told.replaceAll(/\s/g, '')))
  await page.getByRole('button', { name: 'Finish' }).click()
  await page.getByRole('button', { name: 'I have kept them' }).click()
}

const colleague = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) })

describe('the administrator’s pages', { concurrency: 2 }, () => {
  test('an administrator adds a nurse, who sets the account up and works, until the role is taken and the account ended', async () => {
    await using open = await openBrowser()
    const page = await signedIn(open, 'Ada Okafor', 'practice_admin')
    await page.goto('/staff')
    await arrive(page, 'Colleagues')
    const own = colleague(page, 'Ada Okafor')
    await own.getByText('This is you. Another administrator changes what you may do.').waitFor()
    assert.equal(await own.getByRole('button').count(), 0, 'nobody changes their own')

    await page.getByRole('button', { name: 'Add a colleague' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Kim Roe')
    await page.getByRole('button', { name: 'Add them and show the link' }).click()
    await page.getByRole('alert').getByText('Choose at least one role').waitFor()
    assert.deepEqual(await faultsOf(page), [])
    await page.reload()
    await page.getByRole('button', { name: 'Add a colleague' }).click()
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Kim Roe', 'nothing typed is lost')
    await page.getByLabel('Work email').fill('kim@clinic.example')
    await page.getByRole('checkbox', { name: /^Nurse/ }).check()
    await page.getByRole('button', { name: 'Add them and show the link' }).click()
    await page.getByRole('heading', { name: 'A link for Kim Roe' }).waitFor()
    await page.getByText(/works once, for three days, and is shown only now. Give it in person/).waitFor()
    const url = await page.getByLabel('Link to set up the account').inputValue()
    await colleague(page, 'Kim Roe').getByText('Not set up yet: link good until December 4, 2026').waitFor()
    await colleague(page, 'Kim Roe')
      .getByText(/since December 1, 2026, by Ada Okafor/)
      .waitFor()
    assert.deepEqual(await faultsOf(page), [])

    const nurse = await open.page()
    await enrol(open, nurse, url)
    await nurse.waitForURL('**/desk')
    const asked = () => nurse.request.get('/api/people/account')
    assert.equal((await asked()).status(), 200)
    await page.getByRole('button', { name: 'I have it' }).click()
    await page.getByLabel('Find a colleague').fill('nurse')
    await colleague(page, 'Ada Okafor').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Change Kim Roe' }).click()
    await page.getByLabel('Find a colleague').fill('kim')
    await page.getByRole('button', { name: 'Take away Nurse' }).click()
    await page.getByText('Nurse: taken away, at once.').waitFor()
    assert.equal((await asked()).status(), 401)
    await colleague(page, 'Kim Roe').getByText('No role: signs in, and sees nothing.').waitFor()
    assert.deepEqual(await faultsOf(page), [])

    await page.getByRole('button', { name: 'End the account' }).click()
    const question = page.getByRole('dialog', { name: 'End the account of Kim Roe?' })
    await question.getByText(/signed out everywhere on their next click/).waitFor()
    await page.keyboard.press('Enter')
    await question.waitFor({ state: 'hidden' })
    assert.equal(await colleague(page, 'Kim Roe').getByText('Left on').count(), 0, 'a hurried Enter ends nothing')
    await page.getByRole('button', { name: 'End the account' }).click()
    await question.getByRole('button', { name: 'End the account' }).click()
    await page.getByText('Who has left (1)').click()
    await colleague(page, 'Kim Roe').getByText('Left on December 1, 2026').waitFor()
    assert.deepEqual(open.faults, [])
  })

  test('an old proof is asked for anew, and what was wanted is then still there', async () => {
    await using open = await openBrowser()
    const page = await signedIn(open, 'Ada Okafor', 'practice_admin')
    await withPasskey(open.world, 'Ben Ito', ['nurse'])
    await page.goto('/staff')
    await page.getByRole('button', { name: 'Change Ben Ito' }).click()
    open.world.at(open.world.now().add({ minutes: 11 }))
    await page.getByRole('button', { name: 'Give Scheduler' }).click()
    const dialog = page.getByRole('dialog', { name: 'Show once more that it is you' })
    await dialog.waitFor()
    assert.deepEqual(await faultsOf(page), [])
    await dialog.getByRole('button', { name: 'Leave it as it is' }).click()
    await page.getByRole('alert').getByText('show once more that it is you').waitFor()
    await page.getByRole('button', { name: 'Give Scheduler' }).waitFor()
    assert.deepEqual(open.faults, [])
  })

  test('in Spanish and by the keyboard alone the rules are changed, after what cannot be was explained', async () => {
    await using open = await openBrowser()
    const page = await signedIn(open, 'Ada Okafor', 'practice_admin', 'es')
    await page.goto('/staff/rules')
    await arrive(page, 'Reglas', 'es')
    const hides = page.getByLabel('Edad desde la que lo confidencial')
    await tabTo(page, hides)
    await page.keyboard.type('20')
    await page.keyboard.press('Enter')
    const why = page.getByRole('alert')
    await why.getByText('no puede ser menor que la edad a la que se reduce').waitFor()
    assert.deepEqual(await faultsOf(page, 'es'), [])
    await page.reload()
    assert.equal(await hides.inputValue(), '20', 'nothing typed is lost')
    await tabTo(page, hides)
    await page.keyboard.type('14')
    await page
      .getByText('Los padres de un niño nacido el 15 de junio de 2016 ven todo hasta el 15 de junio de 2030')
      .waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('Guardado. Vale desde ahora.').waitFor()
    await page.getByText('Ahora: 14 años.').waitFor()
    const admin = await open.world.as('practice_admin')
    const { body } = await admin.asks('GET', '/api/people/access-rules')
    assert.deepEqual([body['confidentialFromYears'], body['proxyEndsYears'], body['teamDays']], [14, 18, 90])
    assert.deepEqual(open.faults, [])
  })

  test('an agreement that is entered lets a message through the gate, and its end stops the next one', async () => {
    await using open = await openBrowser()
    const { world } = open
    const patientId = await addPatient(world, 'Ada')
    const leaves = () =>
      world.write(async (tx) => {
        const leaving = { purpose: 'treatment', consent: 'not_asked', whole: 'visit', reduced: 'sign in' } as const
        const subjectId = crypto.randomUUID()
        const asked = { channel: 'video', dataClass: 'visit', patientId, subjectId, ...leaving } as const
        const passed = await letOut(tx, system(world.organizationId, 'test'), world, asked)
        return passed?.message
      })
    const page = await signedIn(open, 'Ada Okafor', 'practice_admin')
    await page.goto('/staff/vendors')
    await arrive(page, 'Outside services')
    const video = colleague(page, 'Video visits')
    await video.getByText('Nobody carries it').waitFor()
    assert.equal(await leaves(), undefined)
    await video.getByRole('button', { name: 'Enter a signed agreement' }).click()
    await video.getByRole('button', { name: 'Enter the agreement' }).click()
    await video.getByRole('alert').getByText('Enter the last day of the agreement').waitFor()
    assert.deepEqual(await faultsOf(page), [])
    await page.getByLabel('Company').fill('Far Video')
    await page.getByRole('checkbox', { name: 'Visits: when, where and with whom' }).check()
    await page.getByLabel('Last day').fill('2027-01-15')
    await page.getByLabel('Who signed it for your clinic?').fill('Ada Okafor')
    await page.getByLabel('Where is the signed paper?').fill('Contracts, 12')
    await video.getByRole('button', { name: 'Enter the agreement' }).click()
    await video.getByText('Ends on January 15, 2027: renew it').waitFor()
    await video.getByText('As it is').waitFor()
    assert.equal(await leaves(), 'visit')
    assert.deepEqual(await faultsOf(page), [])
    await video.getByRole('button', { name: 'End it Far Video' }).click()
    await page.getByRole('dialog', { name: 'End Far Video?' }).getByRole('button', { name: 'End it now' }).click()
    await video.getByText('Nobody carries it').waitFor()
    assert.equal(await leaves(), undefined)
    await page.getByText('Services of the past (1)').click()
    await page.getByText('Far Video').waitFor()
    assert.deepEqual(open.faults, [])
  })

  test('the privacy officer reads who works here and what roles may do, and finds nothing to press', async () => {
    await using open = await openBrowser()
    const page = await signedIn(open, 'Oda Wells', 'auditor')
    await page.goto('/staff')
    await arrive(page, 'Colleagues')
    assert.equal(await page.getByRole('main').getByRole('button').count(), 0)
    await page.getByRole('link', { name: 'What each role may do' }).click()
    await arrive(page, 'What each role may do')
    await page.getByLabel('Show').selectOption('auditor')
    await page.getByText('Opens no record, and manages nobody.').waitFor()
    await page.getByRole('row', { name: /See who opened which record Privacy officer/ }).waitFor()
    assert.equal(await page.getByRole('row', { name: /Look up a patient/ }).count(), 0)
    await page.getByRole('link', { name: 'Outside services' }).click()
    await arrive(page, 'Outside services')
    assert.equal(await page.getByRole('link', { name: 'Rules' }).count(), 0)
    assert.deepEqual(open.faults, [])
  })

  test('an administrator has a CRM told of visits, sees that it fails and why, sends the day again, and ends it', async () => {
    await using open = await openBrowser()
    const { world, clinic } = open
    let status = 500
    await using receiver = createServer((request, response) => {
      request.resume()
      response.writeHead(status).end()
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const page = await signedIn(open, 'Ada Okafor', 'practice_admin')
    await page.goto('/staff/webhooks')
    await page.getByRole('heading', { name: 'No other system is told of visits' }).waitFor()
    await page.getByRole('button', { name: 'Add a webhook' }).click()
    await page.getByRole('button', { name: 'Add it and show the secret' }).click()
    await page.getByRole('alert').getByText('Enter what the system is called').waitFor()
    await page.getByLabel('What the system is called').fill('Town CRM')
    await page
      .getByLabel('Where it listens')
      .fill(`http://localhost:${(receiver.address() as AddressInfo).port}/visits`)
    await page.getByRole('button', { name: 'Add it and show the secret' }).click()
    assert.match(await page.getByRole('textbox', { name: 'Secret' }).inputValue(), /^whsec_/)
    await page.getByRole('button', { name: 'I have it' }).click()
    const client = await world.client()
    const booked = await client.asks('POST', '/api/scheduling/appointments', {
      offeringId: clinic.nguyen.office,
      startsAt: '2026-12-03T15:00:00Z',
      language: 'en',
      patientId: await addPatient(world, 'Ben'),
    })
    assert.equal(booked.status, 200, JSON.stringify(booked.body))
    await world.settle()
    await world.chore('fhir.send-webhooks')
    await page.reload()
    await page.getByText('Nothing arrives since December 1, 2026, 9:00 AM').waitFor()
    await page.getByRole('button', { name: 'Show the messages Town CRM' }).click()
    const messages = page.getByRole('list', { name: 'Messages to Town CRM' }).getByRole('listitem')
    await messages.getByText(/It answered 500/).waitFor()
    assert.deepEqual(await faultsOf(page), [])

    status = 204
    await page.getByRole('button', { name: 'Send these days again' }).click()
    await page.getByText('One message is sent again.').waitFor()
    await world.chore('fhir.send-webhooks')
    await page.reload()
    await page.getByRole('button', { name: 'Show the messages Town CRM' }).click()
    await messages.getByText('Arrived').waitFor()
    await messages.getByRole('button', { name: /^Send again/ }).click()
    await messages.getByText('Waiting').waitFor()
    await page.getByRole('button', { name: 'End it Town CRM' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
    await page.getByText('Ended (1)').click()
    await page.getByText('Ended on December 1, 2026, 9:00 AM').waitFor()
    assert.equal(await page.getByRole('button', { name: /^Send again/ }).count(), 0)
    assert.deepEqual(open.faults, [])
  })
})
