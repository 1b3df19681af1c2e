/** The words patients use for what they need, in English and Spanish. */
export { commonReasonsIn, specialtyName, suggestions, understand, type Understood } from './understand.ts'
