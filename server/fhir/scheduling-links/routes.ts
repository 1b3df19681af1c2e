/** `/scheduling-links/$bulk-publish` and its files: for everybody, without a session, and the same for all. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createGunzip } from 'node:zlib'
import { Readable } from 'node:stream'
import { Type } from 'typebox'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { endpoint, object } from '../../platform/endpoint.ts'
import { notFound, Refusal } from '../../platform/errors.ts'
import '../tables.ts'

/** Seconds; the files are made anew as often. */
export const publishedEvery = 120

const folder = '/scheduling-links'
const manifestOf = endpoint(`GET ${folder}/$bulk-publish`, 'public.read', {
  summary: 'SMART Scheduling Links: the manifest of all that can be booked by everybody.',
  reply: Type.Unknown(),
})
const fileOf = endpoint(`GET ${folder}/:file`, 'public.read', {
  summary: 'SMART Scheduling Links: a file of the manifest, NDJSON.',
  path: object({ file: Type.String({ maxLength: 40 }) }),
  reply: Type.Unknown(),
})

export function schedulingLinks(http: FastifyInstance, { db, config }: Context) {
  const at = `${config.publicUrl}${folder}`
  http.endpoints.push(manifestOf, fileOf)
  http.get(manifestOf.url, open, async (request, reply) => {
    const { time, files } = await within(db, asAnyone(request.actor), async (tx) => ({
      time: await tx
        .selectFrom('fhir.publication')
        .where('organizationId', '=', request.actor.organizationId)
        .select('transactionTime')
        .executeTakeFirst(),
      files: await tx
        .selectFrom('fhir.publishedFile')
        .where('organizationId', '=', request.actor.organizationId)
        .orderBy('name')
        .select(['name', 'resourceType', 'states'])
        .execute(),
    }))
    if (!time)
      throw new Refusal(404, 'not_published_yet', 'Openings are not published yet. Try again in a minute.', {
        retryAfter: 60,
      })
    const transactionTime = time.transactionTime.toString({ fractionalSecondDigits: 3 })
    if (isKnown(request, reply, transactionTime)) return reply
    const output = files.map(({ name, resourceType, states }) => ({
      type: resourceType,
      url: `${at}/${name}.ndjson`,
      ...(states.length > 0 && { extension: { state: states } }),
    }))
    return reply.send({ transactionTime, request: `${at}/$bulk-publish`, output, error: [] })
  })
  http.get<{ Params: { file: string } }>(fileOf.url, open, async (request, reply) => {
    const name = /^(.*)\.ndjson$/.exec(request.params.file)?.[1]
    const file = await within(db, asAnyone(request.actor), (tx) =>
      tx
        .selectFrom('fhir.publishedFile')
        .where('organizationId', '=', request.actor.organizationId)
        .where('name', '=', name ?? '')
        .select(['etag', 'content'])
        .executeTakeFirst(),
    )
    if (!file) throw notFound('file')
    if (isKnown(request, reply, file.etag)) return reply
    reply.type('application/fhir+ndjson')
    if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
      return reply.header('content-encoding', 'gzip').send(file.content)
    return reply.send(Readable.from([file.content]).pipe(createGunzip()))
  })
}

const open = { config: { permission: 'public.read', crossSite: true }, compress: false } as const

/** Whoever asks is given what everybody is: read in the role that can see nothing else. */
const asAnyone = (actor: Actor): Actor => ({
  role: 'anyone',
  organizationId: actor.organizationId,
  id: 'anyone',
  patientIds: [],
})

/** Says how long this may be kept; answers 304 to whoever has it already. */
function isKnown(request: FastifyRequest, reply: FastifyReply, version: string): boolean {
  const etag = `W/"${version}"`
  reply.headers({
    etag,
    'cache-control': `public, max-age=${publishedEvery}`,
    vary: 'accept-encoding',
    'access-control-allow-origin': '*',
  })
  const known = request.headers['if-none-match']?.split(',').some((one) => one.trim() === etag) ?? false
  if (known) void reply.code(304).send()
  return known
}
