/**
 * Which passwords are guessed first: those that have leaked (`leaked-passwords.ts`), and what follows the few patterns that
 * most of them follow: common words, names, years, digits in a row, keyboard walks, repeats, one after another, however spelt.
 */
import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { commonWords, keyboardRows } from './common-words.ts'
import { isCommonlyLeaked, isInList } from './leaked-passwords.ts'

export const shortestPassword = 12
export const longestPassword = 256

/**
 * Refuses `password_short`, `password_long` and `password_guessable`; no rule of composition (NIST SP 800-63B §3.1.1.2).
 * Rejects when the operator’s list of leaked passwords cannot be read.
 * `personal`: the person's name, email, clinic: a password made of them is guessed, too.
 */
export async function refuseWeakPassword(
  { config }: Pick<Context, 'config'>,
  password: string,
  personal: readonly string[],
) {
  const length = [...password.normalize('NFKC')].length
  if (length < shortestPassword)
    throw invalid(
      'password_short',
      'Use at least 12 characters. Four ordinary words that do not belong together do well.',
    )
  if (length > longestPassword) throw invalid('password_long', 'Use at most 256 characters.')
  const { leakedPasswords } = config
  if (
    isGuessable(password, personal) ||
    isCommonlyLeaked(password) ||
    (leakedPasswords !== undefined && (await isInList(leakedPasswords, password)))
  )
    throw invalid(
      'password_guessable',
      'This is among the first that are guessed. Four words that do not belong together do well.',
    )
}

/**
 * Whether a password is made of at most two guessable pieces and hardly anything else, or of one piece repeated. Pure.
 * A passphrase of four words passes even when each of them is common: there are too many fours.
 */
export function isGuessable(password: string, personal: readonly string[] = []): boolean {
  const folded = fold(password)
  if (isRepeated(folded)) return true
  const own = personal.flatMap((text) => fold(text).split(/[^a-z0-9]+/)).filter((word) => word.length >= 3)
  const candidates = [folded, unleet(folded)]
  return candidates.some((text) => {
    const { pieces, rest } = takeApart(text.replaceAll(/[^a-z0-9]/g, ' '), own)
    const separators = text.replaceAll(/[a-z0-9]/g, '')
    // Two words, or three of them with few signs between, and at most two characters that nobody guesses.
    return rest <= 2 && pieces <= 3 && new Set(separators).size <= 2
  })
}

const fold = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

const lookAlikes: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
/** Letters written as digits, only between letters, so that years stay years. */
const unleet = (text: string) => text.replaceAll(/(?<=[a-z])[013457@$!](?=[a-z])/g, (sign) => lookAlikes[sign] ?? sign)

function isRepeated(text: string): boolean {
  return /^(.{1,6})\1+.{0,2}$/.test(text)
}

/** Cuts guessable pieces out, the longest first; gives how many there were and how many characters are left. */
function takeApart(text: string, own: readonly string[]): { pieces: number; rest: number } {
  let left = text
  let pieces = 0
  const cut = (piece: string) => {
    left = left.replace(piece, ' ')
    pieces++
  }
  for (const walk of walksIn(left)) cut(walk)
  for (const word of [...own, ...commonWords].sort((a, b) => b.length - a.length)) while (left.includes(word)) cut(word)
  // A run of digits is a year, a birthday, a counter or a phone number: one piece, whatever it is.
  for (const [digits] of left.matchAll(/\d{2,}/g)) cut(digits)
  return { pieces, rest: left.replaceAll(/\s/g, '').length }
}

/** Stretches of four or more along a row of keys, the alphabet or the digits, forwards or backwards. */
function walksIn(text: string): string[] {
  const found: string[] = []
  for (let from = 0; from < text.length; from++) {
    let length = 0
    for (const row of keyboardRows) {
      let here = 0
      while (from + here < text.length && text[from + here] !== ' ' && row.includes(text.slice(from, from + here + 1)))
        here++
      length = Math.max(length, here)
    }
    const same = /^(.)\1{3,}/.exec(text.slice(from).replaceAll(' ', '\n'))?.[0].length ?? 0
    length = Math.max(length, same)
    if (length >= 4) {
      found.push(text.slice(from, from + length))
      from += length - 1
    }
  }
  return found
}
