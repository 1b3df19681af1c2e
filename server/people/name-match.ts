/** Is this guest somebody we know? Sure only when everything says so; a doubt is a person's to settle, never ours. Pure. */

export interface Identity {
  givenName: string
  familyName: string
  bornOn: Temporal.PlainDate | null
  contacts: readonly { kind: 'phone' | 'email'; value: string }[]
}

export type Likeness = 'sure' | 'doubtful' | 'different'

/** Folded for comparing: compatibility forms, case, accents, apostrophes and hyphens gone; words apart by one space. */
export function normalName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’ʼ`.]/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * sure: given and family names and the full birth date are equal, and the guest's contact (which they proved) is one on
 * record. doubtful: the birth date is equal and the names are near, or the contact is one on record and the birth date
 * or the names are equal. different: anything else.
 */
export function compare(guest: Identity, candidate: Identity): Likeness {
  const sameBirth = guest.bornOn !== null && candidate.bornOn !== null && guest.bornOn.equals(candidate.bornOn)
  const sameContact = guest.contacts.some((one) =>
    candidate.contacts.some(({ kind, value }) => kind === one.kind && value === one.value),
  )
  const sameName =
    normalName(guest.givenName) === normalName(candidate.givenName) &&
    normalName(guest.familyName) === normalName(candidate.familyName)
  if (sameName && sameBirth && sameContact) return 'sure'
  if (sameBirth && (sameName || namesAreNear(guest, candidate))) return 'doubtful'
  if (sameContact && (sameBirth || sameName)) return 'doubtful'
  return 'different'
}

/** One word in common (a surname of two, a first name, swapped fields), or a slip of the pen in either name. */
function namesAreNear(one: Identity, other: Identity): boolean {
  const [oneWords, otherWords] = [wordsOf(one), wordsOf(other)]
  return oneWords.some((word) =>
    otherWords.some((its) => word === its || (Math.min(word.length, its.length) >= 4 && isWithinTwo(word, its))),
  )
}

const particles = new Set([
  'de',
  'la',
  'del',
  'los',
  'las',
  'da',
  'dos',
  'van',
  'von',
  'der',
  'den',
  'el',
  'al',
  'bin',
  'y',
  'jr',
  'sr',
])
const wordsOf = ({ givenName, familyName }: Identity) =>
  normalName(`${givenName} ${familyName}`)
    .split(' ')
    .filter((word) => word.length > 1 && !particles.has(word))

/** Whether two words are at most two insertions, deletions, changes or neighbour swaps apart. */
function isWithinTwo(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 2) return false
  const rows = [Array.from({ length: other.length + 1 }, (_, i) => i)]
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const above = rows[i - 1]
      const change = one[i - 1] === other[j - 1] ? 0 : 1
      let least = Math.min((above?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above?.[j - 1] ?? 0) + change)
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1)
      row.push(least)
    }
    rows.push(row)
  }
  return (rows[one.length]?.[other.length] ?? 3) <= 2
}

/** The one sure match, and the doubtful ones. Two that would both be sure are both doubtful. */
export function decide(
  guest: Identity,
  candidates: readonly (Identity & { id: string })[],
): { match?: string; doubtful: string[] } {
  const sure = candidates.filter((one) => compare(guest, one) === 'sure').map(({ id }) => id)
  const doubtful = candidates.filter((one) => compare(guest, one) === 'doubtful').map(({ id }) => id)
  const [match, another] = sure
  return match !== undefined && another === undefined ? { match, doubtful } : { doubtful: [...sure, ...doubtful] }
}
