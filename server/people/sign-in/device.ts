/** What a person calls the machine they sign in on: told by the browser, believed for a label and nothing else. */

const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung browser'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const
const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'Mac'],
  ['CrOS', 'Chromebook'],
  ['Linux', 'Linux'],
] as const

/** 'Firefox on Windows', from a User-Agent header. Pure. */
export function deviceOf(userAgent: string | undefined): string {
  const told = userAgent ?? ''
  const browser = browsers.find(([mark]) => told.includes(mark))?.[1]
  const where = systems.find(([mark]) => told.includes(mark))?.[1]
  if (browser && where) return `${browser} on ${where}`
  return browser ?? where ?? 'Unknown device'
}
