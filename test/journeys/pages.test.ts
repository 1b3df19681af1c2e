// The pages, as a patient and the front desk use them, in a real browser on the real server.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { addPatient } from '../../server/testing/clinic.ts'
import type { World } from '../../server/testing/world.ts'
import { faultsOf, openBrowser, tabTo } from './browser.ts'

const thursdayAtNine = '2026-12-03T14:00:00Z'
const toBook = (offering: string, at = thursdayAtNine) => `/book?offering=${offering}&at=${at}&step=details`

async function letters(world: World): Promise<{ recipient: string; text: string }[]> {
  await world.settle()
  return (await world.ask('GET', '/api/conversations/dev/mailbox')).body['messages']
}

async function newest(world: World, pattern: RegExp): Promise<string> {
  const [letter] = await letters(world)
  return pattern.exec(letter!.text)?.[1] ?? assert.fail(`nothing like ${pattern} in ${letter!.text}`)
}

/** Waits for a screen by its title, and looks at what a program can see of it. */
async function arrive(page: Page, title: string | RegExp, language = 'en') {
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  assert.deepEqual(await faultsOf(page, language), [], `${title}`)
}

async function fillDetails(page: Page) {
  await page.getByLabel('First name').fill('Carmen')
  await page.getByLabel('Last name').fill('Díaz')
  await page.getByLabel('Month').fill('4')
  await page.getByLabel('Day', { exact: true }).fill('9')
  await page.getByLabel('Year').fill('1988')
  await page.getByLabel('No, first time').check()
  await page.getByLabel('Mobile phone or email').fill('carmen@example.org')
  await page.getByLabel('What is it about?').fill('Tired')
}

async function seeDetails(page: Page) {
  const value = (label: string) => page.getByLabel(label, { exact: true }).inputValue()
  assert.deepEqual(
    [await value('First name'), await value('Year'), await value('Mobile phone or email')],
    ['Carmen', '1988', 'carmen@example.org'],
  )
  assert.ok(await page.getByLabel('No, first time').isChecked())
}

const otherPages = (clinic: { nguyen: { id: string; office: string } }) => [
  '/find?q=zzzz',
  '/find?q=chest%20pain',
  '/find?q=kill%20myself',
  `/clinicians/${clinic.nguyen.id}`,
  '/book',
  `/book?offering=${clinic.nguyen.office}`,
  '/visit#nonsense',
  '/dev/mailbox',
  '/nowhere',
  '/desk',
]

