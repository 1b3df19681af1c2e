import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '../../platform/errors.ts'
import { openPage, sealPage } from './page.ts'
import { idIn, readQuery, tokenOf } from './query.ts'

const base = 'https://clinic.example/fhir/R4'
const door = { base, pageKeys: [randomBytes(32)] as const }
const kind = { parameters: [{ name: 'name' }, { name: 'identifier' }] }

test('alternatives, escapes and systems are read as FHIR writes them', () => {
  const query = readQuery({ name: ['ann,bob', String.raw`o\,hara`], identifier: 'urn:mrn|7,|8,9' }, kind, door)
  assert.deepEqual(query.all('name'), [['ann', 'bob'], ['o,hara']])
  assert.deepEqual(query.tokens('identifier'), [
    { system: 'urn:mrn', code: '7' },
    { system: '', code: '8' },
    { system: undefined, code: '9' },
  ])
  assert.deepEqual(tokenOf('a|b|c'), { system: 'a', code: 'b|c' })
})

test('references are ours by id, by type and id, or by our own address; another server’s are nobody', () => {
  const id = '0194f5e0-0000-7000-8000-000000000001'
  for (const text of [id, `Patient/${id}`, `${base}/Patient/${id}`, id.toUpperCase()])
    assert.equal(idIn(text, 'Patient', base), id)
  for (const text of [`https://other.example/Patient/${id}`, 'Patient/1', '../x', ''])
    assert.equal(idIn(text, 'Patient', base), undefined)
  assert.throws(() => idIn(`Location/${id}`, 'Patient', base), Refusal)
})

test('a page is opened only with its key and unchanged', () => {
  const page = { again: { name: ['Ada Byron'] }, after: { order: '1', id: 'x' } }
  const sealed = sealPage(door.pageKeys, page)
  assert.doesNotMatch(Buffer.from(sealed, 'base64url').toString('latin1'), /Byron/)
  assert.deepEqual(openPage(door.pageKeys, sealed), page)
  assert.throws(() => openPage([randomBytes(32)], sealed), Refusal)
  fc.assert(
    fc.property(fc.nat(sealed.length - 2), (at) => {
      const other = sealed[at] === 'A' ? 'B' : 'A'
      assert.throws(() => openPage(door.pageKeys, sealed.slice(0, at) + other + sealed.slice(at + 1)), Refusal)
    }),
  )
})

test('no query breaks the reader', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))), (raw) => {
      try {
        readQuery(raw, kind, door)
      } catch (error) {
        assert.ok(error instanceof Refusal, String(error))
      }
    }),
  )
})
