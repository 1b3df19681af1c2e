/** Words as they are compared: accents, case and punctuation gone, plurals and endings cut. */

/** Longer searches are cut here: nobody says more, and nothing may take long. */
const longest = 200

/** The words of a text, folded. */
export function wordsOf(text: string): string[] {
  return text
    .slice(0, longest)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’ʼ`]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** A word without its plural: 'rashes' and 'rash', 'vacunas' and 'vacuna' are one. */
export function stem(word: string): string {
  if (word.length <= 3) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(ches|shes|xes|sses|ores|iones)$/.test(word)) return word.slice(0, -2)
  return word.endsWith('s') && !word.endsWith('ss') && !word.endsWith('is') && !word.endsWith('us')
    ? word.slice(0, -1)
    : word
}

/**
 * Whether two words are one slip of the fingers apart: of six letters or more an insertion, deletion, change or neighbour
 * swap; of five only a letter too many or too few, as 'Brian' is no brain.
 */
export function isSlipOf(one: string, other: string): boolean {
  if (one === other) return true
  const [shorter, apart] = [Math.min(one.length, other.length), Math.abs(one.length - other.length)]
  if (shorter < 5 || apart > 1 || (shorter === 5 && apart === 0)) return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start++
  const [a, b] = [one.slice(start), other.slice(start)]
  if (a.length === b.length)
    return a.slice(1) === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  return a.length > b.length ? a.slice(1) === b : a === b.slice(1)
}
