/** Names as they are looked for: accents, case and punctuation gone, a word a piece. Pure. */

/** Letters that no Unicode decomposition takes apart. */
const plain: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
}

/** 'Núñez García-Lopez' -> 'nunez garcia-lopez'. */
const folded = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[øłđðþæœßı]/g, (letter) => plain[letter] ?? letter)

/** The words of a text, without order or repeats: 'O’Brien-Díaz' -> obrien, o, brien, diaz, obriendiaz. */
export function wordsOf(text: string): string[] {
  const words = folded(text)
    .split(/\s+/)
    .flatMap((piece) => {
      const parts = piece.split(/[^\p{L}\p{N}]+/u)
      const [first = '', ...rest] = piece.split(/['’‘`ʼ]/u)
      return [...parts, parts.join(''), ...(rest.length > 0 ? joined(first, rest) : [])]
    })
  return [...new Set(words)].filter((word) => word !== '')
}

/** An apostrophe is often left out, so both readings are words. */
const joined = (first: string, rest: readonly string[]) => (first + rest.join('')).split(/[^\p{L}\p{N}]+/u)

/** The words as they stand, apostrophes left out: what somebody types to find "O'Brien-Díaz" is obrien, diaz. */
export const plainWordsOf = (text: string) =>
  folded(text)
    .replace(/['’‘`ʼ]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/** The whole name in the order of a list: family name first. 'nunez gloria maria' */
export const searchNameOf = ({ givenName, familyName }: { givenName: string; familyName: string }) =>
  plainWordsOf(`${familyName} ${givenName}`).join(' ')

/** A name as it is kept: no control characters or changes of direction, one space between words. */
export const tidyName = (text: string) =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
