// The honest numbers in a real browser: a visitor reads the public figure, and who runs the clinic sees where it comes from.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withPasskey } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser } from './browser.ts'

test('not measured yet; then a stale feed shows on the public page, and the board says whose openings they are', async () => {
  await using open = await openBrowser()
  const { world, clinic } = open
  const { osei } = clinic
  const visitor = await open.page({ viewport: { width: 360, height: 780 } })
  await visitor.goto('/')
  await visitor.getByRole('link', { name: 'Honest numbers: how true what you see here is' }).click()
  await visitor.getByRole('heading', { level: 1, name: 'Honest numbers' }).waitFor()
  await visitor.getByText('Not measured yet').waitFor()
  const figure = visitor.getByRole('region', { name: 'Times that were shown and could not be booked' })
  assert.equal(await figure.getByText('%').count(), 0)

  await world.write((tx) =>
    sql`insert into scheduling.calendar_exception (organization_id, practitioner_id, kind, on_date, made_by)
      select ${world.organizationId}, ${osei.id}, 'leave', d::date, 'feed' from generate_series(date '2026-12-01', '2026-12-20', '1 day') d`.execute(
      tx,
    ),
  )
  await world.chore('scheduling.sample-shown')
  world.at(world.now().add({ seconds: 5 }))
  await world.chore('scheduling.ask-again')
  await world.chore('scheduling.measure-access')
  await visitor.reload()
  await figure.getByText(/^[1-9][0-9.]*%$/).waitFor()
  await visitor.getByText('measured since Dec 1, 2026').waitFor()
  assert.deepEqual(await faultsOf(visitor), [])
  await visitor.getByRole('button', { name: 'Español' }).click()
  await visitor.getByRole('heading', { level: 1, name: 'Cifras honestas' }).waitFor()

  const { cookie } = await withPasskey(world, 'Ines Gomez', ['quality_manager'])
  const board = await open.page()
  await board.goto('/enrol')
  const [name = '', value = ''] = cookie.split('=')
  await board.context().addCookies([{ name, value, url: new URL(board.url()).origin }])
  await board.goto('/board')
  const causes = board.getByRole('region', { name: 'Phantom openings' })
  await causes.getByText('Leave, a holiday or blocked time that the search did not know of').waitFor()
  await causes.getByRole('rowheader', { name: 'Dr. Omar Osei' }).waitFor()
  await board.getByRole('heading', { name: 'Fill rate' }).waitFor()
  await board
    .getByRole('region', { name: 'Third next available appointment' })
    .getByText('Heart care')
    .first()
    .waitFor()
  assert.deepEqual(await faultsOf(board), [])
})
