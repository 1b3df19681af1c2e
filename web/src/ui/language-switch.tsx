/** Changes the language of the page where it stands; each language is offered in its own words. */
import { languages, speak } from '../lang/languages.ts'
import type { Language } from '../../../server/platform/endpoint.ts'
import { useLanguage } from './use-language.ts'
import css from './language-switch.module.css'

/** One button for each language that is not spoken now. */
export function LanguageSwitch() {
  const now = useLanguage()
  const others = (Object.keys(languages) as Language[]).filter((code) => code !== now)
  return others.map((code) => (
    <button key={code} type="button" className={css.switch} lang={code} onClick={() => void speak(code, true)}>
      {languages[code].name}
    </button>
  ))
}
