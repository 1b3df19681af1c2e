/** Finds clinicians by names that are spelt a little wrong: asked only when nobody has the name that was typed. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { slipsOf } from './words/slips.ts'
import './tables.ts'

const mostWords = 4
const mostFound = 100

export interface NearlyNamed {
  ids: string[]
  /** What was typed, and the name it was taken for. */
  heard: { phrase: string; meaning: string }[]
}

/** Those who have every one of these folded words in their name, or one a slip away. None for more than four words. */
export async function practitionersNearlyNamed(
  tx: Tx,
  organizationId: string,
  name: readonly string[],
): Promise<NearlyNamed> {
  if (name.length === 0 || name.length > mostWords) return { ids: [], heard: [] }
  const wished = name.flatMap((typed, place) => slipsOf(typed).map((word) => ({ word, place })))
  const { rows } = await sql<{ id: string; meant: string[] }>`
    select p.id, array_agg(found.word order by found.place) as meant
    from (
      select distinct on (w.practitioner_id, wish.place) w.practitioner_id, wish.place, w.word
      from json_to_recordset(${JSON.stringify(wished)}::json) as wish(word text, place int)
      join directory.practitioner_word w on w.organization_id = ${organizationId} and w.word = wish.word
      order by w.practitioner_id, wish.place, w.word
    ) found
    join directory.practitioner p on p.organization_id = ${organizationId} and p.id = found.practitioner_id and p.active
    group by p.id having count(*) = ${name.length}::int
    order by p.id limit ${sql.lit(mostFound)}`.execute(tx)
  const meant = new Set(rows.map((row) => row.meant.map(capitalized).join(' ')))
  const phrase = name.join(' ')
  return { ids: rows.map(({ id }) => id), heard: [...meant].slice(0, 3).map((meaning) => ({ phrase, meaning })) }
}

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
