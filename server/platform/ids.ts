/** Ids, secrets and signatures. */
import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * A time-ordered id (UUID version 7, RFC 9562 §6.2, method 1), for rows whose id must be known before they are written.
 * The ids of one process are in the order in which they were made, also within a millisecond.
 */
export function newId(): string {
  const bytes = randomBytes(16)
  const now = Temporal.Now.instant().epochMilliseconds
  if (now > made.at) made = { at: now, sequence: bytes.readUInt16BE(6) & 0x7ff }
  else if (made.sequence < 0xfff) made.sequence++
  else made = { at: made.at + 1, sequence: 0 }
  bytes.writeUIntBE(made.at, 0, 6)
  bytes.writeUInt16BE(made.sequence, 6)
  return shape(bytes, 0x70)
}

/** When the last id was made, and its number within that millisecond. */
let made = { at: 0, sequence: 0 }

/** The same id for the same words, always (UUID version 8 over SHA-256): what an import made once, it finds again. */
export function idOf(...words: readonly string[]): string {
  return shape(sha256(JSON.stringify(words)).subarray(0, 16), 0x80)
}

function shape(bytes: Buffer, version: number): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | version, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export const isId = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)

export const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest()

/** A bearer secret of 256 bits with a prefix that says what it opens; only `sha256` of it is ever stored. */
export const newToken = (prefix: string) => `${prefix}_${randomBytes(32).toString('base64url')}`

/** Keys made from the server's one secret, a name a use, so that one use can never stand in for another. */
export interface Keys {
  /** What is made from now on is made with this one. */
  of(use: string): Buffer
  /** All that may have made what comes back to us, the newest first. */
  all(use: string): readonly [Buffer, ...Buffer[]]
}

/** `before`: secrets that were replaced, and still open what was made with them. */
export function keysFrom(secret: string, before: readonly string[] = []): Keys {
  const made = new Map<string, readonly [Buffer, ...Buffer[]]>()
  const derived = (from: string, use: string) => Buffer.from(hkdfSync('sha256', from, 'attend', use, 32))
  const all = (use: string) => {
    let keys = made.get(use)
    if (!keys) made.set(use, (keys = [derived(secret, use), ...before.map((one) => derived(one, use))]))
    return keys
  }
  return { of: (use) => all(use)[0], all }
}

/** What the first of these keys opens that does not throw; when none does, throws as the newest did. */
export function openedWith<T>([newest, ...before]: readonly [Buffer, ...Buffer[]], open: (key: Buffer) => T): T {
  try {
    return open(newest)
  } catch (error) {
    for (const key of before)
      try {
        return open(key)
      } catch {
        // An older one may.
      }
    throw error
  }
}

/** Signs a short text: `text.signature`, both safe in a URL. */
export function sign(key: Buffer, text: string): string {
  const body = Buffer.from(text).toString('base64url')
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`
}

/** The text that was signed with one of these keys, or undefined for anything else. */
export function verified(keys: readonly Buffer[], signed: string): string | undefined {
  const [body, signature, more] = signed.split('.')
  if (!body || !signature || more !== undefined) return undefined
  const given = Buffer.from(signature, 'base64url')
  const isOfKey = (key: Buffer) => {
    const expected = createHmac('sha256', key).update(body).digest()
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
  return keys.some(isOfKey) ? Buffer.from(body, 'base64url').toString() : undefined
}
