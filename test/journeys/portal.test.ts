// A patient's own pages, in a real browser: signing in, joining the record, and what the law lets them see and ask.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { addPatient } from '../../server/testing/clinic.ts'
import { codeSentTo, withCode, withPasskey } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser, tabTo, type Open } from './browser.ts'

async function arrive(page: Page, title: string | RegExp, language = 'en') {
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  assert.deepEqual(await faultsOf(page, language), [], `${title}`)
}

/** Types a contact and the code that comes to it. */
async function prove({ world }: Open, page: Page, email: string) {
  await page.getByLabel('Mobile phone or email').fill(email)
  await page.getByRole('button', { name: 'Send the code' }).click()
  await page.getByLabel('Six-digit code').waitFor()
  await page.getByLabel('Six-digit code').fill(await codeSentTo(world, email))
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

/** A browser that is signed in as a patient whose account opens the record. */
async function signedIn(open: Open, email: string, patientId: string, language: 'en' | 'es' = 'en') {
  const { world } = open
  const { cookie } = await withCode(world, email, language)
  await world.write(async (tx) => {
    const { id } = await tx.selectFrom('people.person').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()
    await tx
      .insertInto('people.patientAccount')
      .values({ organizationId: world.organizationId, personId: id, patientId, basis: 'proof' })
      .execute()
  })
  const page = await open.page({ locale: `${language}-US` })
  await page.goto('/dev/mailbox')
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: new URL(page.url()).origin }])
  return page
}

