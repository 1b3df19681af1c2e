/** Writes docs/access.md and docs/schema.md from the code: `npm run docs`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { globalSetup, globalTeardown } from '../../server/testing/postgres.ts'
import { openWorld } from '../../server/testing/world.ts'
import { pagesOf } from './pages.ts'

await globalSetup()
try {
  await using world = await openWorld()
  for (const [name, text] of Object.entries(await pagesOf(world))) {
    writeFileSync(join(import.meta.dirname, '../../docs', name), text)
    process.stdout.write(`docs/${name}\n`)
  }
} finally {
  await globalTeardown()
}
