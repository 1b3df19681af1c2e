// Visits that belong together, in a real browser: a surgeon's pre-op, operation and post-op are planned, booked and moved together.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineVisitType, offerVisit, reindexAll } from '../../server/scheduling/index.ts'
import { addPatient } from '../../server/testing/clinic.ts'
import { withPassword } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser, tabTo, type Open } from './browser.ts'

/** Dr. Nguyen sees patients before and after; Dr. Osei operates. */
async function openSurgery({ world, clinic }: Open) {
  const { organizationId } = world
  await world.write(async (tx) => {
    const offer = async (code: string, name: string, at: { by: typeof clinic.nguyen; minutes: number }) =>
      offerVisit(tx, organizationId, {
        practitionerRoleId: at.by.roleId,
        visitTypeId: await defineVisitType(tx, organizationId, { code, name: { en: name } }),
        minutes: at.minutes,
        stepMinutes: 30,
      })
    await offer('pre-op', 'Before the operation', { by: clinic.nguyen, minutes: 30 })
    await offer('operation', 'Operation', { by: clinic.osei, minutes: 120 })
    await offer('post-op', 'After the operation', { by: clinic.nguyen, minutes: 30 })
    for (const { id } of [clinic.nguyen, clinic.osei]) await reindexAll(tx, organizationId, id, world.now())
  })
}

test('a surgeon’s pre-op, operation and post-op are booked together, and move together', async () => {
  await using open = await openBrowser()
  const { world } = open
  await openSurgery(open)
  const ada = await addPatient(world, 'Ada')
  const rui = await withPassword(world, 'Rui Costa', ['front_desk'])
  const page = await open.page({ viewport: { width: 1280, height: 900 } })
  await page.goto('/dev/mailbox')
  const [name = '', value = ''] = rui.cookie.split('=')
  await page.context().addCookies([{ name, value, url: new URL(page.url()).origin }])

  await page.goto('/desk')
  await page.getByLabel('Find a patient').fill('byron')
  await page.getByRole('button', { name: /Ada Byron/ }).click()
  await page.getByRole('link', { name: 'Plan linked visits' }).click()
  await page.getByRole('heading', { name: 'Plan visits for Ada Byron' }).waitFor()
  await page.getByRole('button', { name: 'Find times' }).click()
  await page.getByRole('alert').getByText('Choose visit 1').waitFor()
  const visits = page.getByLabel('Visit', { exact: true })
  for (const [at, label] of ['Before the operation', 'Operation', 'After the operation'].entries())
    await visits.nth(at).selectOption({ label })
  const least = page.getByLabel('Days after, at least')
  const most = page.getByLabel('At most')
  await most.nth(0).fill('3')
  await least.nth(1).fill('7')
  await most.nth(1).fill('10')
  await page.getByRole('button', { name: 'Find times' }).click()
  await page.getByRole('heading', { name: 'All of them fit' }).waitFor()
  assert.deepEqual(await faultsOf(page), [])
  await page.getByRole('button', { name: 'Book all 3 visits' }).click()
  await page.getByText('All 3 visits are booked').waitFor()
  const booked = await standing(open, ada)
  assert.deepEqual(
    booked.map(({ day }) => day),
    ['2026-12-01', '2026-12-02', '2026-12-09'],
  )

  // At the desk, by keyboard: open the operation, choose another time, see where the others go, move all.
  await page.goto('/desk?day=2026-12-02')
  await page.getByRole('button', { name: /Ada Byron/ }).click()
  await page.getByRole('heading', { name: 'One of linked visits' }).waitFor()
  await page.keyboard.press('m')
  const later = page.getByRole('button', { name: /Dec 7/ }).first()
  await tabTo(page, later)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Then they would be' }).waitFor()
  assert.deepEqual(await faultsOf(page), [])
  assert.deepEqual(await standing(open, ada), booked)
  const move = page.getByRole('button', { name: 'Move 3 visits together' })
  await tabTo(page, move)
  await page.keyboard.press('Enter')
  await move.waitFor({ state: 'detached' })
  assert.deepEqual(
    (await standing(open, ada)).map(({ day, version }) => [day, version]),
    [
      ['2026-12-04', 2],
      ['2026-12-07', 2],
      ['2026-12-14', 2],
    ],
  )

  // The patient's own page says what belongs together, and moves one with the others following.
  await world.settle()
  const { body } = await world.ask('GET', '/api/conversations/dev/mailbox')
  const letters: { recipient: string; text: string }[] = body['messages']
  assert.deepEqual(
    letters.map(({ recipient }) => recipient),
    ['ada@example.org'],
  )
  const [, token = ''] = /\/v#([\w-]+)/.exec(letters[0]?.text.split('Dr. Omar Osei')[1] ?? '') ?? []
  const patient = await open.page({ viewport: { width: 360, height: 780 } })
  await patient.goto(`/visit#${token}`)
  await patient.getByRole('heading', { name: 'These visits belong together' }).waitFor()
  await patient.getByText('2 of 3 · Before the operation, Operation, After the operation').waitFor()
  assert.deepEqual(await faultsOf(patient), [])
  await patient.getByRole('button', { name: 'Move to another time' }).click()
  await patient.goto(`/visit?do=move&from=2026-12-09#${token}`)
  await patient
    .getByRole('button', { name: /^9:00 AM/ })
    .first()
    .click()
  await patient.getByRole('heading', { name: 'Your visits belong together' }).waitFor()
  assert.deepEqual(await faultsOf(patient), [])
  await patient.getByRole('button', { name: /^Move . visits together|^Move the visit/ }).click()
  await patient.getByText('Your visit was moved').waitFor()
  assert.equal((await standing(open, ada))[1]?.version, 3)
  assert.deepEqual(open.faults, [])
})

const standing = async ({ world }: Open, patientId: string) =>
  (
    await world.write((tx) =>
      tx
        .selectFrom('scheduling.appointment')
        .where('patientId', '=', patientId)
        .where('status', '=', 'booked')
        .orderBy('startsAt')
        .select(['startsAt', 'version'])
        .execute(),
    )
  ).map(({ startsAt, version }) => ({ day: startsAt.toString().slice(0, 10), version }))
