import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkBorders } from './check-borders.ts'

const planted = (path: string, ...lines: string[]) => checkBorders([{ path, text: lines.join('\n') }])
const passes = (path: string, ...lines: string[]) => {
  const { looked, breaches } = planted(path, ...lines)
  assert.deepEqual(breaches, [])
  assert.ok(looked > 0)
}
const breaks = (why: RegExp, path: string, ...lines: string[]) => {
  const { breaches } = planted(path, ...lines)
  assert.equal(breaches.length, 1, breaches.join('\n'))
  assert.match(breaches[0]!, why)
}

test('a slice uses the doors and row types of slices behind it, and all of the platform', () => {
  passes(
    'server/scheduling/book.ts',
    `import { accessPatient } from '../people/index.ts'`,
    `import '../directory/tables.ts'`,
    `import { within } from '../platform/db.ts'`,
    `import { minutes } from './minutes.ts'`,
    `export { rule } from './series/rule.ts'`,
  )
})

test('a slice does not reach ahead on the journey, however it asks', () => {
  const why = /comes after people on the journey/
  breaks(why, 'server/people/routes.ts', `import { book } from '../scheduling/index.ts'`)
  breaks(why, 'server/people/routes.ts', `export { book } from '../scheduling/index.ts'`)
  breaks(why, 'server/people/routes.ts', `import type { Row } from '../scheduling/tables.ts'`)
  breaks(why, 'server/people/routes.ts', `export const later = async () => import('../scheduling/index.ts')`)
  breaks(why, 'server/people/routes.ts', `export type Book = typeof import('../scheduling/index.ts')`)
  breaks(why, 'server/people/family/proxy.ts', `import { book } from '../../scheduling/index.ts'`)
})

test('nobody walks past a door', () => {
  breaks(/past the door of people/, 'server/scheduling/book.ts', `import { fold } from '../people/names.ts'`)
  breaks(/past the door of people/, 'server/app.ts', `import { fold } from './people/names.ts'`)
  breaks(/past the door of people/, 'server/scheduling/book.ts', `import { fold } from '../people/family/index.ts'`)
})

test('an import in a comment or a text is no import', () => {
  assert.equal(planted('server/people/a.ts', `// import { book } from '../scheduling/index.ts'`).looked, 0)
  assert.equal(planted('server/people/a.ts', 'const text = `', `import x from '../fhir/index.ts'`, '`').looked, 0)
})

test('a path that is computed cannot be checked', () => {
  breaks(/nobody can check/, 'server/people/a.ts', `export const load = (name: string) => import(name)`)
})

test('the test world is for tests and benchmarks only', () => {
  breaks(/testing is not for people/, 'server/people/routes.ts', `import { openWorld } from '../testing/world.ts'`)
  passes('server/people/routes.test.ts', `import { openWorld } from '../testing/world.ts'`)
  passes('bench/run.ts', `import { openWorld } from '../server/testing/world.ts'`)
})

test('the tests of a slice look back only, too', () => {
  breaks(/comes after people/, 'server/people/a.test.ts', `import { book } from '../scheduling/index.ts'`)
})

test('a slice knows neither the app, nor the demo, nor the web', () => {
  breaks(/app is not for people/, 'server/people/a.ts', `import { plan } from '../app.ts'`)
  breaks(/demo is not for people/, 'server/people/a.ts', `import { load } from '../../demo/load.ts'`)
  breaks(/web is not for people/, 'server/people/a.ts', `import { call } from '../../web/src/call.ts'`)
  passes('server/main.ts', `import { plan } from './app.ts'`, `import { load } from '../demo/load.ts'`)
})

test('a folder that is not on the journey has no place in it', () => {
  breaks(/not a slice of the journey/, 'server/people/a.ts', `import { x } from '../extras/index.ts'`)
  breaks(/not a slice of the journey/, 'server/extras/a.ts', `import { x } from '../people/index.ts'`)
})

test('the web knows contracts and nothing else of the server', () => {
  passes('web/src/scheduling/book.tsx', `import { bookAppointment } from '../../../server/scheduling/contract.ts'`)
  passes('web/src/call.ts', `import type { Endpoint } from '../../server/platform/endpoint.ts'`)
  breaks(/only contracts/, 'web/src/call.ts', `import { x } from '../../server/scheduling/index.ts'`)
  breaks(/no Node/, 'web/src/call.ts', `import { readFileSync } from 'node:fs'`)
  breaks(/only contracts/, 'web/src/call.ts', `import type { Row } from '../../server/scheduling/tables.ts'`)
})

test('a contract carries nothing to the browser that needs Node or the database', () => {
  const contract = {
    path: 'server/people/contract.ts',
    text: `import { anyone } from '../platform/actor.ts'\nimport 'typebox'`,
  }
  const heavy = { path: 'server/platform/actor.ts', text: `import { createHash } from 'node:crypto'` }
  const light = { path: 'server/platform/actor.ts', text: `import type { Kysely } from 'kysely'` }
  assert.match(
    checkBorders([contract, heavy]).breaches.join(),
    /node:crypto, but contracts carry server\/platform\/actor.ts/,
  )
  assert.deepEqual(checkBorders([contract, light]).breaches, [])
})

test('with nothing to look at, nothing was looked at', () => {
  assert.equal(checkBorders([]).looked, 0)
})
