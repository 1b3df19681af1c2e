/** What an administrator sees of webhooks and their messages, and sends again. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { conflict, notFound } from '../../platform/errors.ts'
import '../tables.ts'

/** Those that are told first, then those that ended. */
export async function listWebhooks({ db }: Context, actor: Actor) {
  const rows = await within(db, actor, (tx) =>
    tx
      .selectFrom('fhir.webhook')
      .where('organizationId', '=', actor.organizationId)
      .select(['id', 'name', 'url', 'events', 'madeAt', 'failingSince', 'endedAt', 'endCause'])
      .orderBy('endedAt', (order) => order.desc().nullsFirst())
      .orderBy('id')
      .limit(200)
      .execute(),
  )
  return rows.map(({ madeAt, failingSince, endedAt, ...row }) => ({
    ...row,
    madeAt: madeAt.toString(),
    failingSince: failingSince?.toString() ?? null,
    endedAt: endedAt?.toString() ?? null,
  }))
}

/** The newest 200 of one webhook. */
export async function listDeliveries({ db }: Context, actor: Actor, webhookId: string) {
  const rows = await within(db, actor, async (tx) => {
    const hook = await tx
      .selectFrom('fhir.webhook')
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', webhookId)
      .select('id')
      .executeTakeFirst()
    if (!hook) throw notFound('webhook')
    return tx
      .selectFrom('fhir.webhookDelivery')
      .where('organizationId', '=', actor.organizationId)
      .where('webhookId', '=', webhookId)
      .select([
        'id',
        'event',
        'appointmentId',
        'version',
        'happenedAt',
        'state',
        'tries',
        'triedAt',
        'nextTryAt',
        'cause',
      ])
      .orderBy('id', 'desc')
      .limit(200)
      .execute()
  })
  return rows.map(({ happenedAt, triedAt, nextTryAt, ...row }) => ({
    ...row,
    happenedAt: happenedAt.toString(),
    triedAt: triedAt?.toString() ?? null,
    nextTryAt: row.state === 'waiting' ? nextTryAt.toString() : null,
  }))
}

/** Due at once, under the id that it had: the receiver knows it by that. Refuses `webhook_ended`. */
export async function sendAgain({ db, now }: Context, actor: Actor, id: string) {
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    const found = await tx
      .selectFrom('fhir.webhookDelivery as d')
      .innerJoin('fhir.webhook as w', (join) =>
        join.onRef('w.organizationId', '=', 'd.organizationId').onRef('w.id', '=', 'd.webhookId'),
      )
      .where('d.organizationId', '=', organizationId)
      .where('d.id', '=', id)
      .select('w.endedAt')
      .executeTakeFirst()
    if (!found) throw notFound('message')
    if (found.endedAt)
      throw conflict('webhook_ended', 'That system is told nothing any more. Make a new webhook for it.')
    await tx
      .updateTable('fhir.webhookDelivery')
      .set({ state: 'waiting', nextTryAt: now() })
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .execute()
    await audit(tx, actor, { action: 'execute', resourceType: 'WebhookDelivery', resourceId: id, purpose: 'OPS' })
    return { id }
  })
}
