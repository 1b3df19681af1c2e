/** Statements written out once, for the busiest paths: compiled at start, prepared by name, sent without waiting in line. */

/** SQL whose parameters have names. `Row` is a promise of its author about the columns, in camelCase. */
export interface Statement<Values, Row> {
  readonly text: string
  readonly keys: readonly (keyof Values & string)[]
  /** Only a type. */
  readonly row?: Row
}

/**
 * Makes a statement: `${'name'}` stands for the value of that name, as often as it is needed. Say its type in the SQL
 * (`${'from'}::int`) where PostgreSQL cannot tell.
 */
export function statement<Values, Row = object>(
  texts: TemplateStringsArray,
  ...names: (keyof Values & string)[]
): Statement<Values, Row> {
  const keys = [...new Set(names)]
  const number = (name: keyof Values & string) => `$${keys.indexOf(name) + 1}`
  const text = texts.map((part, index) => (names[index] ? part + number(names[index]) : part)).join('')
  return { text, keys }
}

/** Column names as rows have them: `starts_at` is `startsAt`. Kept by result shape, so that a row costs no text work. */
export function rowsOf<Row>(fields: readonly { name: string }[], rows: readonly unknown[][]): Row[] {
  const names = fields.map(({ name }) => camelCase(name))
  return rows.map((row) => Object.fromEntries(names.map((name, column) => [name, row[column]])) as Row)
}

const camelCased = new Map<string, string>()

function camelCase(name: string): string {
  let known = camelCased.get(name)
  if (!known) camelCased.set(name, (known = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())))
  return known
}
