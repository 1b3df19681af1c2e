/** JSON in FHIR's own media type, forms for `_search`, and a clear word to whoever wants XML. */
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../../platform/errors.ts'

export function speakFhir(door: FastifyInstance) {
  door.addContentTypeParser('application/fhir+json', { parseAs: 'string' }, door.getDefaultJsonParser('error', 'error'))
  door.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    const fields = new Map<string, string[]>()
    for (const [name, value] of new URLSearchParams(String(body)))
      fields.set(name, [...(fields.get(name) ?? []), value])
    done(null, Object.fromEntries(fields))
  })
  door.addHook('preHandler', async (request) => {
    const accepted = request.headers.accept
    if (accepted === undefined || /json|\*\/\*|application\/\*/.test(accepted)) return
    throw new Refusal(406, 'not_supported', 'This server speaks JSON: ask for application/fhir+json.')
  })
}
