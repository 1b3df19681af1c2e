/** Tells of each fact at least once, in order for each visit, again and again for days; a slow receiver keeps nobody waiting. */
import { sql } from 'kysely'
import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import type { Fact } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { openOwn } from '../../platform/vault/index.ts'
import { listOrganizations } from '../../people/index.ts'
import { webhookEvents } from './contract.ts'
import { post } from './post.ts'
import { signatures } from './signature.ts'
import { endIn, secretPlace } from './subscribe.ts'
import '../tables.ts'

/** Seconds from one try to the next; the last again and again. */
const waits = [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 21_600]
const patienceHours = 5 * 24
/** At once to one receiver. */
const abreast = 5
/** A process that was killed while it sent gives the message back after so long. */
const leaseSeconds = 60

/** Writes down who is to be told of a fact; told again, it writes nothing. */
export async function noteFact({ db, now }: Context, fact: Fact) {
  if (!isOfVisit(fact)) return
  const { organizationId, appointmentId, version, event } = fact
  const at = now()
  await within(db, system(organizationId, 'webhooks'), async (tx) => {
    const told = await tx
      .selectFrom('fhir.webhook')
      .where('organizationId', '=', organizationId)
      .where('endedAt', 'is', null)
      .where(sql<boolean>`${event} = any (events)`)
      .select('id')
      .execute()
    if (told.length === 0) return
    const row = {
      organizationId,
      event,
      appointmentId,
      version,
      happenedAt: at,
      nextTryAt: at,
      state: 'waiting',
    } as const
    await tx
      .insertInto('fhir.webhookDelivery')
      .values(told.map(({ id }) => ({ ...row, id: newId(), webhookId: id })))
      .onConflict((before) => before.constraint('told_once').doNothing())
      .execute()
  })
}

type VisitFact = Extract<Fact, { event: (typeof webhookEvents)[number] }>
const isOfVisit = (fact: Fact): fact is VisitFact => (webhookEvents as readonly string[]).includes(fact.event)

/** Receivers that are being told now, so that none is told twice at once by this process. */
const underWay = new WeakMap<Context, Map<string, Promise<void>>>()

/** Sends what is due. Waits for all of it, but no longer than a second for a slow receiver: that one goes on by itself. */
export async function sendDue(context: Context) {
  const busy = underWay.get(context) ?? new Map<string, Promise<void>>()
  underWay.set(context, busy)
  for (const { id: organizationId } of await listOrganizations(context.db.worker)) {
    const receivers = await within(context.db, system(organizationId, 'webhooks'), (tx) =>
      tx
        .selectFrom('fhir.webhookDelivery')
        .where('organizationId', '=', organizationId)
        .where('state', '=', 'waiting')
        .where('nextTryAt', '<=', context.now())
        .select('webhookId')
        .distinct()
        .execute(),
    )
    for (const { webhookId } of receivers) {
      if (busy.has(webhookId)) continue
      const telling = tell(context, organizationId, webhookId).finally(() => busy.delete(webhookId))
      // What fails here is not lost: its lease runs out. The next round meets the same fault and says it.
      telling.catch(() => undefined)
      busy.set(webhookId, telling)
    }
  }
  const soon = new Promise<void>((resolve) => setTimeout(resolve, 1000))
  await Promise.race([Promise.all(busy.values()), soon])
}

async function tell(context: Context, organizationId: string, webhookId: string) {
  for (;;) {
    const due = await claim(context, organizationId, webhookId)
    await Promise.all(due.deliveries.map((one) => attempt(context, due, one)))
    if (due.deliveries.length < abreast || due.deliveries.length === 0) return
  }
}

interface Delivery {
  id: string
  event: string
  appointmentId: string
  version: number
  happenedAt: Temporal.Instant
  tries: number
}

interface Due {
  organizationId: string
  webhookId: string
  url: string
  secrets: string[]
  deliveries: Delivery[]
}

