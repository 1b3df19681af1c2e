/** What a practice copy answers over HTTP; any other has no such page. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { server } from '../../platform/serve.ts'
import { readOrganization } from '../organization.ts'
import { movePracticeClock } from './contract.ts'

export function practice(http: FastifyInstance, { practice: copy, now, db }: Context) {
  server(http)(movePracticeClock, async ({ actor, body }) => {
    if (!copy) throw notFound('page')
    const { zone } = await readOrganization(db.public, actor.organizationId)
    copy.moveTo('wall' in body ? onTheWall(body.wall, zone) : now().add({ minutes: body.minutes }))
    return { now: now().toString() }
  })
}

function onTheWall(text: string, zone: string): Temporal.Instant {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant()
  } catch {
    throw invalid('no_such_time', 'There is no such day or time.')
  }
}
