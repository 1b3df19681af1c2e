/** Secrets that must be read again, sealed with the server's key: a copy of the database alone opens none. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Keys } from '../../platform/ids.ts'

const nonceBytes = 12
const tagBytes = 16

/** AES-256-GCM (NIST SP 800-38D) bound to `place` (table, organization, row): nonce, tag, then the secret. */
export function seal(keys: Keys, place: string, secret: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keys.of('sign-in secrets'), nonce).setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** Throws when it was sealed elsewhere, for another place, or changed. */
export function unseal(keys: Keys, place: string, sealed: Buffer): Buffer {
  const opener = createDecipheriv('aes-256-gcm', keys.of('sign-in secrets'), sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  opener.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([opener.update(sealed.subarray(nonceBytes + tagBytes)), opener.final()])
}
