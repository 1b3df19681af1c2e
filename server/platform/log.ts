/** Structured logs with no personal data: method, route pattern, status, ids and timings. Bodies and addresses never. */
import type { FastifyRequest } from 'fastify'

/** Options for Fastify's pino logger: allow-list serializers, so that a new field is not logged until it is named here. */
export function logOptions(level: string) {
  return {
    level,
    base: null,
    timestamp: () => `,"time":"${Temporal.Now.instant().toString()}"`,
    serializers: {
      req: (request: FastifyRequest) => ({ method: request.method, route: request.routeOptions?.url ?? 'unknown' }),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
      err: (error: Error & { code?: string; constraint?: string }) => ({
        type: error.name,
        code: error.code,
        constraint: error.constraint,
        // A database error's message and detail can quote a row: its code and constraint say enough.
        message: error.code === undefined ? error.message : 'see code',
        stack: frames(error.stack),
        ...(error.cause instanceof Error && { cause: frames(error.cause.stack) }),
      }),
    },
  }
}

const frames = (stack: string | undefined) =>
  (stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 12)
    .map((line) => line.trim())
    .join(' | ')
