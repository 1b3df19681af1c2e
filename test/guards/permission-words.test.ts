// Whoever gives a role reads what it may do: no permission of a colleague is without its sentence, in each language.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { staffRoles, type Role } from '../../server/platform/actor.ts'
import { permissions } from '../../server/platform/permissions.ts'

const words = readFileSync(join(import.meta.dirname, '../../web/src/people/staff/permission-words.ts'), 'utf8')
const told = new Set([...words.matchAll(/^ {2}'([a-z.-]+)': msg`.+`,$/gm)].map(([, permission]) => permission))
const ofColleagues: ReadonlySet<Role> = new Set(staffRoles)

test('every permission of a colleague has a sentence, and no sentence is about a permission that is gone', () => {
  const needed = Object.entries(permissions)
    .filter(([, roles]) => roles.some((role) => ofColleagues.has(role)))
    .map(([permission]) => permission)
  assert.ok(needed.length > 20)
  assert.deepEqual(
    needed.filter((permission) => !told.has(permission)),
    [],
    'without words',
  )
  assert.deepEqual(
    [...told].filter((permission) => !needed.includes(permission ?? '')),
    [],
    'of nothing',
  )
})
