/** Calendar addresses of colleagues, for the administrator: seen and ended, never opened or made. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { clinicianName, written } from './own-feeds.ts'
import '../tables.ts'

interface Row {
  id: string
  colleague: string | null
  clinician: string
  madeAt: Temporal.Instant
}

const mostShown = 500

/** Those that are open, by name. */
export async function listColleaguesFeeds({ db }: Context, actor: Actor) {
  const { rows } = await within(db, actor, async (tx) => {
    await audit(tx, actor, { action: 'search', resourceType: 'CalendarFeed', purpose: 'OPS' })
    return sql<Row>`
      select f.id, o.name as colleague, ${clinicianName} as clinician, f.made_at from fhir.calendar_feed f
      join people.person o on o.organization_id = f.organization_id and o.id = f.person_id
      join directory.practitioner p on p.organization_id = f.organization_id and p.id = f.practitioner_id
      where f.organization_id = ${actor.organizationId} and f.ended_at is null
      order by o.name, f.id limit ${mostShown}`.execute(tx)
  })
  return rows.map(({ colleague, madeAt, ...row }) => ({
    ...row,
    colleague: colleague ?? '',
    madeAt: madeAt.toString(),
  }))
}

/** Refuses `not_found` for one that is not there or is over. */
export async function endColleaguesFeed({ db, now }: Context, actor: Actor, id: string) {
  await within(db, actor, async (tx) => {
    const ended = await tx
      .updateTable('fhir.calendarFeed')
      .set({ endedAt: now() })
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!ended) throw notFound('calendar address')
    await written(tx, actor, 'delete', id)
  })
  return { id }
}
