/**
 * The sentences of every message, by language. A typed catalogue rather than Lingui: the compiler refuses a missing
 * sentence or a wrong value in it, no extraction step stands before the server, and a translator edits one plain file.
 */
import type { Language } from '../../platform/endpoint.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import type { Words } from './words.ts'

export const words: Record<Language, Words> = { en, es }
