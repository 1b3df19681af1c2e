/** Finds clinicians by the beginnings of words of their names: 'Dr Nguyen', 'lan ngu'. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { folded } from './from-fhir.ts'
import './tables.ts'

/** More than so many of one name are not told apart by it: the first are taken, in the order of the words. */
const mostNamed = 500
/** Comes after every letter: words that begin alike lie below it. A range, as a prepared plan cannot use an unknown beginning. */
const lastLetter = '\u{10ffff}'
/** How people are addressed; no part of a name. */
const titles = new Set([
  'dr',
  'dra',
  'doctor',
  'doctora',
  'doc',
  'md',
  'do',
  'np',
  'pa',
  'mr',
  'mrs',
  'ms',
  'sr',
  'sra',
  'prof',
])

/**
 * The ids of clinicians who have every one of these words in their name, or words that begin so. Words beside a reason
 * may be no name at all ('checkup for my son'): with `specialties`, only whole words of somebody who has one of them count.
 */
export async function practitionersNamed(
  tx: Tx,
  organizationId: string,
  name: readonly string[],
  specialties: readonly string[] = [],
): Promise<string[]> {
  const isWhole = specialties.length > 0
  const words = name.flatMap((text) => folded(text).split(' ')).filter((word) => word !== '' && !titles.has(word))
  // The longest word finds the fewest people; the others are looked for among those.
  const [longest, ...others] = words.toSorted((a, b) => b.length - a.length)
  if (longest === undefined) return []
  const end = isWhole ? ' ' : ''
  const alsoNamed = others.map((word) => sql` and strpos(' ' || p.search_name || ' ', ${` ${word}${end}`}) > 0`)
  const practising = sql` and exists (select from directory.practitioner_role r where r.organization_id = p.organization_id
    and r.practitioner_id = p.id and r.active and r.specialties && ${specialties}::text[] offset 0)`
  const { rows } = await sql<{ id: string }>`
    select distinct id from (
      select p.id from directory.practitioner_word w
      join directory.practitioner p on p.organization_id = w.organization_id and p.id = w.practitioner_id
      where w.organization_id = ${organizationId} and ${isWhole ? sql`w.word = ${longest}` : sql`w.word >= ${longest} and w.word < ${longest + lastLetter}`} and p.active${sql.join(alsoNamed, sql``)}${isWhole ? practising : sql``}
      order by w.word, p.id limit ${sql.lit(mostNamed)}
    ) found`.execute(tx)
  return rows.map(({ id }) => id)
}
