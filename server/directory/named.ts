/** Finds clinicians by the beginnings of words of their names: 'Dr Nguyen', 'lan ngu'. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { folded } from './from-fhir.ts'
import './tables.ts'

/** More than so many of one name are not told apart by it: the first are taken, in the order of the words. */
const mostNamed = 500
/** How people are addressed; no part of a name. */
const titles = new Set(['dr', 'dra', 'doctor', 'doctora', 'doc', 'md', 'do', 'np', 'pa', 'mr', 'mrs', 'ms', 'sr', 'sra', 'prof'])

/** The ids of clinicians who have every one of these words in their name, or words that begin so. */
export async function practitionersNamed(tx: Tx, organizationId: string, name: readonly string[]): Promise<string[]> {
  const words = name.flatMap((text) => folded(text).split(' ')).filter((word) => word !== '' && !titles.has(word))
  // The longest word finds the fewest people; the others are looked for among those.
  const [longest, ...others] = words.toSorted((a, b) => b.length - a.length)
  if (longest === undefined) return []
  const alsoNamed = others.map((word) => sql` and strpos(' ' || p.search_name, ${' ' + word}) > 0`)
  const { rows } = await sql<{ id: string }>`
    select distinct id from (
      select p.id from directory.practitioner_word w
      join directory.practitioner p on p.organization_id = w.organization_id and p.id = w.practitioner_id
      where w.organization_id = ${organizationId} and w.word ^@ ${longest} and p.active${sql.join(alsoNamed, sql``)}
      order by w.word, p.id limit ${sql.lit(mostNamed)}
    ) found`.execute(tx)
  return rows.map(({ id }) => id)
}
