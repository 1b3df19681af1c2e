/** What calendar feeds answer over HTTP; the feed itself is open to whoever holds its address. */
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Context } from '../../platform/context.ts'
import { endpoint, object } from '../../platform/endpoint.ts'
import { sha256 } from '../../platform/ids.ts'
import { server } from '../../platform/serve.ts'
import * as contract from './contract.ts'
import { endColleaguesFeed, listColleaguesFeeds } from './colleagues-feeds.ts'
import { endFeed, listFeeds, makeFeed, renewFeed } from './own-feeds.ts'
import { readFeed } from './read-feed.ts'

const feedOf = endpoint('GET /calendar/:file', 'calendar-feed.read', {
  summary: 'A clinician’s visits as a calendar, for whoever holds the secret address. It names no patient.',
  path: object({ file: Type.String({ maxLength: 80 }) }),
  reply: Type.Unknown(),
})

export function calendarFeeds(http: FastifyInstance, context: Context) {
  const serve = server(http)
  serve(contract.listFeeds, ({ actor }) => listFeeds(context, actor))
  serve(contract.makeFeed, ({ actor, body }) => makeFeed(context, actor, body))
  serve(contract.renewFeed, ({ actor, path }) => renewFeed(context, actor, path.id))
  serve(contract.endFeed, ({ actor, path }) => endFeed(context, actor, path.id))
  serve(contract.listColleaguesFeeds, async ({ actor }) => ({ feeds: await listColleaguesFeeds(context, actor) }))
  serve(contract.endColleaguesFeed, ({ actor, path }) => endColleaguesFeed(context, actor, path.id))
  http.endpoints.push(feedOf)
  const { permission } = feedOf
  http.get<{ Params: { file: string } }>(feedOf.url, { config: { permission } }, async (request, reply) => {
    const token = request.params.file.replace(/\.ics$/, '')
    const content = await readFeed(context, request.actor.organizationId, token)
    const etag = `W/"${sha256(content).toString('base64url').slice(0, 22)}"`
    reply.headers({ etag, 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' })
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.type('text/calendar; charset=utf-8').send(content)
  })
}
