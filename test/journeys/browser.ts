// A world with its pages, in a real browser.
import { accessSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core'
import { areStale, webFolder } from '../../server/platform/pages.ts'
import { openClinic } from '../../server/testing/clinic.ts'
import { openWorld } from '../../server/testing/world.ts'
import { buildWeb } from '../../web/build.ts'

const places = [
  process.env['CHROME_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

function browserPath(): string {
  const found = places.find((path) => {
    try {
      if (path) accessSync(path)
      return Boolean(path)
    } catch {
      return false
    }
  })
  if (!found)
    throw new Error('No browser was found: install one (Debian: apt-get install chromium) or set CHROME_PATH.')
  return found
}

/** The real clock: what a page counts down and what the server says must agree. */
export async function openBrowser() {
  if (areStale(webFolder)) await buildWeb()
  const world = await openWorld({ now: Temporal.Now.instant().toString(), web: true })
  const clinic = await openClinic(world)
  const address = await world.app.listen({ host: '127.0.0.1', port: 0 })
  const browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox'] })
  const faults: string[] = []
  return {
    world,
    clinic,
    address,
    /** What went wrong on any page: errors, and requests to anybody else. */
    faults,
    async page(options: BrowserContextOptions = {}): Promise<Page> {
      const context = await browser.newContext({
        baseURL: address,
        viewport: { width: 360, height: 740 },
        locale: 'en-US',
        timezoneId: 'America/New_York',
        ...options,
      })
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('request', (request) => {
        if (!request.url().startsWith(address) && !request.url().startsWith('data:'))
          faults.push(`asks ${request.url()}`)
      })
      return page
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await world[Symbol.asyncDispose]()
    },
  }
}

/** What keeps a page from WCAG 2.2 AA, as far as a program can see. */
export async function accessFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120) ?? ''}`)
}

/** Whether something sticks out sideways. */
export const overflows = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)
