// docs/security.md names what there is: each path it gives exists, and each incident of peers has its test.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/security.md'), 'utf8')

/** `a/{b,c}.ts` and `a/*.ts` as well; a name without a folder follows one in the same line. */
const pathsIn = (text: string) =>
  [...text.matchAll(/`([\w@.{},*-]+(?:\/[\w@.{},*-]*)+)`/g)].flatMap(([, path]) => (path ? [path] : []))

const isThere = (path: string) =>
  ['', 'server'].some((folder) => globSync(join(folder, path), { cwd: root }).length > 0)

test('every folder, file and test that docs/security.md names is there', () => {
  const paths = pathsIn(page).filter((path) => !path.startsWith('application/'))
  assert.ok(paths.length > 60, `read only ${paths.length}`)
  assert.deepEqual(
    paths.filter((path) => !isThere(path)),
    [],
  )
})

test('each of the eighteen incidents of peers has a test, or says what is not yet there', () => {
  const lines = page.split('\n').filter((line) => /^\| I-\d\d /.test(line))
  assert.equal(lines.length, 18)
  for (const line of lines)
    assert.ok(
      pathsIn(line).some((path) => path.includes('.test.ts')) || line.includes('not yet'),
      `no test: ${line.slice(0, 80)}`,
    )
})
