/** The languages the pages speak: which one to begin with, and how to change it without losing what was typed. */
import { i18n, type Messages } from '@lingui/core'
import type { Language } from '../../../server/platform/endpoint.ts'

interface Spoken {
  /** In its own language. */
  name: string
  /** BCP 47, for dates and numbers as people write them here. */
  locale: string
  direction: 'ltr' | 'rtl'
  words: Record<Part, () => Promise<{ messages: Messages }>>
}

/** The words come in parts, so that nobody loads those of pages they do not see. `lingui.config.ts` says which file is in which. */
export type Part = 'everywhere' | 'booking' | 'staff'

export const languages: Record<Language, Spoken> = {
  en: {
    name: 'English',
    locale: 'en-US',
    direction: 'ltr',
    words: {
      everywhere: () => import('./en.po'),
      booking: () => import('./booking/en.po'),
      staff: () => import('./staff/en.po'),
    },
  },
  es: {
    name: 'Español',
    locale: 'es-US',
    direction: 'ltr',
    words: {
      everywhere: () => import('./es.po'),
      booking: () => import('./booking/es.po'),
      staff: () => import('./staff/es.po'),
    },
  },
}

const inUse = new Set<Part>(['everywhere'])
const kept = 'language'
const isLanguage = (code: string): code is Language => Object.hasOwn(languages, code)

/** The language chosen before on this device, else the first of the browser's that we speak, else English. */
export function usualLanguage(): Language {
  const wished = [read(), ...navigator.languages].map(tag => tag.split('-')[0] ?? '')
  return wished.find(isLanguage) ?? 'en'
}

/** Makes the page speak this language from now on; `remember` keeps the choice on this device. */
export async function speak(language: Language, remember = false): Promise<void> {
  const messages = await wordsOf(language)
  document.documentElement.lang = language
  document.documentElement.dir = languages[language].direction
  if (remember) keep(language)
  i18n.loadAndActivate({ locale: language, messages })
}

/** Fetches the words of one more part, in the language of the page, before a screen of it is shown. */
export async function speakOf(part: Part): Promise<void> {
  if (inUse.has(part)) return
  const language = spokenNow()
  const { messages } = await languages[language].words[part]()
  inUse.add(part)
  // Somebody may have chosen another language meanwhile.
  if (language === spokenNow()) i18n.load(language, messages)
  else await speak(spokenNow())
}

async function wordsOf(language: Language): Promise<Messages> {
  const parts = await Promise.all([...inUse].map((part) => languages[language].words[part]()))
  return Object.assign({}, ...parts.map(({ messages }) => messages)) as Messages
}

/** The language the page speaks now. */
export function spokenNow(): Language {
  return isLanguage(i18n.locale) ? i18n.locale : 'en'
}

// A browser may forbid storage: the choice then lasts as long as the page.
function read(): string {
  try {
    return localStorage.getItem(kept) ?? ''
  } catch {
    return ''
  }
}

function keep(language: Language): void {
  try {
    localStorage.setItem(kept, language)
  } catch {
    return
  }
}
