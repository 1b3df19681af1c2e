/** The tables of specialties and reasons, read once into an index by words. */
import type { Language } from '../../platform/endpoint.ts'
import { commonReasonTable } from './common-reasons.ts'
import { crisisWords, emergencyWords } from './emergency.ts'
import { stem, wordsOf } from './fold.ts'
import { everydayReasonTable } from './everyday-reasons.ts'
import { reasonTable } from './reasons.ts'
import { specialtyTable } from './specialties.ts'

export interface Meaning {
  kind: 'specialty' | 'reason'
  name: Record<Language, string>
  specialties: readonly string[]
  visitTypes: readonly string[]
  /** A typical age in years of whom it is about, when that matters for who can help. */
  age?: number
}

/** A phrase as its stems, with what it means. */
export interface Phrase {
  said: string
  stems: readonly string[]
  meaning: Meaning
}

const lines = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
const list = (cell: string | undefined, by: RegExp) =>
  (cell ?? '')
    .split(by)
    .map((one) => one.trim())
    .filter(Boolean)

const specialties = lines(specialtyTable).map(([code = '', en = '', es = '', said]) => ({
  meaning: { kind: 'specialty', name: { en, es }, specialties: [code], visitTypes: [] } satisfies Meaning as Meaning,
  said: [en, es, ...list(said, /,/)],
}))

const reasonsOf = (table: string) =>
  lines(table).map(([en = '', es = '', codes, types, age, said]) => ({
    meaning: {
      kind: 'reason',
      name: { en, es },
      specialties: list(codes, / /),
      visitTypes: list(types, / /),
      ...(age && { age: Number(age) }),
    } satisfies Meaning as Meaning,
    said: [en, es, ...list(said, /,/)],
  }))
const commonReasons = reasonsOf(commonReasonTable)
const known = [...commonReasons, ...reasonsOf(reasonTable), ...reasonsOf(everydayReasonTable), ...specialties]

export const meanings: readonly Meaning[] = known.map(({ meaning }) => meaning)
export const common: readonly Meaning[] = commonReasons.map(({ meaning }) => meaning)

/** Longest first: 'back pain' is understood before 'pain'. */
export const phrases: readonly Phrase[] = known
  .flatMap(({ meaning, said }) => said.map((one) => ({ said: one, stems: wordsOf(one).map(stem), meaning })))
  .filter(({ stems }) => stems.length > 0)
  .sort((a, b) => b.stems.length - a.stems.length || b.said.length - a.said.length)

const names = new Map(specialties.map(({ meaning }) => [meaning.specialties[0] ?? '', meaning.name]))

/** The everyday name of a NUCC code; undefined for one we have no words for. */
export const specialtyName = (code: string, language: Language): string | undefined => names.get(code)?.[language]

const warnings = (text: string) => list(text, /,|\n/).map((one) => wordsOf(one).map(stem))
export const emergencies = warnings(emergencyWords)
export const crises = warnings(crisisWords)
