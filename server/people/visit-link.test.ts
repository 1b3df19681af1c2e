import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { keysFrom } from '../platform/ids.ts'
import { readVisitToken, visitToken, visitUrl } from './visit-link.ts'

const keys = keysFrom('a secret of the tests')
const until = Temporal.Instant.from('2026-12-02T15:00:00Z')
const at = (time: string) => ({ keys, now: () => Temporal.Instant.from(time) })

test('a visit link opens its visit at its own clinic, until its hour is over', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), fc.uuid(), (organizationId, visitId, patientId) => {
      const link = { organizationId, visitId, patientId, until }
      const token = visitToken(keys, link)
      assert.deepEqual(readVisitToken(at('2026-12-02T15:00:00Z'), organizationId, token), link)
      assert.equal(readVisitToken(at('2026-12-02T15:00:01Z'), organizationId, token), undefined)
      assert.equal(readVisitToken(at('2026-12-01T00:00:00Z'), visitId, token), undefined, 'another clinic')
    }),
  )
})

test('a link that was changed anywhere, or signed elsewhere, opens nothing', () => {
  const link = {
    organizationId: crypto.randomUUID(),
    visitId: crypto.randomUUID(),
    patientId: crypto.randomUUID(),
    until,
  }
  const token = visitToken(keys, link)
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom('A', 'b', 'C', '0', '9', '_', '-'), (place, letter) => {
      const changed = token.slice(0, place) + letter + token.slice(place + 1)
      return changed === token || readVisitToken(at('2026-12-01T00:00:00Z'), link.organizationId, changed) === undefined
    }),
  )
  for (const odd of ['', 'a', `${token}A`, token.slice(1), ` ${token}`, visitToken(keysFrom('another secret'), link)])
    assert.equal(readVisitToken(at('2026-12-01T00:00:00Z'), link.organizationId, odd), undefined)
})

test('the link fits a text message', () => {
  const link = {
    organizationId: crypto.randomUUID(),
    visitId: crypto.randomUUID(),
    patientId: crypto.randomUUID(),
    until,
  }
  assert.ok(visitUrl('https://care.example.org', visitToken(keys, link)).length <= 90)
})

test('a link of before a new secret opens as long as the server knows the old one', () => {
  const [organizationId, visitId] = ['01990000-0000-7000-8000-000000000001', '01990000-0000-7000-8000-000000000002']
  const until = Temporal.Instant.from('2026-12-02T15:00:00Z')
  const old = visitToken(keys, { organizationId, visitId, patientId: organizationId, until })
  const read = (known: ReturnType<typeof keysFrom>) =>
    readVisitToken({ keys: known, now: () => Temporal.Instant.from('2026-12-02T14:00:00Z') }, organizationId, old)
  assert.equal(read(keysFrom('the next secret', ['another', 'a secret of the tests']))?.visitId, visitId)
  assert.equal(read(keysFrom('the next secret')), undefined)
})
