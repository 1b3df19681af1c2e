/** Finds the tables that a text of SQL names, and whether it writes them. */

export interface Mention {
  readonly schema: string
  readonly name: string
  readonly writes: boolean
  /** Only adds rows: `insert into`. */
  readonly inserts: boolean
}

const writing =
  /\b(insert\s+into|merge\s+into|delete\s+from(\s+only)?|update(\s+only)?|truncate(\s+table)?(\s+only)?|copy|lock(\s+table)?)\s*$/i

/** Every `schema.name` of these schemas in a text of SQL, comments left out. */
export function mentionsIn(text: string, schemas: readonly string[]): Mention[] {
  const bare = withoutComments(text)
  const names = new RegExp(`(?<![\\w.$@])"?(${schemas.join('|')})"?\\."?(\\w+)"?`, 'gi')
  return [...bare.matchAll(names)].map((match) => {
    const before = writing.exec(bare.slice(Math.max(0, match.index - 40), match.index))
    const verb = before?.[1] ?? ''
    const [, schema = '', name = ''] = match
    return { schema: schema.toLowerCase(), name, writes: verb !== '', inserts: /^insert/i.test(verb) }
  })
}

/** SQL with its comments blanked. Text in quotes stays: it may name a table, as in `'people.patient'::regclass`. */
export function withoutComments(text: string): string {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
}
