/** The language the page speaks, for whatever is not a message: times, names of days, what to ask the API for. */
import { useLingui } from '@lingui/react'
import type { Language } from '../../../server/platform/endpoint.ts'
import { spokenNow } from '../lang/languages.ts'

/** Re-renders when the reader chooses another language. */
export function useLanguage(): Language {
  useLingui()
  return spokenNow()
}