/** Takes the next messages, the oldest of each visit alone: the one after it waits until that arrived or was given up. */
function claim(context: Context, organizationId: string, webhookId: string): Promise<Due> {
  const now = context.now()
  return within(context.db, system(organizationId, 'webhooks'), async (tx) => {
    const hook = await tx
      .selectFrom('fhir.webhook')
      .where('organizationId', '=', organizationId)
      .where('id', '=', webhookId)
      .where('endedAt', 'is', null)
      .selectAll()
      .executeTakeFirst()
    const nothing = { organizationId, webhookId, url: '', secrets: [], deliveries: [] }
    if (!hook) return nothing
    const { rows } = await sql<Delivery>`
      update fhir.webhook_delivery d set next_try_at = ${now.add({ seconds: leaseSeconds })}, tried_at = ${now},
        tries = tries + 1
      where d.organization_id = ${organizationId} and d.id in (
        select w.id from fhir.webhook_delivery w
        where w.organization_id = ${organizationId} and w.webhook_id = ${webhookId} and w.state = 'waiting'
          and w.next_try_at <= ${now} and not exists (
            select from fhir.webhook_delivery e where e.organization_id = w.organization_id and e.webhook_id = w.webhook_id
              and e.appointment_id = w.appointment_id and e.state = 'waiting' and e.version < w.version)
        order by w.next_try_at, w.id limit ${abreast} for update skip locked)
      returning d.id, d.event, d.appointment_id, d.version, d.happened_at, d.tries`.execute(tx)
    if (rows.length === 0) return nothing
    const place = secretPlace(organizationId, webhookId)
    const isGood = hook.previousUntil !== null && Temporal.Instant.compare(now, hook.previousUntil) < 0
    const sealed = [hook.secret, ...(isGood && hook.previousSecret ? [hook.previousSecret] : [])]
    const secrets: string[] = []
    for (const one of sealed) secrets.push(await openOwn(context, tx, place, one))
    return { ...nothing, url: hook.url, secrets, deliveries: rows }
  })
}

/** Ids and a state, and nothing of the patient: whoever may know more asks for it with a login of their own. */
export const bodyOf = ({ event, appointmentId, version, happenedAt }: Omit<Delivery, 'id' | 'tries'>) =>
  JSON.stringify({
    type: event,
    timestamp: happenedAt.toString(),
    data: { appointmentId, version, status: event === 'appointment.cancelled' ? 'cancelled' : 'booked' },
  })

async function attempt(context: Context, { organizationId, webhookId, url, secrets }: Due, delivery: Delivery) {
  const id = `msg_${delivery.id}`
  const timestamp = Math.floor(context.now().epochMilliseconds / 1000)
  const body = bodyOf(delivery)
  // What a practice copy has to say concerns nobody: it is given up as an address that may not be told.
  const cause = context.practice
    ? 'practice copy'
    : await post({
        url: new URL(url),
        body,
        production: context.config.production,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Attend',
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signatures(secrets, { id, timestamp, body }),
        },
      })
  await settle(context, { organizationId, webhookId }, delivery, cause)
}

type Of = Pick<Due, 'organizationId' | 'webhookId'>

async function settle(
  context: Context,
  { organizationId, webhookId }: Of,
  delivery: Delivery,
  cause: string | undefined,
) {
  const now = context.now()
  const actor = system(organizationId, 'webhooks')
  const wait = waits[Math.min(delivery.tries, waits.length) - 1] ?? 5
  await within(context.db, actor, async (tx) => {
    await tx
      .updateTable('fhir.webhookDelivery')
      .set(
        cause === undefined
          ? { state: 'delivered', cause: null }
          : { cause, nextTryAt: now.add({ seconds: wait }), ...(isOver(delivery, now) && { state: 'given_up' }) },
      )
      .where('organizationId', '=', organizationId)
      .where('id', '=', delivery.id)
      .where('state', '=', 'waiting')
      .execute()
    const [hook] = await tx
      .updateTable('fhir.webhook')
      .set((of) => ({
        failingSince:
          cause === undefined ? null : of.fn.coalesce('failingSince', sql<Temporal.Instant>`${now}::timestamptz`),
      }))
      .where('organizationId', '=', organizationId)
      .where('id', '=', webhookId)
      .where('endedAt', 'is', null)
      .returning('failingSince')
      .execute()
    const since = hook?.failingSince
    if (since && Temporal.Instant.compare(since.add({ hours: patienceHours }), now) <= 0)
      await endIn(tx, actor, { id: webhookId, at: now, cause: 'failing' })
  })
}

/** What was sent again long after is tried once, and then not for days. */
const isOver = ({ happenedAt }: Delivery, now: Temporal.Instant) =>
  Temporal.Instant.compare(happenedAt.add({ hours: patienceHours }), now) <= 0
