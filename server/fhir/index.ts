/** The FHIR R4 door: a view of the slices. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../platform/context.ts'

export async function fhir(http: FastifyInstance, context: Context) {
  void http
  void context
}
