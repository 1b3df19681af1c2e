/** Lets apps that run in a browser, on their own site, use this door (SMART App Launch 2.2, CORS): by token, never by cookie. */
import type { FastifyInstance } from 'fastify'

export function answerOtherSites(door: FastifyInstance) {
  door.addHook('onRequest', async (_request, reply) => {
    // Without allow-credentials a browser sends no cookie along, and none would open anything here.
    reply.header('access-control-allow-origin', '*')
    reply.header('access-control-expose-headers', 'etag, retry-after, www-authenticate, x-request-id')
  })
  door.route({
    method: 'OPTIONS',
    url: '/*',
    config: { permission: 'fhir.describe', crossSite: true },
    handler: (_request, reply) =>
      reply
        .header('access-control-allow-methods', 'GET, POST')
        .header('access-control-allow-headers', 'authorization, content-type, accept, if-match, idempotency-key')
        .header('access-control-max-age', '600')
        .code(204)
        .send(),
  })
}
