/**
 * Seals bytes with AES-256-GCM (NIST SP 800-38D) for one place: opened with another key, in another place, or with one bit
 * changed, it throws. Pure but for the random nonce.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

/** Thrown for anything that does not open: which of the reasons it was is nobody's business. */
export class WillNotOpen extends Error {
  override name = 'WillNotOpen'
  constructor() {
    super('the sealed content does not open here')
  }
}

/** Where a sealed value belongs. A value copied into another row, column, table or organization does not open there. */
export interface Place {
  readonly organizationId: string
  /** With its schema: privacy.amendment. */
  readonly table: string
  readonly column: string
  readonly id: string
}

/** `organization|table|column|row id`; none of them may hold the bar. */
export function wordsOf({ organizationId, table, column, id }: Place): string {
  const words = [organizationId, table, column, id]
  if (words.some((word) => word === '' || word.includes('|'))) throw new RangeError('a place has no bar in its words')
  return words.join('|')
}

export const newKey = () => randomBytes(32)

const form = 1
const [versionAt, nonceAt, tagAt, contentAt] = [1, 5, 17, 33]

/** A byte of form, four of the key's version, nonce (12), tag (16), content. The head is authenticated with the words. */
export function sealWith(key: Buffer, version: number, words: string, content: Buffer): Buffer {
  const sealed = Buffer.alloc(contentAt)
  sealed.writeUInt8(form, 0)
  sealed.writeUInt32BE(version, versionAt)
  randomBytes(12).copy(sealed, nonceAt)
  const cipher = createCipheriv('aes-256-gcm', key, sealed.subarray(nonceAt, tagAt))
  cipher.setAAD(boundTo(sealed, words))
  const hidden = Buffer.concat([cipher.update(content), cipher.final()])
  cipher.getAuthTag().copy(sealed, tagAt)
  return Buffer.concat([sealed, hidden])
}

/** The version of the key that opens it. Throws WillNotOpen. */
export function versionOf(sealed: Buffer): number {
  if (sealed.length < contentAt || sealed.readUInt8(0) !== form) throw new WillNotOpen()
  return sealed.readUInt32BE(versionAt)
}

/** Throws WillNotOpen. */
export function openWith(key: Buffer, words: string, sealed: Buffer): Buffer {
  versionOf(sealed)
  try {
    const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(nonceAt, tagAt), { authTagLength: 16 })
    opener.setAAD(boundTo(sealed, words)).setAuthTag(sealed.subarray(tagAt, contentAt))
    return Buffer.concat([opener.update(sealed.subarray(contentAt)), opener.final()])
  } catch {
    throw new WillNotOpen()
  }
}

const boundTo = (sealed: Buffer, words: string) => Buffer.concat([sealed.subarray(0, nonceAt), Buffer.from(words)])

/** The same for equal values of one column of one organization, and tells nothing of them without the key (HMAC-SHA-256). */
export const blindIndex = (key: Buffer, { organizationId, table, column }: Omit<Place, 'id'>, value: string) =>
  createHmac('sha256', key)
    .update(JSON.stringify([organizationId, table, column, value]))
    .digest()
