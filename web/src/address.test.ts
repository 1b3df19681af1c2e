/** What a person searched for survives the address bar, and a mangled address asks for less, never for nonsense. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { given, isDay, isId, isOwnPath, oneOf, only, readQuery, text, whole, writeQuery, yesOrNo } from './address.ts'

test('a postcode stays text and comes back as it was typed', () => {
  const query = writeQuery({ q: 'niño sano & tos', near: '02139', page: undefined, part: '' })
  assert.equal(query, '?q=ni%C3%B1o+sano+%26+tos&near=02139')
  assert.deepEqual(readQuery(query), { q: 'niño sano & tos', near: '02139' })
})

test('values that do not fit count as not given', () => {
  const raw = { id: 'x', age: '12.5', part: 'night', neu: 'maybe', q: ' ' }
  const read = {
    id: text(raw, 'id', isId),
    age: whole(raw, 'age', 0, 130),
    part: oneOf(raw, 'part', ['morning']),
    neu: yesOrNo(raw, 'neu'),
    q: text(raw, 'q'),
  }
  assert.deepEqual(given(read), {})
})

test('what a screen does not read of its address, or cannot, it is not given', () => {
  const raw = { day: '2026-13', q: 'cough', utm_source: 'letter' }
  const read = only((from) => given({ day: text(from, 'day', isDay), q: text(from, 'q') }))
  assert.equal(writeQuery({ ...raw, ...read(raw) }), '?q=cough')
})

test('reading a search that was read before changes nothing', () => {
  assert.equal(whole({ age: 42 }, 'age', 0, 130), 42)
  assert.equal(yesOrNo({ fresh: true }, 'fresh'), true)
})

test('a page to go on to after signing in is one of this site', () => {
  for (const path of ['/me', '/book?offering=1&at=2', '/visit#x']) assert.match(path, isOwnPath)
  for (const path of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/a b', ''])
    assert.doesNotMatch(path, isOwnPath)
})
