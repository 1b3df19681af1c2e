/** What people mean by what they type: a reason, a specialty, a name. The longest phrase wins; nothing is guessed far. */
import type { Language } from '../../platform/endpoint.ts'
import { isSlipOf, stem, wordsOf } from './fold.ts'
import { common, crises, emergencies, meanings, phrases, specialtyName, type Meaning, type Phrase } from './table.ts'

export interface Understood {
  /** NUCC codes, best first. */
  specialties: string[]
  /** Codes of visit types, best first. */
  visitTypes: string[]
  /** A typical age of whom it is about: 'kid checkup' is 6. */
  age?: number
  /** Words that look like somebody's name. */
  name?: string[]
  because: { phrase: string; meaning: string }[]
  /** Show 911 first. */
  emergency?: true
  /** Show 988 first. */
  crisis?: true
}

const titles = new Set(['dr', 'dra', 'doctor', 'doctora', 'doc', 'dres'])
const idle = new Set(
  'a an the i im my me for of in on to with and or have has need want is it that do does near see please un una el la los las mi me de del en por para con y o tengo tiene necesito quiero es que hay cita appointment visit visita hurts hurt pain dolor duele'.split(
    ' ',
  ),
)

/** Understands a text in English or Spanish, whichever is the page's; meanings are told in the page's language. */
export function understand(text: string, language: Language = 'en'): Understood {
  const words = wordsOf(text)
  const stems = words.map(stem)
  const heard: { phrase: Phrase; places: number[] }[] = []
  const used = new Set<number>()
  // What is spelled right is heard before what is nearly so: 'neurología' is not a slip of 'neumología'.
  for (const same of [isSame, isSlipOf])
    for (const phrase of phrases) {
      const places = placesOf(phrase.stems, stems, { used, same })
      if (!places) continue
      places.forEach((place) => used.add(place))
      heard.push({ phrase, places })
    }
  heard.sort((a, b) => Math.min(...a.places) - Math.min(...b.places))
  const found = heard.map(({ phrase }) => phrase.meaning)
  const name = nameIn(words, used)
  const age = found.find((meaning) => meaning.age !== undefined)?.age
  return {
    specialties: ranked(found, ({ specialties }) => specialties),
    visitTypes: ranked(found, ({ visitTypes }) => visitTypes),
    ...(age !== undefined && { age }),
    ...(name.length > 0 && { name }),
    because: heard.map(({ phrase, places }) => ({
      phrase: places.map((place) => words[place]).join(' '),
      meaning: phrase.meaning.name[language],
    })),
    ...(warns(emergencies, stems) && { emergency: true as const }),
    ...(warns(crises, stems) && { crisis: true as const }),
  }
}

interface Hearing {
  used: ReadonlySet<number>
  same: (one: string, other: string) => boolean
}

const isSame = (one: string, other: string) => one === other

/** Where the words of a phrase stand, in any order, among words not used yet; undefined when one is missing. */
function placesOf(phrase: readonly string[], stems: readonly string[], { used, same }: Hearing): number[] | undefined {
  const places: number[] = []
  for (const word of phrase) {
    const place = stems.findIndex((one, i) => !used.has(i) && !places.includes(i) && same(one, word))
    if (place < 0) return undefined
    places.push(place)
  }
  return places.sort((a, b) => a - b)
}

function ranked(found: readonly Meaning[], of: (meaning: Meaning) => readonly string[]): string[] {
  // A specialty that was named outright comes before those that a reason only suggests.
  const named = found.filter(({ kind }) => kind === 'specialty')
  return [...new Set([...named, ...found].flatMap(of))]
}

/** What follows a title, else what is left over and says nothing else. */
function nameIn(words: readonly string[], used: ReadonlySet<number>): string[] {
  const rest = words.map((word, i) => ({ word, i })).filter(({ word, i }) => !used.has(i) && !titles.has(word))
  const title = words.findIndex((word, i) => titles.has(word) && !used.has(i))
  const after = title < 0 ? [] : rest.filter(({ i }) => i > title)
  return (after.length > 0 ? after : rest).map(({ word }) => word).filter((word) => !idle.has(word))
}

const warns = (warnings: readonly (readonly string[])[], stems: readonly string[]) =>
  warnings.some((warning) => placesOf(warning, stems, { used: new Set(), same: isSlipOf }) !== undefined)

export interface Suggestion {
  text: string
  kind: 'reason' | 'specialty'
}

/** Up to eight reasons and specialties with a word that begins as the last typed one does, and all typed before it. */
export function suggestions(typed: string, language: Language): Suggestion[] {
  const words = wordsOf(typed)
  const last = words.pop()
  if (!last) return common.slice(0, 8).map(({ name, kind }) => ({ text: name[language], kind }))
  const fits = new Set<Meaning>()
  for (const { stems, meaning } of phrases)
    if (stems.some((one) => one.startsWith(last)) && words.every((word) => stems.some((one) => one === stem(word))))
      fits.add(meaning)
  return meanings
    .filter((meaning) => fits.has(meaning))
    .slice(0, 8)
    .map(({ name, kind }) => ({ text: name[language], kind }))
}

/** The reasons to show before anything is typed. */
export const commonReasonsIn = (language: Language) =>
  common.map(({ name }) => ({ text: name[language], query: name[language] }))

export { specialtyName }
