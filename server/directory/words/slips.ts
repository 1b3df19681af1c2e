/** All words one slip of the fingers away: looked up exactly, so that a misspelt name costs some hundred keyed reads and no scan. */

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')
/** Below it nearly every word is a slip of another one; above it nobody's name. */
const shortest = 4
const longest = 24

/** The word itself, and every word that is one letter more, less, other, or two neighbours swapped. Short ones: itself. */
export function slipsOf(word: string): string[] {
  if (word.length < shortest || word.length > longest) return [word]
  const cuts = Array.from({ length: word.length + 1 }, (_, at) => [word.slice(0, at), word.slice(at)] as const)
  return [
    ...new Set([
      word,
      ...cuts.flatMap(([head, tail]) => [
        ...(tail === '' ? [] : [head + tail.slice(1), ...letters.map((letter) => head + letter + tail.slice(1))]),
        ...(tail.length < 2 ? [] : [`${head}${tail.charAt(1)}${tail.charAt(0)}${tail.slice(2)}`]),
        ...letters.map((letter) => head + letter + tail),
      ]),
    ]),
  ]
}
