// The privacy officer's pages, in a real browser: finding who opened a chart, judging, answering; and nothing of it for others.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { addPatient } from '../../server/testing/clinic.ts'
import { withCode, withPasskey } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser, tabTo, type Open } from './browser.ts'

async function arrive(page: Page, title: string, language = 'en') {
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  assert.deepEqual(await faultsOf(page, language), [], title)
}

async function signedIn(open: Open, cookie: string, options: object = {}) {
  const page = await open.page(options)
  const [name = '', value = ''] = cookie.split('=')
  await page.goto('/dev/mailbox')
  await page.context().addCookies([{ name, value, url: new URL(page.url()).origin }])
  return page
}

/** A clinic where Sam looked up a namesake, Nan broke the glass of Ada's record, and Ada asks for a correction. */
async function setUp(open: Open) {
  const { world } = open
  // The trail goes by the clock of the database.
  world.at(Temporal.Now.instant())
  const ada = await addPatient(world, 'Ada')
  await addPatient(world, 'Dora', 'Marsh')
  const officer = await withPasskey(world, 'Oda Wells', ['auditor'])
  const sam = await withPasskey(world, 'Sam Marsh', ['front_desk'])
  const nan = await withPasskey(world, 'Nan Ruiz', ['nurse'])
  await world.ask('GET', '/api/people/patients?q=dora', undefined, { cookie: sam.cookie })
  const why = { reason: 'emergency', words: 'Collapsed in the waiting room.' }
  const broken = await world.ask('POST', `/api/people/patients/${ada}/break-glass`, why, { cookie: nan.cookie })
  assert.equal(broken.status, 200, JSON.stringify(broken.body))
  const { cookie } = await withCode(world, 'ada@example.org')
  await world.write(async (tx) => {
    const { id } = await tx.selectFrom('people.person').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()
    await tx
      .insertInto('people.patientAccount')
      .values({ organizationId: world.organizationId, personId: id, patientId: ada, basis: 'proof' })
      .execute()
  })
  const wrong = { about: 'Allergies', wanted: 'No allergy to penicillin' }
  assert.equal((await world.ask('POST', '/api/privacy/my-amendments', wrong, { cookie })).status, 200)
  return { ada, officer, sam }
}

