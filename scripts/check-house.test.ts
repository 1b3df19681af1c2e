import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { checkBudgets } from './check-budgets.ts'
import { checkHabits } from './check-habits.ts'
import { checkLinks } from './check-links.ts'
import { checkNames } from './check-names.ts'
import { readTree, type Finding, type SourceFile } from './source.ts'

type Checker = (files: readonly SourceFile[]) => Finding
const found = (check: Checker, path: string, text = '') => check([{ path, text }]).breaches
const breaks = (check: Checker, why: RegExp, path: string, text = '') => {
  const breaches = found(check, path, text)
  assert.equal(breaches.length, 1, `${path}: ${breaches.join('\n')}`)
  assert.match(breaches[0]!, why)
}

test('every checker that is shown nothing says that it looked at nothing', () => {
  for (const check of [checkBudgets, checkHabits, checkLinks, checkNames]) assert.equal(check([]).looked, 0)
})

test('files, doors and slices keep to their size', () => {
  const lines = (count: number) => 'x\n'.repeat(count)
  breaks(checkBudgets, /301 lines/, 'server/people/a.ts', lines(301))
  breaks(checkBudgets, /501 lines/, 'server/people/a.test.ts', lines(501))
  breaks(checkBudgets, /bytes/, 'web/src/a.tsx', 'x'.repeat(12_001))
  breaks(checkBudgets, /door of 16 lines/, 'server/people/index.ts', lines(16))
  breaks(checkBudgets, /71 lines; a page/, 'server/people/README.md', lines(71))
  breaks(
    checkBudgets,
    /9 scripts/,
    'package.json',
    JSON.stringify({ scripts: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`s${i}`, 'x'])) }),
  )
  assert.deepEqual(found(checkBudgets, 'server/people/a.ts', lines(300)), [])
  assert.deepEqual(found(checkBudgets, 'server/directory/words.ts', lines(900)), [])
  const crowd = Array.from({ length: 26 }, (_, i) => ({ path: `server/people/a${i}.ts`, text: '' }))
  assert.match(checkBudgets(crowd).breaches.join(), /server\/people: 26 files/)
})

test('names that say nothing are refused', () => {
  breaks(checkNames, /'service' says nothing/, 'server/people/service.ts')
  breaks(checkNames, /'helpers' says nothing/, 'web/src/ui/date-helpers.ts')
  breaks(checkNames, /'utils' says nothing/, 'server/utils/index.ts')
  breaks(checkNames, /kebab-case/, 'server/people/findPatient.ts')
  breaks(checkNames, /BookingManager/, 'server/people/a.ts', 'export class BookingManager {}')
  breaks(checkNames, /no I-prefix/, 'server/people/a.ts', 'interface IPatient {}')
  assert.deepEqual(found(checkNames, 'server/people/find-patient.test.ts', 'interface Insurance {}'), [])
})

test('a decision is named by its day and says context, decision and consequences', () => {
  const whole = '# Title\n## Context\n## Decision\n## Consequences\n'
  assert.deepEqual(found(checkNames, 'docs/decisions/2026-11-23-one-schema-per-slice.md', whole), [])
  breaks(checkNames, /by date and slug/, 'docs/decisions/0001-x.md', whole)
  breaks(checkNames, /no part 'Consequences'/, 'docs/decisions/2026-11-23-x.md', '## Context\n## Decision\n')
})

test('no loose ends are left in code', () => {
  breaks(checkHabits, /finish it/, 'server/people/a.ts', `// ${'TO'}${'DO'}: later`)
  breaks(checkHabits, /finish it/, 'server/migrations/a.sql', `-- ${'FIX'}${'ME'}`)
  assert.deepEqual(found(checkHabits, 'server/people/a.ts', `const mask = 'XXX-XX-1234'`), [])
})

test('no test is left out', () => {
  const path = 'server/people/a.test.ts'
  for (const word of ['skip', 'only', 'todo']) {
    breaks(checkHabits, /every test runs/, path, `test.${word}('x', () => {})`)
    breaks(checkHabits, /every test runs/, path, `describe('x', { ${word}: true }, () => {})`)
  }
  breaks(checkHabits, /every test runs/, path, `test('x', (t) => t.skip('not today'))`)
  assert.deepEqual(
    found(checkHabits, path, `test('skip this', { skip: !isRoot && 'needs root' }, () => set.only())`),
    [],
  )
})

test('only the configuration reads the environment', () => {
  for (const text of ['process.env.HOME', `process['env']`, `import { env } from 'node:process'`])
    breaks(checkHabits, /reads the environment/, 'server/people/a.ts', text)
  assert.deepEqual(found(checkHabits, 'server/platform/config.ts', 'process.env'), [])
  assert.deepEqual(found(checkHabits, 'server/testing/world.ts', 'process.env'), [])
})

test('a link leads to a file, a folder or a heading that is there', () => {
  const page = (text: string) => [
    { path: 'docs/journey.md', text },
    { path: 'README.md', text: '# Find care, and book!\n' },
    { path: 'server/people/a.ts', text: '' },
  ]
  const ok =
    '[a](../README.md) [b](../server/people/) [c](../README.md#find-care-and-book) [d](https://x.org) `[e](no.md)`'
  assert.deepEqual(checkLinks(page(ok)).breaches, [])
  assert.match(checkLinks(page('[a](gone.md)')).breaches.join(), /gone.md: there is no such file/)
  assert.match(checkLinks(page('[a]: ../gone.md')).breaches.join(), /no such file/)
  assert.match(checkLinks(page('[a](../README.md#gone)')).breaches.join(), /no such heading/)
  assert.match(checkLinks(page('[a](/home/x.md)')).breaches.join(), /one machine/)
})

test('the tree is read from disk, without what is not ours', () => {
  const root = mkdtempSync(join(tmpdir(), 'attend-tree-'))
  try {
    for (const path of ['server/people/a.ts', 'node_modules/x/a.ts', '.git/config', 'data/a.ts', '.ci/run']) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), 'text')
    }
    assert.deepEqual(
      readTree(root)
        .map(({ path }) => path)
        .sort(),
      ['.ci/run', 'server/people/a.ts'],
    )
    assert.equal(readTree(root)[0]?.text, 'text')
  } finally {
    rmSync(root, { recursive: true })
  }
})
