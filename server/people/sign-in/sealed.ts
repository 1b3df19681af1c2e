/** Secrets that must be read again, sealed with the server's key: a copy of the database alone opens none. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { openedWith, type Keys } from '../../platform/ids.ts'

const use = 'sign-in secrets'
const nonceBytes = 12
const tagBytes = 16

/** AES-256-GCM (NIST SP 800-38D) bound to `place` (table, organization, row): nonce, tag, then the secret. */
export function seal(keys: Keys, place: string, secret: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keys.of(use), nonce).setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** Throws when it was sealed elsewhere, for another place, or changed. */
export function unseal(keys: Keys, place: string, sealed: Buffer): Buffer {
  return openedWith(keys.all(use), (key) => unsealWith(key, place, sealed))
}

/** Whether the newest key does not open it, but one before does. */
export function isSealedBefore(keys: Keys, place: string, sealed: Buffer): boolean {
  try {
    unsealWith(keys.of(use), place, sealed)
    return false
  } catch {
    return keys.all(use).length > 1
  }
}

function unsealWith(key: Buffer, place: string, sealed: Buffer): Buffer {
  const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes })
  opener.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([opener.update(sealed.subarray(nonceBytes + tagBytes)), opener.final()])
}
