/** Content of codes, tokens and keys, sealed with the server's key: a copy of the database alone opens nothing. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { openedWith, type Keys } from '../../platform/ids.ts'

const use = 'fhir smart rows'

/** AES-256-GCM (NIST SP 800-38D), bound to the row it belongs to: nonce, tag, content. */
export function seal(keys: Keys, place: string, content: unknown): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keys.of(use), nonce).setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** Throws when it was sealed for another row, or changed. */
export function unseal(keys: Keys, place: string, sealed: Buffer): Record<string, unknown> {
  return openedWith(keys.all(use), (key) => unsealWith(key, place, sealed))
}

function unsealWith(key: Buffer, place: string, sealed: Buffer): Record<string, unknown> {
  const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 })
  opener.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(12, 28))
  return JSON.parse(Buffer.concat([opener.update(sealed.subarray(28)), opener.final()]).toString())
}

/** Names a row of the provider for its seal. */
export const placeOf = (organizationId: string, model: string, idHash: Buffer) =>
  `fhir.provider_row ${organizationId} ${model} ${idHash.toString('hex')}`
