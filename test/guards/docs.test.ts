import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openWorld } from '../../server/testing/world.ts'
import { pagesOf } from './pages.ts'

test('docs/access.md and docs/schema.md say what the code does', async () => {
  await using world = await openWorld()
  for (const [name, text] of Object.entries(await pagesOf(world)))
    assert.equal(
      readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8'),
      text,
      `docs/${name} is out of date: npm run docs`,
    )
})
