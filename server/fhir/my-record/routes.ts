/** The record as a file, for the patient it is about. */
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Context } from '../../platform/context.ts'
import { endpoint, Language, object } from '../../platform/endpoint.ts'
import { downloadRecord } from './download-record.ts'

const files = [
  { name: 'record.json', form: 'fhir', type: 'application/fhir+json', summary: 'My whole record as a FHIR Bundle.' },
  { name: 'record.pdf', form: 'pdf', type: 'application/pdf', summary: 'My whole record as a PDF to read.' },
] as const

export function myRecord(http: FastifyInstance, context: Context) {
  for (const { name, form, type, summary } of files) {
    const line = endpoint(`GET /api/fhir/my-record/${name}`, 'privacy.own', {
      summary,
      query: object({ language: Type.Optional(Language) }),
      reply: Type.Unknown(),
    })
    http.endpoints.push(line)
    http.get<{ Querystring: { language?: Language } }>(
      line.url,
      { config: { permission: line.permission }, schema: { querystring: line.query } },
      async (request, reply) => {
        const file = await downloadRecord(context, request.actor, { form, language: request.query.language ?? 'en' })
        return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(file)
      },
    )
  }
}
