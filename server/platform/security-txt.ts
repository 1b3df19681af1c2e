/** `/.well-known/security.txt` (RFC 9116): whom to tell of a weakness. Whoever finds one must not have to search. */
import type { FastifyInstance } from 'fastify'
import type { Context } from './context.ts'

/** RFC 9116 §2.5.5 asks for less than a year. */
const goodForDays = 180

/** Without ATTEND_SECURITY_CONTACT there is nobody to name, and the page is not there. */
export function securityTxt(http: FastifyInstance, { config, now }: Context) {
  const contact = config.securityContact
  if (contact === undefined) return
  http.get('/.well-known/security.txt', { config: { permission: 'public.read' } }, async (_request, reply) => {
    const expires = now()
      .add({ hours: 24 * goodForDays })
      .round('second')
    return reply
      .type('text/plain; charset=utf-8')
      .send(
        [
          `Contact: ${contact}`,
          `Expires: ${expires.toString()}`,
          'Preferred-Languages: en, es',
          `Canonical: ${config.publicUrl}/.well-known/security.txt`,
          '',
        ].join('\n'),
      )
  })
}
