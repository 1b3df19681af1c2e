/** What the web asks is what the contract says, and every failure is one kind of refusal. */
import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { Endpoint } from '../../server/platform/endpoint.ts'
import { addressOf, call, clinicNow, Refused } from './call.ts'

const move = { method: 'POST', url: '/api/scheduling/appointments/:id/move' } as Endpoint
const json = (status: number, body: unknown, headers = {}) => new Response(JSON.stringify(body), { status, headers })
const answers = (t: TestContext, answer: (request: RequestInit) => Response | Promise<Response>) =>
  t.mock.method(globalThis, 'fetch', async (_url: string, request: RequestInit) => answer(request))

test('names in the address are filled in and escaped, empty fields of the query are left out', () => {
  const url = addressOf(move, { path: { id: 'a/b' }, query: { q: 'sore throat', near: '', age: 0, part: undefined } })
  assert.equal(url, '/api/scheduling/appointments/a%2Fb/move?q=sore+throat&age=0')
})

test('a visit link’s token and the key of the attempt go in headers, never in the address', async (t) => {
  const fetched = answers(t, () => json(200, {}))
  await call(move, { path: { id: '1' }, body: { a: 1 } }, { token: 'secret', idempotencyKey: 'attempt-1' })
  const [url, request] = fetched.mock.calls[0]?.arguments ?? []
  const headers = request?.headers as Record<string, string>
  assert.equal(url, '/api/scheduling/appointments/1/move')
  assert.deepEqual([headers['authorization'], headers['idempotency-key']], ['Visit secret', 'attempt-1'])
})

test('a refusal keeps its code, its words and what to do instead', async (t) => {
  answers(t, () => json(409, { status: 409, code: 'slot_taken', title: 'Conflict', detail: 'Taken.', openings: ['x'] }))
  await assert.rejects(call(move, { path: { id: '1' } }), (error: Refused) => {
    assert.deepEqual(
      [error.status, error.code, error.detail, error.extra],
      [409, 'slot_taken', 'Taken.', { openings: ['x'] }],
    )
    return true
  })
})

test('no network is refused as offline; an error page of a proxy as our fault', async (t) => {
  const fetched = answers(t, () => Promise.reject(new TypeError('Failed to fetch')))
  await assert.rejects(call(move, { path: { id: '1' } }), { name: 'Refused', code: 'offline', status: 0 })
  fetched.mock.mockImplementation(async () => new Response('<h1>Bad gateway</h1>', { status: 502 }))
  await assert.rejects(call(move, { path: { id: '1' } }), { name: 'Refused', code: 'internal', status: 502 })
})

test('leaving the page is not a refusal', async (t) => {
  const leaving = new AbortController()
  answers(
    t,
    (request) => new Promise((_, no) => request.signal?.addEventListener('abort', () => no(new Error('aborted')))),
  )
  const asked = call(move, { path: { id: '1' } }, { signal: leaving.signal })
  leaving.abort()
  await assert.rejects(asked, (error) => !(error instanceof Refused))
})

test('a phone whose clock is an hour slow still counts by the clinic’s clock', async (t) => {
  const clinic = Date.now() + 3_600_000
  answers(t, () => json(200, {}, { date: new Date(clinic).toUTCString() }))
  await call(move, { path: { id: '1' } })
  assert.ok(Math.abs(clinicNow() - clinic) < 2_000)
})