// Two at a time: a page mostly waits.
describe('the pages', { concurrency: 2 }, () => {
  test('a new patient on a phone books in six screens, and cancels by the link in the mail', async () => {
    await using open = await openBrowser()
    const { world } = open
    const page = await open.page()
    await page.goto('/')
    await arrive(page, 'Find care and book a visit')
    await page.getByLabel('What is it about, or who do you look for?').fill('heart doctor')
    await page.getByRole('button', { name: 'Show open times' }).click()
    await page.getByRole('article', { name: 'Dr. Omar Osei' }).waitFor()
    await page.getByText('Filters', { exact: true }).click()
    await page.getByLabel('Not before').fill('2026-12-03')
    await page.getByRole('button', { name: 'Show the results' }).click()
    await arrive(page, 'Clinicians with open times')
    await page.getByRole('link', { name: /Thu, Dec 3.*9:30 AM EST/ }).click()
    await arrive(page, 'Who is the visit for?')
    await fillDetails(page)
    await page.getByRole('button', { name: 'Continue and get a code' }).click()
    await arrive(page, 'Type the code we sent')
    await page.getByLabel('Six-digit code').fill(await newest(world, /\b(\d{6})\b/))
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await arrive(page, 'Check and book')
    await page.getByRole('button', { name: 'Book this visit' }).click()
    await arrive(page, 'Your visit is booked')
    await page.getByText('Your medicines').waitFor()
    await page.getByText('Come 10 minutes early').waitFor()

    const link = await newest(world, /http:\/\/localhost:8080(\/v#[\w-]+)/)
    await page.goto('about:blank')
    await page.goto(link)
    await arrive(page, 'Your visit, Carmen')
    await page.getByText('Thursday, December 3, 9:30 AM EST').waitFor()
    await page.getByRole('button', { name: 'Move to another time' }).click()
    await arrive(page, 'Choose another time')
    await page.goBack()
    await page.getByRole('button', { name: 'Cancel the visit' }).click()
    await page.getByLabel('It got better').check()
    await arrive(page, 'Cancel the visit')
    await page.getByRole('button', { name: 'Cancel the visit' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the visit' }).click()
    await arrive(page, 'This visit is cancelled')
    const rows = await world.write((tx) =>
      tx.selectFrom('scheduling.appointment').select(['status', 'startsAt', 'reason', 'reasonSealed']).execute(),
    )
    assert.deepEqual(
      rows.map(({ status, startsAt, reason, reasonSealed }) => [
        status,
        startsAt.toString(),
        reason,
        reasonSealed !== null,
      ]),
      // Why somebody comes is kept sealed.
      [['cancelled', '2026-12-03T14:30:00Z', null, true]],
    )
    assert.deepEqual(open.faults, [])
  })

  test('a Spanish speaker without a mouse finds care and books by the keyboard alone', async () => {
    await using open = await openBrowser()
    const { world } = open
    const page = await open.page({ locale: 'es-US' })
    const { keyboard } = page
    const type = async (label: string, text: string) => {
      await tabTo(page, page.getByLabel(label, { exact: true }))
      await keyboard.type(text)
    }
    const press = async (role: 'button' | 'link', name: string | RegExp) => {
      await tabTo(page, page.getByRole(role, { name }).first())
      await keyboard.press('Enter')
    }
    await page.goto('/')
    await arrive(page, 'Encuentre atención y reserve una cita', 'es')
    await press('link', 'Saltar a la página')
    await type('¿De qué se trata o a quién busca?', 'Nguyen')
    await press('button', 'Ver horas libres')
    await arrive(page, 'Profesionales con horas libres', 'es')
    await press('link', /^Más horas Dr\. Lan Nguyen/)
    await arrive(page, 'Dr. Lan Nguyen', 'es')
    await press('button', 'Semana siguiente')
    await page.getByRole('heading', { name: 'Martes, 8 de diciembre' }).waitFor()
    await press('link', /9:00.*Martes, 8 de diciembre/)
    await arrive(page, '¿Para quién es la cita?', 'es')
    await press('button', 'Continuar y recibir un código')
    assert.match(
      await page.evaluate(() => document.activeElement?.textContent ?? ''),
      /nombre/i,
      'the summary has the focus',
    )
    await type('Nombre', 'Carmen')
    await type('Apellido', 'Díaz')
    await type('Día', '9')
    await type('Mes', '4')
    await type('Año', '1988')
    await tabTo(page, page.getByLabel('No, es la primera vez'))
    await keyboard.press('Space')
    await type('Celular o correo electrónico', 'carmen@example.org')
    await press('button', 'Continuar y recibir un código')
    await arrive(page, 'Escriba el código que le enviamos', 'es')
    await type('Código de seis dígitos', await newest(world, /\b(\d{6})\b/))
    await keyboard.press('Enter')
    await arrive(page, 'Revise y reserve', 'es')
    await press('button', 'Reservar esta cita')
    await arrive(page, 'Su cita está reservada', 'es')
    await page.getByText('Sus medicinas').waitFor()
    await press('link', 'Cambiar o cancelar')
    await arrive(page, 'Su cita, Carmen', 'es')
    assert.deepEqual(open.faults, [])
  })

  test('every other page, in both languages, light and dark: accessible, fits a phone, asks nobody else', async () => {
    await using open = await openBrowser()
    const walk = async (language: string) => {
      const page = await open.page({ locale: `${language}-US` })
      for (const path of otherPages(open.clinic)) {
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        assert.deepEqual(await faultsOf(page, language), [], `${path} in ${language}`)
      }
      await page.request.post('/api/people/demo-session', { data: {} })
      await page.goto('/desk')
      await page.getByRole('region', { name: 'Dr. Lan Nguyen' }).getByRole('button').first().click()
      await page
        .getByRole('heading', { level: 2, name: /Dr\. Lan Nguyen$/ })
        .last()
        .waitFor()
      assert.deepEqual(await faultsOf(page, language), [], `the day of the desk in ${language}`)
    }
    await Promise.all([walk('en'), walk('es')])
    assert.deepEqual(open.faults, [])
  })

  test('two people want one time: the second is told, and takes the next; Back and reload keep what was typed', async () => {
    await using open = await openBrowser()
    const [one, two] = [await open.page(), await open.page()]
    const address = toBook(open.clinic.nguyen.office)
    await one.goto(address)
    await one.getByText('Kept for you').waitFor()
    await fillDetails(one)
    await two.goto(address)
    await two.getByRole('alert').getByText('just taken').waitFor()
    assert.deepEqual(await faultsOf(two), [])
    await fillDetails(two)
    await two.getByRole('list', { name: 'Next open times' }).getByRole('link').first().click()
    await two.getByText('Tuesday, December 1, 10:30 AM EST').waitFor()
    await two.getByText('Kept for you').waitFor()
    await seeDetails(two)

    await one.reload()
    await one.getByText('Kept for you').waitFor()
    await seeDetails(one)
    await one.getByRole('link', { name: 'Change time' }).click()
    await one.getByRole('heading', { level: 1, name: 'Choose a time' }).waitFor()
    await one.goBack()
    await seeDetails(one)
    const holds = await open.world.write((tx) => tx.selectFrom('scheduling.hold').select('id').execute())
    assert.equal(holds.length, 2, 'each keeps one time, and a reload keeps no second one')
    assert.deepEqual(open.faults, [])
  })

  test('a kept time runs out by the clock of the clinic, and everything typed is still there', async () => {
    await using open = await openBrowser()
    const { world } = open
    // This visitor's own clock is an hour slow.
    const page = await open.page({ clock: '2026-12-01T13:00:00Z' })
    await page.goto(toBook(open.clinic.nguyen.office))
    await page.getByText(/Kept for you: (5:00|4:5\d)/).waitFor()
    await fillDetails(page)
    world.at('2026-12-01T14:05:01Z')
    await world.chore('scheduling.free-expired-holds')
    await page.clock.fastForward('05:01')
    await page.getByText('The time is no longer kept for you').first().waitFor()
    assert.deepEqual(await faultsOf(page), [])
    await seeDetails(page)
    await page.getByRole('button', { name: 'Keep it for me again' }).click()
    await page.getByText(/Kept for you: (5:00|4:5\d)/).waitFor()
    await seeDetails(page)
    assert.deepEqual(open.faults, [])
  })

  test('a visitor elsewhere reads the time of the clinic; for a video visit their own too', async () => {
    await using open = await openBrowser()
    const { nguyen } = open.clinic
    const page = await open.page({ timezoneId: 'America/Los_Angeles' })
    const yourTime = page.getByRole('region', { name: 'Your time' })
    await page.goto(toBook(nguyen.office))
    await yourTime.getByText('Thursday, December 3, 9:00 AM EST').waitFor()
    await yourTime.getByText('come at the clinic’s time').waitFor()
    await page.goto(toBook(nguyen.video, '2026-12-03T15:00:00Z'))
    await yourTime.getByText('Thursday, December 3, 10:00 AM EST').waitFor()
    await yourTime.getByText('On your clock: 7:00 AM PST').waitFor()
    assert.equal(await yourTime.getByText('come at the clinic’s time').count(), 0)
  })

  test('the front desk signs in, sees a booking come in, and books, moves and cancels by keyboard', async () => {
    await using open = await openBrowser()
    const { world, clinic } = open
    await addPatient(world, 'Ada')
    const ben = await addPatient(world, 'Ben')
    const client = await world.client()
    const page = await open.page({ viewport: { width: 1440, height: 900 } })
    const { keyboard } = page
    let loads = 0
    page.on('load', () => loads++)
    await page.request.post('/api/people/demo-session', { data: {} })
    await page.goto('/desk?day=2026-12-03')
    const column = page.getByRole('region', { name: 'Dr. Lan Nguyen' })
    await column.getByRole('button', { name: '9:00 AM Free' }).waitFor()

    const booked = await client.asks('POST', '/api/scheduling/appointments', {
      offeringId: clinic.nguyen.office,
      startsAt: thursdayAtNine,
      patientId: ben,
      language: 'en',
    })
    assert.equal(booked.status, 200, JSON.stringify(booked.body))
    // Sooner than the page would ask again by itself.
    await column.getByRole('button', { name: '9:00 AM Ben Byron' }).waitFor({ timeout: 5_000 })
    assert.equal(loads, 1, 'the page was not loaded again')
    assert.deepEqual(await faultsOf(page), [])

    await tabTo(page, column.getByRole('button').first())
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Book with Dr. Lan Nguyen' }).waitFor()
    await page.getByText('Why not this time?').click()
    await page.getByLabel('A time of this day').fill('09:00')
    await page.getByRole('button', { name: 'Say why' }).click()
    await page.getByText('The clinician has another visit then').waitFor()
    await tabTo(page, page.getByLabel('Find a patient'))
    await keyboard.type('ada')
    await tabTo(page, page.getByRole('button', { name: /^Ada Byron/ }))
    await keyboard.press('Enter')
    assert.deepEqual(await faultsOf(page), [])
    await tabTo(page, page.getByRole('button', { name: 'Book', exact: true }))
    await keyboard.press('Enter')
    const ada = page.getByRole('region').getByRole('button', { name: /Ada Byron/ })
    await column.getByRole('button', { name: '9:30 AM Ada Byron' }).waitFor()

    await ada.focus()
    await keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: 'Ada Byron' }).waitFor()
    await keyboard.press('m')
    await tabTo(
      page,
      page.getByRole('list', { name: 'New time' }).getByRole('button', { name: /Thu, Dec 3.* 10:30 AM/ }),
    )
    await keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Move this visit?' }).waitFor()
    await keyboard.press('Enter')
    await column.getByRole('button', { name: '10:30 AM Ada Byron' }).waitFor()

    // On paper: the clinic, the day and who comes, and nothing of the screen around it.
    await page.emulateMedia({ media: 'print' })
    await page
      .getByRole('table', { name: 'Dr. Lan Nguyen' })
      .getByRole('row', { name: /10:30 AM Ada Byron/ })
      .waitFor()
    assert.equal(await page.getByRole('button', { name: 'Print', exact: true }).count(), 0)
    await page.emulateMedia({ media: 'screen' })

    // By mouse, too: dropped on a colleague's free time it asks the same before it moves.
    const osei = page.getByRole('region', { name: 'Dr. Omar Osei' })
    await ada.dragTo(osei.getByRole('button', { name: '9:00 AM Free' }), { targetPosition: { x: 20, y: 2 } })
    const question = page.getByRole('dialog', { name: 'Move this visit?' })
    await question.getByText('Thursday, December 3, 9:00 AM · Dr. Omar Osei').waitFor()
    await question.getByRole('button', { name: 'Move the visit' }).click()
    await osei.getByRole('button', { name: '9:00 AM Ada Byron' }).waitFor()

    await ada.focus()
    await keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: 'Ada Byron' }).waitFor()
    await keyboard.press('c')
    await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Cancel the visit' }))
    await keyboard.press('Enter')
    await ada.waitFor({ state: 'detached' })
    assert.equal(loads, 1, 'the page was not loaded again')
    const rows = await world.write((tx) =>
      tx.selectFrom('scheduling.appointment').select(['status', 'startsAt']).orderBy('startsAt').execute(),
    )
    assert.deepEqual(
      rows.map(({ status, startsAt }) => [status, startsAt.toString()]),
      [
        ['booked', thursdayAtNine],
        ['cancelled', thursdayAtNine],
      ],
    )
    assert.deepEqual(open.faults, [])
  })

  test('the front desk books somebody new and blocks time without a mouse; what somebody else took is told, nothing is lost', async () => {
    await using open = await openBrowser()
    const { world, clinic } = open
    const ben = await addPatient(world, 'Ben')
    const client = await world.client()
    const page = await open.page({ viewport: { width: 1440, height: 900 } })
    const { keyboard } = page
    await page.request.post('/api/people/demo-session', { data: {} })
    await page.goto('/desk?day=2026-12-03')
    const column = page.getByRole('region', { name: 'Dr. Lan Nguyen' })
    await tabTo(page, column.getByRole('button').first())
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Book with Dr. Lan Nguyen' }).waitFor()
    await tabTo(page, page.getByRole('button', { name: 'Somebody new' }))
    await keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: 'Use these details' }))
    await keyboard.press('Enter')
    await page.getByText('There are 4 things to put right').waitFor()
    for (const [label, text] of [
      ['First name', 'Carmen'],
      ['Last name', 'Díaz'],
      ['Month', '4'],
      ['Day', '9'],
      ['Year', '1988'],
      ['Phone or email', '(617) 555-0142'],
    ] as const) {
      await page.getByRole('textbox', { name: label, exact: true }).focus()
      await keyboard.type(text)
    }
    assert.deepEqual(await faultsOf(page), [])
    await keyboard.press('Enter')
    await page.getByText('Carmen Díaz').waitFor()

    const rival = await client.asks('POST', '/api/scheduling/appointments', {
      offeringId: clinic.nguyen.office,
      startsAt: thursdayAtNine,
      patientId: ben,
      language: 'en',
    })
    assert.equal(rival.status, 200)
    await column.getByRole('button', { name: '9:00 AM Ben Byron' }).waitFor()
    await page.getByText('Carmen Díaz').waitFor()
    await tabTo(page, page.getByRole('button', { name: 'Book', exact: true }))
    await keyboard.press('Enter')
    await column.getByRole('button', { name: '9:30 AM Carmen Díaz' }).waitFor()

    await column.getByRole('button', { name: /1:00 PM Free/ }).focus()
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Book with Dr. Lan Nguyen' }).waitFor()
    await keyboard.press('b')
    await page.getByRole('heading', { name: 'Block time of Dr. Lan Nguyen' }).waitFor()
    await page.getByLabel('Reason').focus()
    await keyboard.type('Team meeting')
    await tabTo(page, page.getByRole('button', { name: 'Block this time' }))
    await keyboard.press('Enter')
    const meeting = column.getByRole('button', { name: '1:00 PM Team meeting' })
    await meeting.focus()
    await keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: 'Open this time again' }))
    await keyboard.press('Enter')
    await meeting.waitFor({ state: 'detached' })
    await keyboard.press('?')
    await page.getByRole('heading', { name: 'Keys' }).waitFor()
    await keyboard.press('Escape')
    assert.deepEqual(open.faults, [])
  })
})
