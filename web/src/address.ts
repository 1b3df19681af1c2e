/** Addresses that people can read and send: ?q=cough&near=94110, every value a plain string until its screen reads it. */

export type Raw = Record<string, unknown>

/** `?a=1&b=2` as { a: '1', b: '2' }. */
export function readQuery(query: string): Raw {
  return Object.fromEntries(new URLSearchParams(query))
}

/** The query string, with its question mark, or nothing; empty and undefined values are left out. */
export function writeQuery(values: Raw): string {
  const said = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const query = new URLSearchParams(said.map(([name, value]) => [name, String(value)]))
  return query.size ? `?${query}` : ''
}

/** Reads one field of a query; what does not fit counts as not given. */
export function text(raw: Raw, name: string, fits: RegExp = /\S/): string | undefined {
  const value = raw[name]
  return typeof value === 'string' && value.length <= 300 && fits.test(value) ? value : undefined
}

/** One of a few words. */
export function oneOf<T extends string>(raw: Raw, name: string, words: readonly T[]): T | undefined {
  return words.find((word) => word === raw[name])
}

/** A whole number within bounds; a search that has been read once may hold a number already. */
export function whole(raw: Raw, name: string, least: number, most: number): number | undefined {
  const value = raw[name]
  const number = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)) ? Number(value) : NaN
  return Number.isInteger(number) && number >= least && number <= most ? number : undefined
}

/** true, false, or not said. */
export function yesOrNo(raw: Raw, name: string): boolean | undefined {
  const said = String(raw[name])
  return said === 'true' ? true : said === 'false' ? false : undefined
}

/** The fields that were given, and no others. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}

/**
 * Reads an address for a screen. Whatever it leaves out is said to be undefined, for the router gives a screen all that
 * the address holds beside what was read: words of a newsletter's link, a day that is none.
 */
export const only =
  <T extends object>(read: (raw: Raw) => T) =>
  (raw: Raw): T => ({ ...Object.fromEntries(Object.keys(raw).map((name) => [name, undefined])), ...read(raw) })

export const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
export const isDay = /^\d{4}-\d{2}-\d{2}$/
export const isMoment = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/
/** A page of this site: one slash, no other host hidden behind it. */
export const isOwnPath = /^\/(?![/\\])[^\\\s]*$/
