// A world with its pages, in a real browser: everybody's clock is the world's, and whatever goes wrong on a page is remembered.
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import axe from 'axe-core'
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import { areStale, webFolder } from '../../server/platform/pages.ts'
import { openClinic } from '../../server/testing/clinic.ts'
import { openWorld, type World } from '../../server/testing/world.ts'
import { buildWeb } from '../../web/build.ts'

// The shell draws no window of a browser around the page: two thirds of the work of the whole browser.
const places = [
  process.env['CHROME_PATH'],
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

let launched: Promise<Browser> | undefined
after(async () => (await launched)?.close())

/** One browser a test file; each page has a context, and so cookies and drafts, of its own. */
function browser(): Promise<Browser> {
  const executablePath = places.find((path) => path && existsSync(path))
  if (!executablePath)
    throw new Error(
      'No browser was found: install one (Debian: apt-get install chromium-headless-shell) or set CHROME_PATH.',
    )
  launched ??= chromium.launch({ executablePath, args: ['--no-sandbox'] })
  return launched
}

/** Test files run side by side: one builds, the others wait for it. */
async function freshPages() {
  const lock = join(webFolder, '../../node_modules/.building-pages')
  while (areStale(webFolder)) {
    try {
      mkdirSync(lock)
    } catch {
      // Whoever was killed while building leaves the lock behind.
      const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
      if (Date.now() - since > 60_000) rmSync(lock, { recursive: true, force: true })
      await pause(200)
      continue
    }
    try {
      return await buildWeb()
    } finally {
      rmSync(lock, { recursive: true, force: true })
    }
  }
}

interface PageOptions extends BrowserContextOptions {
  /** What the visitor's own clock says at first: an ISO instant. */
  clock?: string
  /** It says that for ever. */
  stopped?: boolean
}

export type Open = Awaited<ReturnType<typeof openBrowser>>

/** A world that listens, with the small clinic in it; it is Tuesday, December 1, 2026, 9:00 in Boston. */
export async function openBrowser() {
  const chrome = await browser()
  await freshPages()
  const world = await openWorld({ web: true })
  tellWorldsTime(world)
  const address = await world.app.listen({ host: '127.0.0.1', port: 0 })
  const faults: string[] = []
  const contexts: { close(): Promise<void> }[] = []
  return {
    world,
    clinic: await openClinic(world),
    /** What went wrong on any page: errors, failures of the server, requests to anybody else. */
    faults,
    /** A phone in Boston that speaks English, unless it is said otherwise. */
    async page({ clock = world.now().toString(), stopped = false, ...options }: PageOptions = {}): Promise<Page> {
      const context = await chrome.newContext({
        baseURL: address,
        viewport: { width: 360, height: 740 },
        locale: 'en-US',
        timezoneId: 'America/New_York',
        reducedMotion: 'reduce',
        ...options,
      })
      contexts.push(context)
      await (stopped ? context.clock.setFixedTime(clock) : context.clock.install({ time: clock }))
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      remember(page, address, faults)
      return page
    },
    async [Symbol.asyncDispose]() {
      for (const context of contexts) await context.close()
      await world[Symbol.asyncDispose]()
    },
  }
}

/** Pages go by the clock that every reply tells; here that is the world's, not this machine's. */
function tellWorldsTime(world: World) {
  world.app.server.prependListener('request', (_request, reply) => {
    reply.setHeader('date', new Date(world.now().epochMilliseconds).toUTCString())
  })
}

function remember(page: Page, address: string, faults: string[]) {
  page.on('pageerror', (error) => faults.push(`throws ${error.message}`))
  page.on('console', (message) => {
    const { url } = message.location()
    // The browser's own line about a refusal, which the page shows to the person.
    const refusal = url.startsWith(`${address}/api/`) && /status of 4\d\d/.test(message.text())
    if (message.type() === 'error' && !refusal) faults.push(`says ${message.text()} ${url}`)
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${address}/`) && !/^(data|blob):/.test(url)) faults.push(`asks ${url}`)
  })
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What keeps a page from WCAG 2.2 AA, as far as a program can see, light and dark; and its title, language and width. */
export async function faultsOf(page: Page, language = 'en'): Promise<string[]> {
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  await shine(page, 'light')
  const light = await page.evaluate(violations, rules)
  await shine(page, 'dark')
  // Dark changes nothing but colours.
  const dark = await page.evaluate(violations, ['color-contrast'])
  await shine(page, 'light')
  const { lang, wide, title } = await page.evaluate(() => {
    const { lang, scrollWidth, clientWidth } = document.documentElement
    return { lang, wide: scrollWidth - clientWidth, title: document.title }
  })
  const found = [...light.map((one) => `${one} (light)`), ...dark.map((one) => `${one} (dark)`)]
  if (wide > 0) found.push(`sticks out by ${wide} px`)
  if (lang !== language) found.push(`says it is in ${lang}`)
  if (!title) found.push('has no title')
  return found
}

/** Colours follow the browser at once, those of the staff pages' component library a moment later: both have when this is over. */
async function shine(page: Page, colorScheme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme })
  await page.waitForFunction((scheme) => {
    const said = document.documentElement.dataset['mantineColorScheme'] ?? scheme
    return said === scheme && matchMedia(`(prefers-color-scheme: ${scheme})`).matches
  }, colorScheme)
}

/** Runs on the page, which has the tool by now: no page has frames, and nothing is fetched for it. */
async function violations(runOnly: string[]): Promise<string[]> {
  const page = window as unknown as { axe: typeof axe }
  const { violations } = await page.axe.run({ runOnly, resultTypes: ['violations'], preload: false })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}

/** Presses Tab, as somebody without a mouse does, until the focus is there. */
export async function tabTo(page: Page, wanted: Locator) {
  await wanted.waitFor()
  for (let stops = 0; stops < 60; stops++) {
    await page.keyboard.press('Tab')
    if (await wanted.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`Tab does not reach ${wanted.toString()}`)
}
