/** Server-sent events: a page keeps one request open and is told when to look again. */
import type { FastifyReply, FastifyRequest } from 'fastify'

const beatSeconds = 20

/** Keeps the reply open; `subscribe` gets a function that sends one named event without data, and returns how to stop. */
export function keepTold(
  request: FastifyRequest,
  reply: FastifyReply,
  subscribe: (tell: (event: string) => void) => () => void,
) {
  reply.hijack()
  const { raw } = reply
  const headers = Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))
  raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
  const tell = (event: string) => raw.write(`event: ${event}\ndata: \n\n`)
  tell('hello')
  const unsubscribe = subscribe(tell)
  const beat = setInterval(() => raw.write(': still here\n\n'), beatSeconds * 1000)
  request.raw.on('close', () => {
    clearInterval(beat)
    unsubscribe()
    raw.end()
  })
}
