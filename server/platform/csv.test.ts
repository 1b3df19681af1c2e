import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { csvOf } from './csv.ts'

/** Reads CSV a character at a time, as RFC 4180 writes it. */
function read(file: string): string[][] {
  const rows: string[][] = [[]]
  let [cell, quoted] = ['', false]
  for (let at = 1; at < file.length; at++) {
    const character = file[at] ?? ''
    if (quoted && character === '"' && file[at + 1] === '"') {
      cell += '"'
      at++
    } else if (character === '"') quoted = !quoted
    else if (!quoted && character === ',') {
      rows.at(-1)?.push(cell)
      cell = ''
    } else if (!quoted && character === '\r' && file[at + 1] === '\n') {
      rows.at(-1)?.push(cell)
      cell = ''
      rows.push([])
      at++
    } else cell += character
  }
  return rows.slice(0, -1)
}

test('whatever is written is read back, and nothing in it begins as a formula does', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('=1+1', '+1', '-2', '@SUM(A1)', '\t=1', 'a,"b"\r\nc', '"', ''))
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
      const found = read(csvOf(['a', 'b'], rows)).slice(1)
      assert.deepEqual(
        found.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n])/, ''))),
        rows,
      )
      for (const cell of found.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r\n]/)
    }),
  )
})

test('numbers stay numbers, and what is not known is empty', () => {
  assert.equal(csvOf(['n', 'x'], [[-3, null]]), '\uFEFFn,x\r\n-3,\r\n')
})
