/** Asks the API what a contract describes: typed by it, one kind of refusal, never silent when the network is gone. */
import { queryOptions } from '@tanstack/react-query'
import type { Asked, Endpoint, Reply } from '../../server/platform/endpoint.ts'
import { isAttended } from './activity.ts'

/** The API said no, in words fit for a patient, or could not be reached (`offline`). */
export class Refused extends Error {
  override name = 'Refused'
  readonly status: number
  readonly code: string
  readonly extra: Readonly<Record<string, unknown>>
  constructor(status: number, code: string, detail: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(detail)
    this.status = status
    this.code = code
    this.extra = extra
  }
  get detail(): string {
    return this.message
  }
}

export interface CallOptions {
  /** Names one attempt of the person: the same key again answers what the first one did. */
  idempotencyKey?: string
  signal?: AbortSignal
  /** A visit link's token. */
  token?: string
}

const patience = 20_000
let clockAhead = 0

/** Milliseconds since 1970 by the clinic's clock, as the last reply told it: a visitor's own clock may be wrong. */
export function clinicNow(): number {
  return Date.now() + clockAhead
}

/** Asks for something a contract describes. Throws `Refused`; rethrows an abort of the caller's own signal. */
export async function call<E extends Endpoint>(
  endpoint: E,
  asked: Partial<Asked<E>> = {},
  options: CallOptions = {},
): Promise<Reply<E>> {
  const reply = await reach(addressOf(endpoint, asked), requestOf(endpoint, asked, options), options.signal)
  setClock(reply)
  const told: unknown = await reply.json().catch(() => ({}))
  if (!reply.ok) throw refusalFrom(reply.status, told)
  return told as Reply<E>
}

/** The same question for TanStack Query: one key for one question, whoever asks. */
export function asking<E extends Endpoint>(endpoint: E, asked: Partial<Asked<E>> = {}, token?: string) {
  return queryOptions<Reply<E>>({
    queryKey: [endpoint.url, asked, token ?? null],
    queryFn: ({ signal }) => call(endpoint, asked, token === undefined ? { signal } : { signal, token }),
  })
}

/** Fills `:names` of the url and adds the query; fields left undefined or empty are not sent. */
export function addressOf(endpoint: Pick<Endpoint, 'url'>, asked: { path?: unknown; query?: unknown }): string {
  const path = (asked.path ?? {}) as Record<string, unknown>
  const url = endpoint.url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(path[name])))
  const given = Object.entries((asked.query ?? {}) as Record<string, unknown>)
  const query = new URLSearchParams(
    given.filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => [name, String(value)]),
  )
  return query.size ? `${url}?${query}` : url
}

function requestOf(endpoint: Endpoint, asked: { body?: unknown }, { idempotencyKey, token }: CallOptions): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (asked.body !== undefined) headers['content-type'] = 'application/json'
  if (idempotencyKey) headers['idempotency-key'] = idempotencyKey
  if (!isAttended()) headers['x-attend-unattended'] = '1'
  if (token) headers['authorization'] = `Visit ${token}`
  return {
    method: endpoint.method,
    headers,
    credentials: 'same-origin',
    ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
  }
}

async function reach(url: string, request: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
  const timeout = AbortSignal.timeout(patience)
  try {
    return await fetch(url, { ...request, signal: signal ? AbortSignal.any([signal, timeout]) : timeout })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Refused(0, 'offline', 'We could not reach the clinic. Check your connection and try again.')
  }
}

function refusalFrom(status: number, told: unknown): Refused {
  const problem = (typeof told === 'object' && told !== null ? told : {}) as Record<string, unknown>
  const { code, detail, type: _type, title: _title, status: _status, ...extra } = problem
  const said = typeof detail === 'string' ? detail : 'Something went wrong on our side. Try again, or call us.'
  return new Refused(status, typeof code === 'string' ? code : 'internal', said, extra)
}

function setClock(reply: Response): void {
  const told = Date.parse(reply.headers.get('date') ?? '')
  // The header counts whole seconds: a smaller difference says nothing.
  if (Number.isFinite(told)) clockAhead = Math.abs(told - Date.now()) > 2_000 ? told - Date.now() : 0
}
