/** Looks for a text in everything a database keeps, as somebody who stole it would. */
import pg from 'pg'
import type { World } from './world.ts'

/** The tables, of all schemas, in which a row holds these words: as they are, in any case, or as bytes. */
export async function tablesWith(world: World, words: string): Promise<string[]> {
  const client = new pg.Client(world.database.superuser)
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') order by 1`)
    const found: string[] = []
    for (const { name } of rows) {
      const { rows: hits } = await client.query(
        `select from ${name} t where position(lower($1) in lower(t::text)) > 0 or position($2 in t::text) > 0 limit 1`,
        [words, Buffer.from(words).toString('hex')],
      )
      if (hits.length > 0) found.push(name)
    }
    return found
  } finally {
    await client.end()
  }
}
