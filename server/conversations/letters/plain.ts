/** Makes outside words safe to stand in a subject, a line or a greeting. */

/** Line breaks, other controls, and marks that turn the direction of the text around (Unicode TR 36). */
const unwanted = /[\p{Cc}\p{Zl}\p{Zp}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/gu

/** One line of visible text, single-spaced. */
export const oneLine = (text: string) => text.toWellFormed().replace(unwanted, ' ').replace(/\s+/gu, ' ').trim()

/**
 * A first name to greet with, or undefined. Guests type their names: one that could carry a link or a slogan would make
 * the clinic's letters carry it too.
 */
export function greetable(firstName: string): string | undefined {
  const name = oneLine(firstName)
  return /^[\p{L}\p{M}'’ -]{1,40}$/u.test(name) ? name : undefined
}

/** (617) 555-0100 for a North American number in E.164; anything else as it was given. */
export function spokenPhone(phone: string): string {
  const [, area, exchange, line] = /^\+1([2-9]\d{2})(\d{3})(\d{4})$/.exec(phone) ?? []
  return area ? `(${area}) ${exchange}-${line}` : oneLine(phone)
}