describe('the privacy officer', { concurrency: 2 }, () => {
  test('sees what waits, finds who opened a chart, judges a look, reviews broken glass and answers a correction', async () => {
    await using open = await openBrowser()
    const { world } = open
    const { officer } = await setUp(open)
    const page = await signedIn(open, officer.cookie)
    const judge = async (verdict: string) => {
      await page.getByLabel('Note (optional)').first().fill('Asked them about it.')
      await page.getByRole('button', { name: verdict }).first().click()
      await page.getByRole('dialog').getByRole('button', { name: 'Record the judgement' }).click()
    }
    await page.goto('/officer')
    await page.getByRole('heading', { name: 'Broken glass to review (1)' }).waitFor()
    await page.getByRole('heading', { name: 'Corrections to answer (1)' }).waitFor()
    await page.getByText('Sam Marsh').waitFor()
    await arrive(page, 'What waits')

    await page.getByRole('link', { name: 'Broken glass', exact: true }).click()
    await arrive(page, 'Broken glass')
    const glass = page.getByRole('region', { name: 'Nan Ruiz' })
    await glass.getByText('Collapsed in the waiting room.').waitFor()
    await glass.getByText('Ada Byron').waitFor()
    await glass.getByText('Once in the seven days until then').waitFor()
    await glass.getByRole('link', { name: 'What they opened of this patient' }).click()
    await page.getByText('Only what one person did is shown.').waitFor()
    await page.getByText('through broken glass').first().waitFor()
    assert.equal(await page.getByRole('main').getByText('Oda Wells').count(), 0)
    await page.goBack()
    await judge('Nothing wrong')
    await glass.getByText('Judged: nothing wrong').waitFor()
    const reviewed = await world.write((tx) =>
      tx.selectFrom('people.breakGlass').select(['outcome', 'noteSealed']).executeTakeFirstOrThrow(),
    )
    assert.deepEqual([reviewed.outcome, reviewed.noteSealed !== null], ['fine', true])

    await page.getByRole('link', { name: 'Looks', exact: true }).click()
    await arrive(page, 'Looks to judge')
    const look = page.getByRole('region', { name: 'Sam Marsh' })
    await look.getByText('Patient and colleague have a surname in common.').waitFor()
    await judge('A violation')
    await look.getByText('Judged: a violation').waitFor()

    await page.getByRole('link', { name: 'Access log', exact: true }).click()
    await page.getByLabel('Patient or colleague').fill('dora')
    await page.getByRole('button', { name: 'Dora Marsh' }).click()
    await page.getByText('Who opened the record of Dora Marsh').waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Sam Marsh · Front desk' }).first().waitFor()
    await arrive(page, 'Access log')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file (CSV)' }).click(),
    ])
    assert.match(await readFile(await file.path(), 'utf8'), /"Sam Marsh","front_desk","Dora Marsh","1980-05-17","read"/)
    await page.getByRole('link', { name: 'Sam Marsh' }).first().click()
    await page.getByText('What was opened by Sam Marsh').waitFor()
    await page.getByRole('link', { name: 'Dora Marsh' }).first().waitFor()

    await page.getByRole('link', { name: 'Corrections', exact: true }).click()
    await page.getByText('No allergy to penicillin').waitFor()
    await arrive(page, 'Corrections')
    await page.getByRole('button', { name: 'Deny' }).click()
    await page.getByRole('alert').getByText('Say why it is denied').waitFor()
    await page.getByLabel('Reason').fill('A reaction was seen in 2019.')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Deny' }).click()
    await page.getByRole('button', { name: 'Send the answer' }).click()
    await page.getByRole('alert').getByText('We could not reach the clinic').waitFor()
    assert.equal(await page.getByLabel('Reason').inputValue(), 'A reaction was seen in 2019.', 'nothing typed is lost')
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Deny' }).click()
    await page.getByRole('button', { name: 'Send the answer' }).click()
    await page.getByText('Denied').waitFor()
    await page.getByText('No correction waits for an answer').waitFor()
    assert.deepEqual(
      open.faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED')),
      [],
    )
  })

  test('in Spanish, records a disclosure and places and ends a hold', async () => {
    await using open = await openBrowser()
    const { officer } = await setUp(open)
    const page = await signedIn(open, officer.cookie, { locale: 'es-US', viewport: { width: 1200, height: 800 } })
    await page.goto('/officer')
    await arrive(page, 'Qué espera', 'es')
    await page.goto('/officer/disclosures')
    await tabTo(page, page.getByLabel('Paciente'))
    await page.keyboard.type('ada byron')
    await tabTo(page, page.getByRole('button', { name: 'Ada Byron' }))
    await page.keyboard.press('Enter')
    await page.getByText('No se dio nada a otros').waitFor()
    await page.getByLabel('Qué día').fill('2026-11-02')
    await page.getByLabel('Se dio a').fill('State health department')
    await page.getByLabel('Qué se dio').fill('A positive test')
    await page.getByLabel('Por qué').selectOption('public_health')
    await page.getByRole('button', { name: 'Anotarla' }).click()
    await page.getByText('Quedó anotado').waitFor()
    await page.getByRole('heading', { name: '2 de noviembre de 2026' }).waitFor()
    await arrive(page, 'Divulgaciones', 'es')

    await page.goto('/officer/holds')
    await page.getByLabel('Qué abarca').selectOption('all')
    await page.getByLabel('Por qué se retiene').fill('Lo pide un tribunal.')
    await page.getByRole('button', { name: 'Poner la retención' }).click()
    await page.getByRole('heading', { name: 'Todos los expedientes' }).waitFor()
    await arrive(page, 'Retenciones legales', 'es')
    await page.getByRole('button', { name: 'Terminar esta retención' }).click()
    await page.getByRole('button', { name: 'Terminar la retención', exact: true }).click()
    await page.getByText('Terminó el').waitFor()
    assert.deepEqual(open.faults, [])
  })

  test('marks a record, and an administrator names who cares and ends it: in Spanish, by keyboard, with its history', async () => {
    await using open = await openBrowser()
    const { ada, officer } = await setUp(open)
    const page = await signedIn(open, officer.cookie)
    await page.goto('/officer/closed')
    await page.getByLabel('Patient').fill('ada')
    await page.getByRole('button', { name: 'Ada Byron' }).click()
    await page.getByText('The record is not marked.').waitFor()
    await page.getByRole('button', { name: 'Mark: Known to the public' }).click()
    await page.getByRole('button', { name: 'Take the mark off Known to the public' }).waitFor()
    await page.getByText(/by Oda Wells/).waitFor()
    assert.equal(
      await page.getByRole('button', { name: 'Name them' }).count(),
      0,
      'the privacy officer only reads the team',
    )
    await arrive(page, 'Closed records')
    await page.getByRole('button', { name: 'Take the mark off Known to the public' }).click()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Take the mark off Known to the public' }).click()
    await page.getByRole('button', { name: 'Take it off' }).click()
    await page.getByText('The record is not marked.').waitFor()
    await page.getByText('Earlier marks (1)').click()
    await page.getByText(/ended on .* by Oda Wells/).waitFor()

    const admin = await withPasskey(open.world, 'Nia Cole', ['practice_admin'])
    const es = await signedIn(open, admin.cookie, { locale: 'es-US', viewport: { width: 1280, height: 800 } })
    await es.goto(`/officer/closed?patientId=${ada}`)
    await es.getByText('No se ha nombrado a nadie.').waitFor()
    await tabTo(es, es.getByRole('button', { name: 'Nombrarlo' }))
    await es.keyboard.press('Enter')
    await es.getByRole('alert').getByText('Elija a un colega').waitFor()
    await tabTo(es, es.getByLabel('Colega', { exact: true }))
    await es.keyboard.type('Nan')
    await es.getByLabel('Último día').fill('2099-03-09')
    await tabTo(es, es.getByRole('button', { name: 'Nombrarlo' }))
    await es.keyboard.press('Enter')
    await es.getByText(/por Nia Cole · hasta el 9 de marzo de 2099/).waitFor()
    assert.equal(await es.getByRole('option', { name: 'Nan Ruiz' }).count(), 0, 'nobody is named twice')
    await arrive(es, 'Expedientes cerrados', 'es')
    await tabTo(es, es.getByRole('button', { name: /^Terminar(lo)? Nan Ruiz/ }))
    await es.keyboard.press('Enter')
    await es
      .getByRole('dialog')
      .getByRole('button', { name: /^Terminar/ })
      .click()
    await es.getByText('No se ha nombrado a nadie.').waitFor()
    await es.getByText('Nombrados antes (1)').click()
    await es.getByText(/terminó el .*, por Nia Cole/).waitFor()
    assert.deepEqual(open.faults, [])
  })

  test('two people let a record go on the page of holds: one proposes, the other approves, and either takes it back', async () => {
    await using open = await openBrowser()
    const { world } = open
    await addPatient(world, 'Ada')
    world.at('2037-01-02T14:00:00Z')
    const as = async (name: string, role: 'auditor' | 'practice_admin') => {
      const { cookie } = await withPasskey(world, name, [role])
      const page = await signedIn(open, cookie)
      await page.goto('/officer/holds')
      await page.getByText('Ada Byron', { exact: true }).waitFor()
      return page
    }
    const oda = await as('Oda Wells', 'auditor')
    await oda.getByRole('button', { name: 'Propose to let it go' }).click()
    await oda.getByRole('button', { name: 'Propose it' }).click()
    await oda.getByText('Somebody else approves it').waitFor()
    assert.equal(await oda.getByRole('button', { name: 'Approve' }).count(), 0, 'nobody approves their own')
    const nia = await as('Nia Cole', 'practice_admin')
    await nia.getByText('Waits for a second person').waitFor()
    await nia.getByRole('button', { name: 'Approve', exact: true }).click()
    await nia.getByText(/nothing of the record of Ada Byron can be brought back/).waitFor()
    await nia.keyboard.press('Enter')
    await nia.getByRole('dialog').waitFor({ state: 'hidden' })
    await nia.getByText('Waits for a second person').waitFor()
    await nia.getByRole('button', { name: 'Approve', exact: true }).click()
    await nia.getByRole('button', { name: 'Approve it' }).click()
    await nia.getByText(/Approved by Nia Cole/).waitFor()
    assert.deepEqual(await faultsOf(nia), [])
    await oda.reload()
    await oda.getByText(/Approved by Nia Cole/).waitFor()
    await oda.getByRole('button', { name: 'Take it back' }).click()
    await oda.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
    await oda.getByRole('button', { name: 'Propose to let it go' }).waitFor()
    assert.deepEqual(open.faults, [])
  })

  test('a front-desk colleague gets nothing from these pages, and a visitor is asked to sign in', async () => {
    await using open = await openBrowser()
    const { ada, sam } = await setUp(open)
    const page = await signedIn(open, sam.cookie)
    for (const path of [
      '',
      '/glass',
      `/closed?patientId=${ada}`,
      '/looks',
      `/log?patientId=${ada}`,
      '/corrections',
      `/disclosures?patientId=${ada}`,
      '/holds',
    ]) {
      await page.goto(`/officer${path}`)
      await page.getByRole('heading', { name: 'This page is not part of your work' }).waitFor()
      assert.doesNotMatch(await page.locator('body').innerText(), /Ada|Byron|Nan Ruiz|penicillin/, path)
    }
    const visitor = await open.page()
    await visitor.goto('/officer/looks')
    await visitor.getByRole('heading', { level: 1, name: 'For people who work here' }).waitFor()
    assert.deepEqual(open.faults, [])
  })
})
