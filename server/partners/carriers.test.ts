/** Nothing is handed to a carrier but through the gate: the one place in the code that does it, and no mail client beside. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const server = join(import.meta.dirname, '..')
const sources = readdirSync(server, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: readFileSync(join(server, path), 'utf8') }))
const using = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)

test('a mail library is loaded, and a clearance made, in one place each', () => {
  assert.ok(sources.length > 150)
  assert.deepEqual(using(/from 'nodemailer'/), ['partners/mail.ts'])
  assert.deepEqual(using(/Clearance\.of\(|new Clearance/), ['partners/let-out.ts', 'partners/gate.ts'].sort())
  assert.deepEqual(using(/\b(mail|texts)\.send\(/), ['conversations/send.ts'])
})
