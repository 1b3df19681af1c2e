/** How near two names are: folded alike, an everyday form, one word in common, a slip of the pen, or the same sound. Pure. */

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

const particles = new Set('de la del los las da dos van von der den el al bin y jr sr'.split(' '))

/** Everyday forms of one name, English and Spanish, a family a line. */
const nicknames = `
  alexander alex alejandro sasha
  antonio tono anthony tony
  barbara barb barbie
  catherine katherine kathryn kate kathy cathy katie
  charles charlie chuck carlos
  daniel dan danny
  david dave davey
  edward ed eddie ted
  elizabeth liz beth betty lizzie eliza
  francisco paco pancho francis frank
  guadalupe lupe
  isabel isabella chabela bella
  james jim jimmy jaime
  jennifer jen jenny
  jesus chuy
  john jack johnny
  jose pepe joseph joe joey
  margaret maggie meg peggy margarita
  michael mike mickey miguel
  patricia pat patty trish
  rebecca becky becca
  richard rick rich dick ricardo
  robert bob rob bobby roberto beto
  susan sue susie
  theodore ted theo
  thomas tom tommy
  william bill will billy guillermo memo
`
const familiesOf = new Map<string, Set<number>>()
for (const [family, line] of nicknames.trim().split('\n').entries())
  for (const name of line.trim().split(/\s+/)) familiesOf.set(name, (familiesOf.get(name) ?? new Set()).add(family))

const wordsOf = (name: string) =>
  normalName(name)
    .split(' ')
    .filter((word) => word.length > 1 && !particles.has(word))

/** Whether the first words are everyday forms of one name: Liz and Elizabeth. */
export function isNickname(one: string, other: string): boolean {
  const [its, theirs] = [one, other].map((name) => familiesOf.get(wordsOf(name)[0] ?? ''))
  return its !== undefined && theirs !== undefined && !its.isDisjointFrom(theirs)
}

/** One word in common, a slip of the pen in a word of four letters or more, or two such words that sound alike. */
export function isNear(one: string, other: string): boolean {
  const others = wordsOf(other)
  return wordsOf(one).some((word) =>
    others.some(
      (its) =>
        word === its ||
        (Math.min(word.length, its.length) >= 4 && (isWithinTwo(word, its) || soundOf(word) === soundOf(its))),
    ),
  )
}

/** A rough key of how a Latin word sounds in English and Spanish; a word of other letters is its own key. */
function soundOf(word: string): string {
  const sounds = word
    .replaceAll('ph', 'f')
    .replaceAll(/ck|c(?![eih])|qu?/g, 'k')
    .replaceAll(/c(?=[ei])|z/g, 's')
    .replaceAll(/g(?=[ei])/g, 'j')
    .replaceAll(/(?<!c)h/g, '')
    .replaceAll('v', 'b')
    .replaceAll('ll', 'y')
    .replaceAll(/(.)\1/gu, '$1')
  return sounds.slice(0, 1) + sounds.slice(1).replaceAll(/[aeiouy]/g, '')
}

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
