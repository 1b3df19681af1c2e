/** Sends one signed message: to a checked address, within ten seconds, following nothing, reading next to nothing. */
import { request as askHttp } from 'node:http'
import { request as askHttps } from 'node:https'
import { addressOf, NotPublic, resolveByDns, type Address, type Resolve } from './address.ts'

const patience = 10_000
/** Of an answer: no more is read, and none of it is kept. */
const mostRead = 4096

export interface Message {
  url: URL
  headers: Readonly<Record<string, string>>
  body: string
  production: boolean
}

/** Undefined when it arrived (2xx); else why not, in a word of ours: `status 500`, `timeout`, `no answer`, `address not allowed`. */
export async function post(message: Message, resolve: Resolve = resolveByDns): Promise<string | undefined> {
  const signal = AbortSignal.timeout(patience)
  try {
    const to = await within(signal, addressOf(message.url, message.production, resolve))
    const status = await statusOf(message, to, signal)
    return status >= 200 && status < 300 ? undefined : `status ${status}`
  } catch (error) {
    if (error instanceof NotPublic) return 'address not allowed'
    return signal.aborted ? 'timeout' : 'no answer'
  }
}

/** A name that is looked up forever ends with the rest. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('too slow')), { once: true })
    }),
  ])
}

function statusOf({ url, headers, body }: Message, to: Address, signal: AbortSignal): Promise<number> {
  const ask = url.protocol === 'https:' ? askHttps : askHttp
  return new Promise((resolve, reject) => {
    const request = ask(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        signal,
        // A connection of its own: none is shared, none is kept.
        agent: false,
        // The name is not looked up again: it is the checked address that we connect to.
        lookup: (_name, options, found) => (options.all ? found(null, [to]) : found(null, to.address, to.family)),
      },
      (response) => {
        let read = 0
        const done = () => {
          request.destroy()
          resolve(response.statusCode ?? 0)
        }
        response.on('data', (chunk: Buffer) => {
          read += chunk.length
          if (read >= mostRead) done()
        })
        response.on('end', done)
        response.on('error', reject)
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}
