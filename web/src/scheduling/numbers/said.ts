/** How figures are said. */
import type { Language } from '../../../../server/platform/endpoint.ts'
import { languages } from '../../lang/languages.ts'

export const countText = (count: number, reader: Language) =>
  new Intl.NumberFormat(languages[reader].locale).format(count)

/** '0.02%' of 0.02. */
export const percentText = (percent: number, reader: Language) =>
  new Intl.NumberFormat(languages[reader].locale, { style: 'percent', maximumFractionDigits: 2 }).format(percent / 100)
