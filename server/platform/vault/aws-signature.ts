/** Signs a request as AWS asks for it: Signature Version 4, one body in one piece. */
import { createHash, createHmac } from 'node:crypto'

export interface AwsLogin {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

interface Asked {
  readonly url: URL
  readonly region: string
  readonly service: string
  /** Lower-case names; `host` and the date are added. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const mac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest()

/** The headers of a signed POST. `now` must be within five minutes of their clock. */
export function signed(
  { url, region, service, headers, body }: Asked,
  login: AwsLogin,
  now: Temporal.Instant,
): Record<string, string> {
  const stamp = now.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
  const day = stamp.slice(0, 8)
  const all: Record<string, string> = { ...headers, host: url.host, 'x-amz-date': stamp }
  if (login.sessionToken) all['x-amz-security-token'] = login.sessionToken
  const names = Object.keys(all).sort()
  const signedHeaders = names.join(';')
  const lines = names.map((name) => `${name}:${(all[name] ?? '').trim().replaceAll(/ +/g, ' ')}\n`).join('')
  const request = ['POST', url.pathname, url.search.slice(1), lines, signedHeaders, hash(body)].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, hash(request)].join('\n')
  const key = mac(mac(mac(mac(`AWS4${login.secretAccessKey}`, day), region), service), 'aws4_request')
  const signature = mac(key, toSign).toString('hex')
  const authorization = `AWS4-HMAC-SHA256 Credential=${login.accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`
  return { ...all, authorization }
}
