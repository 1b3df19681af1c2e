/** The languages the pages speak: which one to begin with, and how to change it without losing what was typed. */
import { i18n, type Messages } from '@lingui/core'
import type { Language } from '../../../server/platform/endpoint.ts'

interface Spoken {
  /** In its own language. */
  name: string
  /** BCP 47, for dates and numbers as people write them here. */
  locale: string
  direction: 'ltr' | 'rtl'
  words(): Promise<{ messages: Messages }>
}

export const languages: Record<Language, Spoken> = {
  en: { name: 'English', locale: 'en-US', direction: 'ltr', words: () => import('./en.po') },
  es: { name: 'Español', locale: 'es-US', direction: 'ltr', words: () => import('./es.po') },
}

const kept = 'language'
const isLanguage = (code: string): code is Language => Object.hasOwn(languages, code)

/** The language chosen before on this device, else the first of the browser's that we speak, else English. */
export function usualLanguage(): Language {
  const wished = [read(), ...navigator.languages].map(tag => tag.split('-')[0] ?? '')
  return wished.find(isLanguage) ?? 'en'
}

/** Makes the page speak this language from now on; `remember` keeps the choice on this device. */
export async function speak(language: Language, remember = false): Promise<void> {
  const { messages } = await languages[language].words()
  document.documentElement.lang = language
  document.documentElement.dir = languages[language].direction
  if (remember) keep(language)
  i18n.loadAndActivate({ locale: language, messages })
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
