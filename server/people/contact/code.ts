/** One-time codes: how they are made, kept and compared, so that a copy of the database opens nothing. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { openedWith, type Keys } from '../../platform/ids.ts'
import type { Contact } from './address.ts'
import '../tables.ts'

export const codeLimits = {
  goodForMinutes: 10,
  tries: 5,
  perContact: 3,
  perContactMinutes: 15,
  perOrganizationMinute: 60,
} as const

/** Six digits that nobody can guess. */
export const newCode = () => String(randomInt(1_000_000)).padStart(6, '0')

/** What is stored to compare with: bound to its row, and worth nothing without the server's key. */
export const codeHash = (keys: Keys, id: string, code: string) => hashWith(keys.of(check), id, code)

const check = 'contact code check'
const hashWith = (key: Buffer, id: string, code: string) => createHmac('sha256', key).update(`${id} ${code}`).digest()

export function isSameCode(keys: Keys, { id, hash }: { id: string; hash: Buffer }, code: string): boolean {
  return keys.all(check).some((key) => timingSafeEqual(hash, hashWith(key, id, code)))
}

/** AES-256-GCM (NIST SP 800-38D) for the worker that sends it: 12 bytes nonce, 16 bytes tag, then the code. */
export function sealCode(keys: Keys, id: string, code: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keys.of('contact code'), nonce).setAAD(Buffer.from(id))
  const sealed = Buffer.concat([cipher.update(code, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

function unsealCode(keys: Keys, id: string, sealed: Buffer): string {
  return openedWith(keys.all('contact code'), (key) => unsealWith(key, id, sealed))
}

function unsealWith(key: Buffer, id: string, sealed: Buffer): string {
  const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 })
  opener.setAAD(Buffer.from(id)).setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([opener.update(sealed.subarray(28)), opener.final()]).toString('utf8')
}

/** A code that is still to be sent, with where to; undefined once it opens nothing any more. In the worker's role. */
export async function openContactCode({ keys, now }: Context, tx: Tx, organizationId: string, id: string) {
  const row = await tx
    .selectFrom('people.contactCode')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .where('expiresAt', '>', now())
    .where('provedAt', 'is', null)
    .select(['kind', 'value', 'language', 'sealedCode'])
    .executeTakeFirst()
  if (!row?.sealedCode) return undefined
  const to: Contact = { kind: row.kind, value: row.value }
  const language: Language = row.language === 'es' ? 'es' : 'en'
  return { to, language, code: unsealCode(keys, id, row.sealedCode) }
}
