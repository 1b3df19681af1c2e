/** Who holds the outermost key: a file of the owner's alone, or AWS KMS, here a twin that speaks as it does. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { awsKms } from './aws-kms.ts'
import { signed } from './aws-signature.ts'
import { KeysUnavailable } from './key-provider.ts'
import { localKeys } from './local-keys.ts'
import { newKey, openWith, sealWith, WillNotOpen } from './sealing.ts'

function folder() {
  const path = mkdtempSync(join(tmpdir(), 'attend-keys-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

test('the key file is its owner’s alone, and is not used once others may read it', async () => {
  using here = folder()
  const file = join(here.path, 'deeper', 'keys.json')
  const keys = localKeys(file)
  const wrapped = await keys.wrap(newKey(), 'words')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  chmodSync(file, 0o640)
  await assert.rejects(keys.unwrap(wrapped, 'words'), KeysUnavailable)
})

test('after a rotation the new key wraps, the old one still opens, also in a process that starts later', async () => {
  using here = folder()
  const file = join(here.path, 'keys.json')
  const keys = localKeys(file)
  const secret = newKey()
  const before = await keys.wrap(secret, 'words')
  await keys.rotate()
  const after = await localKeys(file).wrap(secret, 'words')
  assert.notEqual(before.by, after.by)
  assert.deepEqual([await keys.isOld(before.by), await keys.isOld(after.by)], [true, false])
  for (const wrapped of [before, after]) {
    assert.deepEqual(await localKeys(file).unwrap(wrapped, 'words'), secret)
    await assert.rejects(keys.unwrap(wrapped, 'other words'), WillNotOpen)
  }
})

test('without the right key file nothing opens, and the operator is told which key is missing', async () => {
  using here = folder()
  const wrapped = await localKeys(join(here.path, 'one.json')).wrap(newKey(), 'words')
  const other = localKeys(join(here.path, 'other.json'))
  await other.wrap(newKey(), 'words')
  await assert.rejects(other.unwrap(wrapped, 'words'), new RegExp(wrapped.by))
})

test('a request is signed as the published example of AWS says', () => {
  const login = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
  const asked = {
    url: new URL('https://example.amazonaws.com/'),
    region: 'us-east-1',
    service: 'service',
    headers: {},
    body: '',
  }
  assert.equal(
    signed(asked, login, Temporal.Instant.from('2015-08-30T12:36:00Z'))['authorization'],
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, ' +
      'Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  )
})

const arn = 'arn:aws:kms:us-east-1:111122223333:key/1'
const login = { accessKeyId: 'AKIDTWIN', secretAccessKey: 'secret of the twin', sessionToken: 'for an hour' }

/** Checks the signature as KMS does, and wraps with a key that it alone has. */
async function kmsTwin() {
  const own = newKey()
  const asked: { target: string; body: string }[] = []
  const server = createServer((request, reply) => {
    void (async () => {
      const body = await text(request)
      asked.push({ target: String(request.headers['x-amz-target']), body })
      const said = answer(request.headers, body)
      reply.writeHead(said['__type'] ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' })
      reply.end(JSON.stringify(said))
    })()
  })
  const answer = (headers: IncomingHttpHeaders, body: string): Record<string, string> => {
    const stamp = String(headers['x-amz-date'])
    const now = Temporal.Instant.from(stamp.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'))
    const url = new URL(`http://${headers.host}/`)
    const given = { 'content-type': String(headers['content-type']), 'x-amz-target': String(headers['x-amz-target']) }
    const expected = signed({ url, region: 'us-east-1', service: 'kms', headers: given, body }, login, now)
    if (headers.authorization !== expected['authorization']) return { __type: 'IncompleteSignatureException' }
    const { Plaintext, CiphertextBlob, EncryptionContext } = JSON.parse(body) as Record<string, string>
    const words = JSON.stringify(EncryptionContext)
    if (Plaintext)
      return { CiphertextBlob: sealWith(own, 1, words, Buffer.from(Plaintext, 'base64')).toString('base64') }
    try {
      return { Plaintext: openWith(own, words, Buffer.from(CiphertextBlob ?? '', 'base64')).toString('base64') }
    } catch {
      return { __type: 'com.amazonaws.kms#InvalidCiphertextException' }
    }
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

test('AWS KMS wraps and unwraps, bound to its words, by signed requests that carry no sealed content', async () => {
  await using twin = await kmsTwin()
  const keys = awsKms({ key: arn, url: twin.url, login })
  const secret = newKey()
  const wrapped = await keys.wrap(secret, 'river|data_key|wrap|1')
  assert.equal(wrapped.by, arn)
  assert.deepEqual(await keys.unwrap(wrapped, 'river|data_key|wrap|1'), secret)
  await assert.rejects(keys.unwrap(wrapped, 'hill|data_key|wrap|1'), WillNotOpen)
  assert.deepEqual(
    twin.asked.map(({ target }) => target),
    ['TrentService.Encrypt', 'TrentService.Decrypt', 'TrentService.Decrypt'],
  )
})

test('KMS that refuses us, or does not answer, is a fault to mend and not a wrong key', async () => {
  await using twin = await kmsTwin()
  const stranger = awsKms({ key: arn, url: twin.url, login: { ...login, secretAccessKey: 'guessed' } })
  await assert.rejects(stranger.wrap(newKey(), 'words'), /refuses to encrypt: IncompleteSignatureException/)
  const gone = awsKms({ key: arn, url: 'http://127.0.0.1:1/', login })
  await assert.rejects(gone.wrap(newKey(), 'words'), KeysUnavailable)
})

test('a key file that is cut in two is not taken for an empty one', async () => {
  using here = folder()
  const file = join(here.path, 'keys.json')
  await localKeys(file).wrap(newKey(), 'words')
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20))
  await assert.rejects(localKeys(file).wrap(newKey(), 'words'))
})
