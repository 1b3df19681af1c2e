// Signatures against the standard's own vector, and where we may be sent to.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { addressOf, isPublic, readUrl } from './address.ts'
import { post } from './post.ts'
import { newSecret, signatures } from './signature.ts'

test('signs as the test vector of standard-webhooks (MIT, b2fa7b8) says', () => {
  const signed = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' }
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  assert.equal(signatures([secret], signed), 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  assert.match(
    signatures([newSecret(), secret], signed),
    /^v1,\S{44} v1,g0hM9SsE\+OTPJTGt\/tmIKtSyZlE3uFJELVlNIOLJ1OE=$/,
  )
  assert.match(newSecret(), /^whsec_[A-Za-z0-9+/]{43}=$/)
})

test('knows what belongs to the world and what to a network', () => {
  const inside =
    '10.1.2.3 127.0.0.1 169.254.169.254 172.31.0.1 192.168.1.1 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255'
  const inside6 = '::1 :: fe80::1 fc00::1 fd00:ec2::254 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1:: 2001:db8::1 ff02::1'
  for (const address of `${inside} ${inside6} nonsense`.split(' ')) assert.equal(isPublic(address), false, address)
  for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1111']) assert.equal(isPublic(address), true, address)
})

test('takes an address that somebody typed only when it is https and outside', () => {
  const bad = [
    'http://hooks.example.org/x',
    'ftp://hooks.example.org',
    'https://10.0.0.1/x',
    'https://2130706433/x',
    'https://0x7f.1/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fd00:ec2::254]/latest',
    'https://localhost/x',
    'https://a:b@hooks.example.org/',
    'https://hooks.example.org/#x',
    'hooks.example.org',
  ]
  for (const url of bad) assert.throws(() => readUrl(url, true), { code: 'bad_url' }, url)
  assert.equal(readUrl('https://hooks.example.org/x?y=1', true).href, 'https://hooks.example.org/x?y=1')
  assert.throws(() => readUrl('http://localhost:9/x', true), { code: 'bad_url' })
  assert.equal(readUrl('http://localhost:9/x', false).hostname, 'localhost')
})

test('asks no name that leads inside, not even one that leads outside as well', async () => {
  const url = new URL('https://hooks.example.org/')
  const leadsTo =
    (...found: string[]) =>
    async () =>
      found.map((address) => ({ address, family: 4 }))
  await assert.rejects(addressOf(url, true, leadsTo('127.0.0.1')), { name: 'NotPublic' })
  await assert.rejects(addressOf(url, false, leadsTo('8.8.8.8', '169.254.169.254')), { name: 'NotPublic' })
  assert.equal((await addressOf(url, true, leadsTo('8.8.8.8'))).address, '8.8.8.8')
  const message = { url, headers: {}, body: '{}', production: true }
  assert.equal(await post(message, leadsTo('10.0.0.8')), 'address not allowed')
})

test('connects to the address that was checked: the name is looked up once', async () => {
  await using there = await receiver((_request, response) => response.end('ok'))
  let asked = 0
  const once = async () => (asked++ === 0 ? [{ address: '127.0.0.1', family: 4 }] : [])
  assert.equal(await post({ url: there.url, headers: {}, body: '{}', production: false }, once), undefined)
  assert.equal(asked, 1)
})

test('follows no redirect, and reads no more than it must', { timeout: 8000 }, async () => {
  let followed = 0
  await using elsewhere = await receiver((_request, response) => {
    followed++
    response.end()
  })
  await using there = await receiver((_request, response) => {
    response.writeHead(302, { location: elsewhere.url.href }).end()
  })
  // An answer without an end: who reads all of it waits for ever.
  await using talker = await receiver((_request, response) => {
    response.writeHead(200)
    response.write('x'.repeat(5000))
  })
  const send = (url: URL) => post({ url, headers: {}, body: '{}', production: false })
  assert.equal(await send(there.url), 'status 302')
  assert.equal(followed, 0)
  assert.equal(await send(talker.url), undefined)
  assert.equal(await send(new URL('http://localhost:1/')), 'no answer')
})

async function receiver(answer: Parameters<typeof createServer>[1]) {
  const server = createServer(answer as never)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`http://localhost:${port}/hook`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
