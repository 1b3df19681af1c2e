/** Key-encryption keys in AWS KMS: they never leave it, and it writes down each use. Spoken to over plain HTTPS. */
import { signed, type AwsLogin } from './aws-signature.ts'
import { KeysUnavailable, type KeyProvider } from './key-provider.ts'
import { WillNotOpen } from './sealing.ts'

export interface KmsSettings {
  /** The ARN of a key or alias: arn:aws:kms:us-east-1:111122223333:key/… */
  readonly key: string
  /** Another address than the region's own: a VPC endpoint, or a twin in tests. */
  readonly url?: string | undefined
  readonly login: AwsLogin
  /** The longest wait for an answer, in milliseconds. */
  readonly patienceMs?: number
}

/** KMS rotates the material behind a key by itself and still opens what older material wrapped, so `rotate` has nothing to do. */
export function awsKms({ key, url, login, patienceMs = 5000 }: KmsSettings): KeyProvider {
  const region = key.split(':')[3] ?? ''
  const address = new URL(url ?? `https://kms.${region}.amazonaws.com/`)

  async function ask(action: 'Encrypt' | 'Decrypt', content: object): Promise<Record<string, string>> {
    const body = JSON.stringify({ KeyId: key, ...content })
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${action}` }
    const asked = signed({ url: address, region, service: 'kms', headers, body }, login, Temporal.Now.instant())
    const { host: _host, ...sent } = asked
    const reply = await fetch(address, {
      method: 'POST',
      headers: sent,
      body,
      signal: AbortSignal.timeout(patienceMs),
    }).catch(() => undefined)
    if (!reply) throw new KeysUnavailable('AWS KMS does not answer.')
    const said = (await reply.json().catch(() => ({}))) as Record<string, string>
    if (reply.ok) return said
    const fault =
      String(said['__type'] ?? reply.status)
        .split('#')
        .at(-1) ?? ''
    if (fault === 'InvalidCiphertextException' || fault === 'IncorrectKeyException') throw new WillNotOpen()
    throw new KeysUnavailable(`AWS KMS refuses to ${action.toLowerCase()}: ${fault}.`)
  }

  return {
    async wrap(plain, words) {
      const { CiphertextBlob = '' } = await ask('Encrypt', {
        Plaintext: plain.toString('base64'),
        EncryptionContext: { attend: words },
      })
      return { bytes: Buffer.from(CiphertextBlob, 'base64'), by: key }
    },
    async unwrap({ bytes, by }, words) {
      const { Plaintext = '' } = await ask('Decrypt', {
        KeyId: by,
        CiphertextBlob: bytes.toString('base64'),
        EncryptionContext: { attend: words },
      })
      return Buffer.from(Plaintext, 'base64')
    },
    rotate: async () => undefined,
    isOld: async (by) => by !== key,
  }
}
