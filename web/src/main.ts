/** Starts the page: fetches the words of the reader's language and the app at the same time, then shows it. */
import { speak, usualLanguage } from './lang/languages.ts'

const [{ show }] = await Promise.all([import('./app.tsx'), speak(usualLanguage())])
show()
