/** Standard Webhooks 1.0: secrets and signatures. Pure but for the random bytes of a new secret. */
import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'

/** 32 random bytes, as the specification writes a secret. */
export const newSecret = () => prefix + randomBytes(32).toString('base64')

export interface Signed {
  id: string
  /** Seconds since 1970. */
  timestamp: number
  body: string
}

/** The `webhook-signature` header: one signature for each secret that is good now, with a space between. */
export function signatures(secrets: readonly string[], { id, timestamp, body }: Signed): string {
  const sign = (secret: string) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  }
  return secrets.map(sign).join(' ')
}
