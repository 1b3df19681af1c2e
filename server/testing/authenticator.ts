/** A passkey device in software, for tests: an ES256 key, its own CBOR, and whatever lies a test wants it to tell. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

interface Told {
  origin?: string
  rpId?: string
  /** Whether the device made sure of the person. */
  verified?: boolean
  counter?: number
  challenge?: string
}

interface CreationOptions {
  challenge: string
  rp: { id?: string }
  user: { id: string }
}

export type Authenticator = ReturnType<typeof authenticator>

const flags = { present: 0x01, verified: 0x04, credential: 0x40 }

/** One device with one passkey. `counter` 0 for ever is what synced passkeys say. */
export function authenticator({ origin = 'http://localhost:8080', counts = true } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let counter = 0
  let userHandle = ''
  let rpId = new URL(origin).hostname

  function data(told: Told, more?: Buffer) {
    if (counts) counter = told.counter ?? counter + 1
    const bits = flags.present | (told.verified === false ? 0 : flags.verified) | (more ? flags.credential : 0)
    const head = Buffer.alloc(5)
    head.writeUInt8(bits, 0)
    head.writeUInt32BE(counter, 1)
    return Buffer.concat([sha256(told.rpId ?? rpId), head, ...(more ? [more] : [])])
  }

  return {
    id: id.toString('base64url'),
    /** Answers options to make a passkey. */
    make(options: unknown, told: Told = {}) {
      const { challenge, rp, user } = options as CreationOptions
      userHandle = user.id
      rpId = rp.id ?? rpId
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const credential = Buffer.concat([Buffer.alloc(16), length, id, coseOf(publicKey)])
      const attestation = cbor(
        new Map<unknown, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', data(told, credential)],
        ]),
      )
      return {
        ...named(id),
        response: {
          clientDataJSON: clientData('webauthn.create', told.challenge ?? challenge, told.origin ?? origin),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    /** Answers options to use it. */
    use(options: unknown, told: Told = {}) {
      const { challenge } = options as { challenge: string }
      const client = clientData('webauthn.get', told.challenge ?? challenge, told.origin ?? origin)
      const authenticatorData = data(told)
      const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(client, 'base64url'))])
      return {
        ...named(id),
        response: {
          clientDataJSON: client,
          authenticatorData: authenticatorData.toString('base64url'),
          signature: sign('sha256', signed, privateKey).toString('base64url'),
          userHandle,
        },
      }
    },
  }
}

const named = (id: Buffer) => ({
  id: id.toString('base64url'),
  rawId: id.toString('base64url'),
  type: 'public-key' as const,
  clientExtensionResults: {},
})

const clientData = (type: string, challenge: string, origin: string) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url')

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest()

function coseOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return cbor(
    new Map<unknown, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  )
}

/** As much of CBOR (RFC 8949) as a passkey needs: integers, texts, bytes, maps. */
function cbor(value: unknown): Buffer {
  const head = (major: number, n: number) =>
    n < 24
      ? Buffer.from([(major << 5) | n])
      : n < 256
        ? Buffer.from([(major << 5) | 24, n])
        : Buffer.from([(major << 5) | 25, n >> 8, n & 255])
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, its]) => [cbor(key), cbor(its)])])
  throw new Error('a passkey has no such thing')
}
