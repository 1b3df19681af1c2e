/** The `html` tag: every value put into a page is escaped, unless the tag itself made it. */

class Html {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** Controls that no page may hold; line breaks and tabs are fine. */
const forbidden = /[^\P{Cc}\t\n\r]/gu

const escaped = (text: string) =>
  text
    .toWellFormed()
    .replace(forbidden, '')
    .replace(/[&<>"'`]/g, (sign) => entities[sign] ?? '')

type Value = string | number | Html | readonly Html[]

/** Text or a quoted attribute value. Values inside <style>, <script> or unquoted attributes are not made safe. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  const shown = values.map((value) => {
    if (value instanceof Html) return value.toString()
    return typeof value === 'object' ? value.join('') : escaped(String(value))
  })
  return new Html(String.raw({ raw: parts }, ...shown))
}

/** An address fit for href: http(s) or tel. Throws RangeError, because a letter with a script in it must not go out. */
export function href(url: string): string {
  if (!/^(https?:\/\/|tel:\+?[\d-]+$)/i.test(url)) throw new RangeError('a link in a letter is http, https or tel')
  return url
}

export type { Html }
