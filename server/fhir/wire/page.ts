/** Links to next pages: the search itself and where its page ended, sealed, so that an address never names a person. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { openedWith } from '../../platform/ids.ts'
import { badRequest } from './outcome.ts'

/** Where a page ended. */
export interface After {
  order: string
  id: string
}

export interface Page {
  again: Record<string, string[]>
  after: After
}

/** The door's own, the newest first. */
export type PageKeys = readonly [Buffer, ...Buffer[]]

/** AES-256-GCM under the door's newest key, fit for a URL. */
export function sealPage([key]: PageKeys, page: Page): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(page)), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** What `sealPage` sealed; refuses `bad_value` for anything else. */
export function openPage(keys: PageKeys, text: string): Page {
  try {
    const bytes = Buffer.from(text, 'base64url')
    return openedWith(keys, (key) => {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
      decipher.setAuthTag(bytes.subarray(12, 28))
      return JSON.parse(decipher.update(bytes.subarray(28)).toString() + decipher.final().toString()) as Page
    })
  } catch {
    throw badRequest('bad_value', '_page is not from a next link of ours. Search again.')
  }
}
