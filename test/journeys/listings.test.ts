// What visitors are shown of a clinician, in a real browser: somebody says it is wrong, the desk puts it right.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openClinic } from '../../server/testing/clinic.ts'
import { withPasskey } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser } from './browser.ts'

test('nobody answers at a place: two visitors say so, it leaves the search, and a call from the desk brings it back', async () => {
  await using open = await openBrowser()
  const { world } = open
  const { osei } = await openClinic(world)
  const visitor = await open.page()
  await visitor.goto(`/clinicians/${osei.id}`)
  await visitor.getByRole('heading', { level: 1, name: 'Dr. Omar Osei' }).waitFor()
  const said = JSON.parse(await visitor.locator('script[type="application/ld+json"]').innerText())
  assert.deepEqual([said['@type'], said.name], ['Physician', 'Dr. Omar Osei'])

  await visitor.getByText('Something here is wrong').click()
  await visitor.getByRole('button', { name: 'Tell the clinic' }).click()
  await visitor.getByRole('alert').getByText('Choose what is wrong').waitFor()
  await visitor.getByRole('radio', { name: 'Nobody answers there' }).check()
  assert.deepEqual(await faultsOf(visitor), [])
  await visitor.getByRole('button', { name: 'Tell the clinic' }).click()
  await visitor.getByText('Thank you. We will check it').waitFor()

  // The second comes from another network.
  const url = `/api/directory/listings/${osei.roleId}/reports`
  await world.app.inject({ method: 'POST', url, payload: { field: 'not_here' }, remoteAddress: '203.0.113.9' })
  await world.settle()
  await visitor.reload()
  await visitor.getByText('Others could not reach this clinician here.').waitFor()

  const { cookie } = await withPasskey(world, 'Ben Ward', ['front_desk'])
  const desk = await open.page()
  await desk.goto('/enrol')
  const [name = '', value = ''] = cookie.split('=')
  await desk.context().addCookies([{ name, value, url: new URL(desk.url()).origin }])
  await desk.goto('/listings')
  await desk.getByRole('heading', { level: 1, name: 'What visitors are shown' }).waitFor()
  const card = desk.getByRole('listitem').filter({ has: desk.getByRole('heading', { name: 'Dr. Omar Osei' }) })
  await card.getByText('Not in the search').waitFor()
  await card.getByText('Nobody answers').waitFor()
  await card.getByRole('button', { name: 'Confirm or correct' }).click()
  await card.getByLabel('Phone of the place').fill('617 555 0199')
  await card.getByRole('button', { name: 'This is right now' }).click()
  await card.getByRole('alert').getByText('Write the phone number with +').waitFor()
  assert.deepEqual(await faultsOf(desk), [])
  await card.getByLabel('Phone of the place').fill('+1 617 555 0199')
  await card.getByRole('button', { name: 'This is right now' }).click()
  await card.waitFor({ state: 'detached' })

  await world.settle()
  await visitor.reload()
  await visitor.getByText('Checked on December 1, 2026').waitFor()
  assert.equal(await visitor.getByText('Others could not reach').count(), 0)
})
