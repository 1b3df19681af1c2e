import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { test } from 'node:test'
import { openWorld } from '../testing/world.ts'

/** What the server says to somebody who sends one byte of a promised hundred, and hangs up by itself. */
function dribble(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        'POST /api/people/sign-in/password HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
      ),
    )
    socket.setEncoding('utf8')
    socket.on('data', (piece) => (said += piece))
    socket.on('close', () => resolve(said))
    socket.on('error', reject)
  })
}

test('whoever sends a body too slowly is told so and cut off, and keeps nobody waiting meanwhile', async () => {
  await using world = await openWorld()
  const { server } = world.app
  assert.equal(server.requestTimeout, 30_000, 'what the product itself allows')
  assert.ok(server.headersTimeout < server.requestTimeout, 'otherwise no body is ever too slow')
  server.headersTimeout = 200
  server.requestTimeout = 300
  // Otherwise looked at twice a minute.
  Object.assign(server, { connectionsCheckingInterval: 50 })
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.address() as AddressInfo
  const slow = Promise.all(Array.from({ length: 20 }, () => dribble(port)))
  assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200)
  for (const said of await slow) {
    assert.match(said, /^HTTP\/1\.1 408 /)
    assert.ok(!/\bat .*:\d+|node:/.test(said), said)
  }
})