describe('a patient’s own pages', { concurrency: 2 }, () => {
  test('a patient signs in with a code, joins the record, sees who opened it, asks for a correction and takes it home', async () => {
    await using open = await openBrowser()
    const { world } = open
    // The trail goes by the clock of the database.
    const now = Temporal.Now.instant()
    world.at(now)
    const today = now.toZonedDateTimeISO('America/New_York').toPlainDate()
    await addPatient(world, 'Ada')
    const rui = await withPasskey(world, 'Rui Costa', ['front_desk'])
    await world.ask('GET', '/api/people/patients?q=byron', undefined, { cookie: rui.cookie })
    const page = await open.page()
    await page.goto('/me')
    await arrive(page, 'Sign in')
    await page.getByRole('button', { name: 'Get a code by text or email' }).click()
    await prove(open, page, 'ada@example.org')

    await arrive(page, 'Find your record')
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await page.getByRole('alert').getByText('Enter your first name').waitFor()
    await page.getByLabel('First name').fill('Ada')
    await page.getByLabel('Last name').fill('Byron')
    await page.getByLabel('Month').fill('5')
    await page.getByLabel('Day', { exact: true }).fill('17')
    await page.getByLabel('Year').fill('1980')
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await arrive(page, 'Show that it is you')
    await prove(open, page, 'ada@example.org')
    await arrive(page, /^Welcome/)

    await page.getByRole('link', { name: 'Who opened my record' }).click()
    await arrive(page, 'Who opened my record')
    const line = page.getByRole('listitem').filter({ hasText: 'Rui Costa' })
    assert.match(
      await line.innerText(),
      /Rui Costa · Front desk\s+.*name and contact details\s+For your care · Once, at \d+:\d\d [AP]M/,
    )
    await page.getByRole('link', { name: 'Back' }).click()

    await page.getByRole('link', { name: 'Put something right' }).click()
    await page.getByLabel('What is wrong, and where?').fill('My address is the old one')
    await page.getByLabel('What should it be?').fill('12 River Street')
    await page.getByRole('button', { name: 'Send it' }).click()
    const due = today.add({ days: 60 }).toLocaleString('en-US', { dateStyle: 'long' })
    await page.getByText(`Answer by ${due}`).waitFor()
    await arrive(page, 'Put something right')
    await page.getByRole('link', { name: 'Back' }).click()
    await page.getByText('1 waits for an answer').waitFor()

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download to read (PDF)' }).click(),
    ])
    assert.equal(file.suggestedFilename(), 'record.pdf')
    assert.equal((await readFile(await file.path())).subarray(0, 5).toString(), '%PDF-')
    const [bundle] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download for an app (FHIR)' }).click(),
    ])
    const told = JSON.parse(await readFile(await bundle.path(), 'utf8')) as { resourceType: string }
    assert.equal(told.resourceType, 'Bundle')

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
    await page.goto('/me')
    await arrive(page, 'Sign in')
    assert.deepEqual(open.faults, [])
  })

  test('in Spanish and by the keyboard alone, a patient says what they allow, and disagrees with a no', async () => {
    await using open = await openBrowser()
    const { world } = open
    const ada = await addPatient(world, 'Ada')
    const page = await signedIn(open, 'ada@example.org', ada, 'es')
    await page.goto('/me')
    await arrive(page, /^Le damos la bienvenida/, 'es')
    const press = async (role: 'button' | 'link', name: string) => {
      await tabTo(page, page.getByRole(role, { name }).first())
      await page.keyboard.press('Enter')
    }
    await press('link', 'Lo que permito')
    await arrive(page, 'Lo que permito', 'es')
    await press('button', 'Lo permito: Investigación')
    await page.getByText('Permitido desde el 1 de diciembre de 2026').waitFor()
    await press('button', 'No lo permito: Enseñanza')
    await page.getByText('No permitido desde el 1 de diciembre de 2026').waitFor()
    assert.deepEqual(await faultsOf(page, 'es'), [])
    await page.reload()
    for (const [name, isSaid] of [
      ['Lo permito: Investigación', 'true'],
      ['No lo permito: Enseñanza', 'true'],
      ['Lo permito: Enseñanza', 'false'],
    ] as const)
      assert.equal(await page.getByRole('button', { name, exact: true }).getAttribute('aria-pressed'), isSaid, name)

    await page.goto('/me/corrections')
    await page.getByLabel('¿Qué está mal y dónde?').fill('Mi alergia')
    await page.getByLabel('¿Cómo debería ser?').fill('No tengo ninguna')
    await press('button', 'Enviar')
    await page.getByText('Respuesta a más tardar el 30 de enero de 2027').waitFor()
    const officer = await withPasskey(world, 'Oda Wells', ['auditor'])
    const asks = (method: 'GET' | 'POST', url: string, body?: object) =>
      world.ask(method, url, body, { cookie: officer.cookie })
    const [request] = (await asks('GET', '/api/privacy/amendments')).body['amendments']
    const answer = { answer: 'denied', reason: 'La prueba fue positiva' }
    assert.equal((await asks('POST', `/api/privacy/amendments/${request.id}/answer`, answer)).status, 200)
    await page.reload()
    await page.getByText('La prueba fue positiva').waitFor()
    await tabTo(page, page.getByLabel('¿No está de acuerdo?'))
    await page.keyboard.type('Esa prueba no era mía')
    await press('button', 'Agregar mi declaración')
    await page.getByText('Su declaración').waitFor()
    await arrive(page, 'Corregir algo', 'es')
    await page.goto('/me/disclosures')
    await arrive(page, 'A quién se le dio', 'es')
    await page.goto('/me/access')
    await arrive(page, 'Quién abrió mi expediente', 'es')
    assert.deepEqual(open.faults, [])
  })

  test('an invitation and a code to the contact on record open the record, once', async () => {
    await using open = await openBrowser()
    const { world } = open
    const ada = await addPatient(world, 'Ada')
    const desk = await withPasskey(world, 'Rui Costa', ['front_desk'])
    const invite = () =>
      world.ask('POST', `/api/people/patients/${ada}/invitation`, { kind: 'email' }, { cookie: desk.cookie })
    const invited = await invite()
    assert.equal(invited.status, 200, JSON.stringify(invited.body))
    const { pathname, hash } = new URL(invited.body['url'])
    const page = await open.page()
    await page.goto(`${pathname}${hash}`)
    await arrive(page, 'You are invited')
    await prove(open, page, 'another@example.org')
    await arrive(page, 'Open your record')
    await page.getByRole('button', { name: 'Send the code' }).click()
    await arrive(page, 'Type the code')
    await page.getByLabel('Six-digit code').fill(await codeSentTo(world, 'ada@example.org'))
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await arrive(page, /^Welcome/)
    const joined = await world.write((tx) => tx.selectFrom('people.patientAccount').select('patientId').execute())
    assert.deepEqual(joined, [{ patientId: ada }])
    await page.goto('about:blank')
    await page.goto(`${pathname}${hash}`)
    await page.getByRole('button', { name: 'Send the code' }).click()
    await page.getByRole('alert').getByText('does not work any more').waitFor()
    assert.deepEqual(open.faults, [])
  })
})
