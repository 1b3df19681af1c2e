/** Clients at the HTTP door: kept connections, one request at a time on each, and as little work of our own as can be. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface Reply {
  status: number
  body: string
}

export interface Request {
  method: 'GET' | 'POST'
  url: string
  headers?: Readonly<Record<string, string>>
  body?: string
}

/** One kept connection. */
class Connection {
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #waiting: { give: (reply: Reply) => void; fail: (error: Error) => void } | undefined

  constructor(socket: Socket) {
    this.#socket = socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', (error) => this.#waiting?.fail(error))
    socket.on('close', () => this.#waiting?.fail(new Error('the server closed the connection')))
  }

  ask({ method, url, headers = {}, body = '' }: Request): Promise<Reply> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const about = body === '' ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
    return new Promise((give, fail) => {
      this.#waiting = { give, fail }
      this.#socket.write(`${method} ${url} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}${about}\r\n${body}`)
    })
  }

  #take(chunk: Buffer) {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const end = this.#received.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#received.toString('latin1', 0, end)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1])
    if (Number.isNaN(length)) return this.#waiting?.fail(new Error(`a reply without a length: ${head}`))
    if (this.#received.length < end + 4 + length) return
    const body = this.#received.toString('utf8', end + 4, end + 4 + length)
    this.#received = this.#received.subarray(end + 4 + length)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.give({ status: Number(head.slice(9, 12)), body })
  }

  close() {
    this.#waiting = undefined
    this.#socket.destroy()
  }
}

export type Door = Awaited<ReturnType<typeof openDoor>>

/** Opens this many clients on a port of this machine. */
export async function openDoor(port: number, clients: number) {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const socket = connect({ host: '127.0.0.1', port })
      await once(socket, 'connect')
      return new Connection(socket)
    }),
  )
  return {
    /** Each client's way to ask. */
    askers: connections.map((one) => (request: Request) => one.ask(request)),
    [Symbol.dispose]() {
      for (const one of connections) one.close()
    },
  }
}

export interface Run {
  /** Milliseconds each operation took, in the order in which they ended. */
  times: number[]
  seconds: number
  perSecond: number
}

/**
 * Every worker does one operation after another until the time is over, or until its operation gives false (there is
 * no more to do, not counted). Closed loop: a slow reply slows its own client down, as said beside the figures.
 */
export async function keepBusy<W>(
  workers: readonly W[],
  seconds: number,
  operate: (worker: W, index: number) => Promise<boolean | void>,
): Promise<Run> {
  const times: number[] = []
  const began = performance.now()
  const until = began + seconds * 1000
  await Promise.all(
    workers.map(async (worker, index) => {
      for (let at = performance.now(); at < until;) {
        if ((await operate(worker, index)) === false) return
        const done = performance.now()
        times.push(done - at)
        at = done
      }
    }),
  )
  const took = (performance.now() - began) / 1000
  return { times, seconds: took, perSecond: times.length / took }
}
