/** Lists as files for a spreadsheet: CSV as RFC 4180 has it, in UTF-8 with the mark by which Excel knows it. Pure. */

export type Cell = string | number | null | undefined

/** A line of heads and a line a row. What a spreadsheet would run as a formula is text: an apostrophe stands before it. */
export function csvOf(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[heads, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')}`
}

function cellOf(value: Cell): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
