/** Sends the messages of some days again, after a receiver lost them or was away: under the ids that they had. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { conflict, invalid, notFound } from '../../platform/errors.ts'
import { readOrganization } from '../../people/index.ts'
import '../tables.ts'

const mostAtOnce = 5000

interface Asked {
  from: string
  until: string
  onlyUndelivered: boolean
}

/** Days of the clinic, both whole. Refuses `days_reversed`, `webhook_ended`, and one that is not there. */
export async function replayWebhook({ db, now }: Context, actor: Actor, id: string, asked: Asked) {
  const { organizationId } = actor
  const [from, until] = [Temporal.PlainDate.from(asked.from), Temporal.PlainDate.from(asked.until)]
  if (Temporal.PlainDate.compare(from, until) > 0)
    throw invalid('days_reversed', 'The last day is before the first one.')
  return within(db, actor, async (tx) => {
    const { zone } = await readOrganization(tx, organizationId)
    const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant()
    const hook = await tx
      .selectFrom('fhir.webhook')
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .select('endedAt')
      .executeTakeFirst()
    if (!hook) throw notFound('webhook')
    if (hook.endedAt)
      throw conflict('webhook_ended', 'That system is told nothing any more. Make a new webhook for it.')
    const due = await tx
      .selectFrom('fhir.webhookDelivery')
      .where('organizationId', '=', organizationId)
      .where('webhookId', '=', id)
      .where('happenedAt', '>=', startOf(from))
      .where('happenedAt', '<', startOf(until.add({ days: 1 })))
      // Already on its way: nothing to send again, only sooner.
      .where('state', 'in', asked.onlyUndelivered ? ['waiting', 'given_up'] : ['waiting', 'given_up', 'delivered'])
      .where((row) => row.or([row('state', '!=', 'waiting'), row('nextTryAt', '>', now())]))
      .select('id')
      .orderBy('id')
      .limit(mostAtOnce + 1)
      .execute()
    const ids = due.slice(0, mostAtOnce).map((one) => one.id)
    if (ids.length > 0)
      await tx
        .updateTable('fhir.webhookDelivery')
        .set({ state: 'waiting', nextTryAt: now() })
        .where('organizationId', '=', organizationId)
        .where('webhookId', '=', id)
        .where('id', 'in', ids)
        .execute()
    await audit(tx, actor, { action: 'execute', resourceType: 'Webhook', resourceId: id, purpose: 'OPS' })
    return { sent: ids.length, more: due.length > mostAtOnce }
  })
}
