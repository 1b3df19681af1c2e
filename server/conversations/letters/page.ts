/** One letter, twice: plain text and HTML with the same facts in the same order. No image, script or outside resource. */
import type { Language } from '../../platform/endpoint.ts'
import type { Written } from './facts.ts'
import { href, html, type Html } from './html.ts'

export interface Section {
  label: string
  lines: string[]
  list?: boolean
  /** Where its label leads, when it is one. */
  link?: string
}

export interface Page {
  language: Language
  clinic: string
  subject: string
  greeting: string
  lead: string
  /** A one-time code, shown large. */
  code?: string
  sections: Section[]
  button?: { label: string; url: string }
  notes: string[]
  /** The last line: where a person answers. */
  call: string
  phone: string
}

/** The page as email. Throws RangeError when the button does not lead to http(s). */
export function written(page: Page): Written {
  return { subject: page.subject, text: asText(page), html: `<!doctype html>\n${asHtml(page).toString()}` }
}

function asText({ clinic, greeting, lead, code, sections, button, notes, call }: Page): string {
  const blocks = [
    greeting,
    code ? `${lead}\n\n    ${code}` : lead,
    ...sections.map(({ label, lines, list, link }) =>
      link ? `${label}:\n${href(link)}` : `${label}:\n${lines.map((line) => `${list ? '- ' : ''}${line}`).join('\n')}`,
    ),
    ...(button ? [`${button.label}:\n${href(button.url)}`] : []),
    [...notes, call].join('\n'),
    clinic,
  ]
  return `${blocks.join('\n\n')}\n`
}

// Colours with a contrast of 7:1 on white and, below, on near-black; the inline ones stand where <style> is cut away.
const styles = html`<style>
  :root {
    color-scheme: light dark;
    supported-color-schemes: light dark;
  }
  @media (prefers-color-scheme: dark) {
    .ground,
    .sheet {
      background: #14181d !important;
    }
    .ink {
      color: #f2f4f7 !important;
    }
    .soft {
      color: #c3cad4 !important;
    }
    .press {
      background: #a9cdff !important;
      color: #0b1a2b !important;
    }
  }
</style>`
const font = "font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;"

const asHtml = (page: Page): Html =>
  html`<html lang="${page.language}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <title>${page.subject}</title>
      ${styles}
    </head>
    <body class="ground" style="margin: 0; padding: 0; background: #ffffff;">
      <div
        class="sheet ink"
        style="${font} max-width: 36em; margin: 0 auto; padding: 24px 16px; font-size: 17px; line-height: 1.5; color: #1b2430; background: #ffffff;"
      >
        <p class="soft" style="margin: 0 0 16px; color: #46505e;">${page.clinic}</p>
        <p style="margin: 0 0 8px;">${page.greeting}</p>
        <h1 style="margin: 0 0 16px; font-size: 22px; line-height: 1.3;">${page.lead}</h1>
        ${page.code ? large(page.code) : ''} ${page.sections.map(section)} ${page.button ? button(page.button) : ''}
        ${page.notes.map(paragraph)} ${paragraph(callable(page.call, page.phone))}
      </div>
    </body>
  </html>`

const section = ({ label, lines, list, link }: Section): Html =>
  link
    ? button({ label, url: link })
    : html`<h2 class="soft" style="margin: 16px 0 2px; font-size: 15px; color: #46505e;">${label}</h2>
        ${list ? bullets(lines) : lines.map((line) => html`<div>${line}</div>`)} `

const bullets = (lines: string[]): Html =>
  html`<ul style="margin: 0; padding: 0 0 0 20px;">
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`

const large = (code: string): Html =>
  html`<p style="margin: 0 0 16px; font-size: 32px; font-weight: bold; letter-spacing: 4px;">${code}</p>`

const button = ({ label, url }: { label: string; url: string }): Html =>
  html`<p style="margin: 24px 0;">
    <a
      class="press"
      href="${href(url)}"
      style="display: inline-block; padding: 14px 22px; min-height: 20px; border-radius: 8px; font-weight: bold; text-decoration: none; color: #ffffff; background: #0b4a8f;"
      >${label}</a
    >
  </p>`

const paragraph = (content: string | Html): Html => html`<p style="margin: 0 0 12px;">${content}</p>`

/** The whole sentence is the link, so that a thumb finds it; only when all of it can be dialled. */
const callable = (sentence: string, phone: string): string | Html =>
  /^[+\d() .-]{5,}$/.test(phone)
    ? html`<a class="ink" href="${href(`tel:${phone.replace(/[^+\d]/g, '')}`)}" style="color: #0b4a8f;">${sentence}</a>`
    : sentence
