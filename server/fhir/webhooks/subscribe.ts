/** Who is told of visits: made, given a new secret, ended. By an administrator, each time in the trail. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { isId, newId } from '../../platform/ids.ts'
import { sealOwn } from '../../platform/vault/index.ts'
import { readUrl } from './address.ts'
import { newSecret } from './signature.ts'
import '../tables.ts'

/** How long the old secret still signs. */
const overlapHours = 24

export interface NewWebhook {
  name: string
  url: string
  events: readonly string[]
}

export const secretPlace = (organizationId: string, id: string) => ({
  organizationId,
  table: 'fhir.webhook',
  column: 'secret',
  id,
})

/** Gives the secret, here and never again. Refuses `bad_url`. */
export async function createWebhook(context: Context, actor: Actor, { name, url, events }: NewWebhook) {
  const { organizationId } = actor
  const address = readUrl(url, context.config.production).href
  const [id, secret] = [newId(), newSecret()]
  await within(context.db, actor, async (tx) => {
    await tx
      .insertInto('fhir.webhook')
      .values({
        organizationId,
        id,
        name,
        url: address,
        events: [...events],
        secret: await sealOwn(context, tx, secretPlace(organizationId, id), secret),
        madeAt: context.now(),
        madeBy: actor.id,
      })
      .execute()
    await written(tx, actor, 'create', id)
  })
  return { id, secret }
}

/** A new secret; the old one signs beside it for a day. Refuses one that ended as not found. */
export async function rotateWebhook(context: Context, actor: Actor, id: string) {
  const { organizationId } = actor
  if (!isId(id)) throw notFound('webhook')
  const secret = newSecret()
  await within(context.db, actor, async (tx) => {
    const sealed = await sealOwn(context, tx, secretPlace(organizationId, id), secret)
    const changed = await tx
      .updateTable('fhir.webhook')
      .set((of) => ({
        previousSecret: of.ref('secret'),
        previousUntil: context.now().add({ hours: overlapHours }),
        secret: sealed,
      }))
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .returning('id')
      .execute()
    if (changed.length === 0) throw notFound('webhook')
    await written(tx, actor, 'update', id)
  })
  return { id, secret }
}

/** Ended before or not: it is over. What was still waiting is not sent. */
export async function endWebhook({ db, now }: Context, actor: Actor, id: string) {
  if (!isId(id)) throw notFound('webhook')
  await within(db, actor, async (tx) => {
    if (!(await endIn(tx, actor, { id, at: now(), cause: 'asked' }))) throw notFound('webhook')
  })
  return { id }
}

interface End {
  id: string
  at: Temporal.Instant
  cause: 'asked' | 'failing'
}

/** In a transaction under way; false when there is none. */
export async function endIn(tx: Tx, actor: Actor, { id, at, cause }: End): Promise<boolean> {
  const { organizationId } = actor
  const [found] = await tx
    .selectFrom('fhir.webhook')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .select('endedAt')
    .forUpdate()
    .execute()
  if (!found) return false
  if (found.endedAt) return true
  await tx
    .updateTable('fhir.webhook')
    .set({ endedAt: at, endedBy: actor.id, endCause: cause })
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .execute()
  await tx
    .updateTable('fhir.webhookDelivery')
    .set({ state: 'given_up' })
    .where('organizationId', '=', organizationId)
    .where('webhookId', '=', id)
    .where('state', '=', 'waiting')
    .execute()
  await written(tx, actor, 'delete', id)
  return true
}

const written = (tx: Tx, actor: Actor, action: 'create' | 'update' | 'delete', id: string) =>
  audit(tx, actor, { action, resourceType: 'Webhook', resourceId: id, purpose: 'OPS' })
