// Everybody who works here, in a real browser: each signs in with a second factor, and the screen locks without losing a word.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { staffRoles, type StaffRole } from '../../server/platform/actor.ts'
import { addPatient } from '../../server/testing/clinic.ts'
import { appCode, goodPassword, invite, withPassword } from '../../server/testing/colleague.ts'
import { faultsOf, openBrowser, type Open } from './browser.ts'

const desk = { viewport: { width: 1280, height: 800 } }

/** What is theirs, in the bar that every staff screen has; and where they land. */
const work: Readonly<Record<StaffRole, { path: string; places: string[] }>> = {
  front_desk: { path: '/desk', places: ['Front desk', 'Same person?', 'Referrals', 'Away', 'Rooms', 'Listings'] },
  scheduler: {
    path: '/desk',
    places: ['Front desk', 'Referrals', 'Away', 'Rooms', 'Listings', 'Numbers', 'Booking rules'],
  },
  nurse: { path: '/desk', places: ['Front desk', 'Referrals'] },
  clinician: { path: '/desk', places: ['Front desk', 'Referrals', 'My calendar'] },
  biller: { path: '/account', places: [] },
  quality_manager: { path: '/board', places: ['Numbers'] },
  practice_admin: { path: '/staff', places: ['Numbers', 'Booking rules', 'Colleagues', 'Privacy'] },
  auditor: { path: '/officer', places: ['Colleagues', 'Privacy'] },
}

async function signIn(page: Page, { world }: Open, { email, secret }: { email: string; secret: string }) {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Use a password' }).click()
  await page.getByLabel('Email or phone').fill(email)
  await page.getByLabel('Password').fill(goodPassword)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByLabel('Six digits from your app').fill(appCode(world, secret))
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

describe('people who work here', { concurrency: 2 }, () => {
  test('each role signs in with a password and a code from an app, and lands where it works', async () => {
    await using open = await openBrowser()
    const { world } = open
    for (const role of staffRoles) {
      const person = await withPassword(world, `Pat ${role.replace('_', ' ')}`, [role])
      // A code is good once: the next one comes half a minute later.
      world.at(world.now().add({ seconds: 31 }))
      const page = await open.page(desk)
      await signIn(page, open, person)
      await page.waitForURL(`**${work[role].path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      const places = page.getByRole('navigation', { name: 'Places' }).getByRole('link')
      if (work[role].places.length > 0) {
        await places.first().waitFor()
        assert.deepEqual(await places.allInnerTexts(), work[role].places, role)
      }
      assert.deepEqual(await faultsOf(page), [], role)
      await page.close()
    }
    assert.deepEqual(open.faults, [])
  })

  test('a new nurse sets up a passkey by the link, and signs in with it next time', async () => {
    await using open = await openBrowser()
    const { token } = await invite(open.world, 'Nia Cole', ['nurse'])
    const page = await open.page(desk)
    const device = await page.context().newCDPSession(page)
    await device.send('WebAuthn.enable')
    await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    // A passkey belongs to a name: a browser makes none for a number.
    await page.goto('/sign-in')
    const publicUrl = `http://localhost:${new URL(page.url()).port}`
    Object.assign(open.world.config, { publicUrl })
    await page.goto(`${publicUrl}/enrol#${token}`)
    await page.getByRole('button', { name: /passkey/i }).click()
    await page.getByRole('heading', { name: 'Your account is ready' }).waitFor()
    await page.getByRole('button').last().click()
    await page.waitForURL('**/desk')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.waitForURL('**/desk')
    await page.getByText('Nia Cole').waitFor()
    // And unlocks with it.
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('l')
    await page.getByRole('button', { name: 'Use my passkey' }).click()
    await page.getByRole('heading', { name: 'Locked' }).waitFor({ state: 'detached' })
  })

  test('a locked screen shows nothing of the page, and gives back what was typed to the same person alone', async () => {
    await using open = await openBrowser()
    const { world } = open
    await addPatient(world, 'Ada')
    const rui = await withPassword(world, 'Rui Costa', ['front_desk'])
    world.at(world.now().add({ seconds: 31 }))
    const page = await open.page(desk)
    await signIn(page, open, rui)
    await page.waitForURL('**/desk')
    await page.getByLabel('Find a patient').fill('byron')
    await page.getByText('Ada Byron').waitFor()
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('l')
    await page.getByRole('heading', { name: 'Locked' }).waitFor()
    assert.equal(await page.getByText('Ada Byron').isVisible(), false)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Locked' }).waitFor()
    assert.deepEqual(await faultsOf(page), [])
    const second = await page.context().newPage()
    await second.goto('/desk')
    await second.getByRole('heading', { name: 'Locked' }).waitFor()
    await second.close()

    await page.getByLabel('Password').fill('not the one')
    await page.getByLabel('Six digits from your app').fill('000000')
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await page.getByRole('alert').waitFor()
    world.at(world.now().add({ hours: 2 }))
    await page.getByLabel('Password').fill(goodPassword)
    await page.getByLabel('Six digits from your app').fill(appCode(world, rui.secret))
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await page.getByRole('heading', { name: 'Locked' }).waitFor({ state: 'detached' })
    assert.equal(await page.getByLabel('Find a patient').inputValue(), 'byron')
    await page.getByText('Ada Byron').waitFor()
  })

  test('nobody touches it: it warns, a key is an answer, and then it locks by itself though the page goes on asking', async () => {
    await using open = await openBrowser()
    const { world } = open
    const rui = await withPassword(world, 'Rui Costa', ['front_desk'])
    world.at(world.now().add({ seconds: 31 }))
    const page = await open.page(desk)
    await signIn(page, open, rui)
    await page.waitForURL('**/desk')
    await page.getByLabel('Find a patient').fill('byr')
    const wait = async (minutes: number) => {
      world.at(world.now().add({ minutes }))
      await page.clock.fastForward(minutes * 60_000)
    }
    await wait(13)
    await page.getByRole('heading', { name: 'Are you still there?' }).waitFor()
    assert.deepEqual(await faultsOf(page), [])
    await page.keyboard.press('Shift')
    await page.clock.fastForward(1500)
    await page.getByRole('heading', { name: 'Are you still there?' }).waitFor({ state: 'hidden' })
    await wait(15)
    await page.getByRole('heading', { name: 'Locked' }).waitFor()
  })

  test('a page of other people’s work says so, and leads to one’s own', async () => {
    await using open = await openBrowser()
    const { world } = open
    const person = await withPassword(world, 'Bea Stone', ['biller'])
    world.at(world.now().add({ seconds: 31 }))
    const page = await open.page()
    await signIn(page, open, person)
    await page.waitForURL('**/account')
    await page.goto('/desk')
    await page.getByRole('heading', { name: 'This page is not part of your work' }).waitFor()
    assert.deepEqual(await faultsOf(page), [])
    await page.getByRole('link', { name: 'To my own page' }).click()
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
  })
})
