/** What can be asked about webhooks: who is told of visits, and how each telling fared. */
import { Type } from 'typebox'
import { Day, endpoint, Id, Moment, object } from '../../platform/endpoint.ts'

export const webhookEvents = ['appointment.booked', 'appointment.moved', 'appointment.cancelled'] as const
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const ById = object({ id: Id })
const WithSecret = object({ id: Id, /** Shown here and never again. */ secret: Type.String() })

export const listWebhooks = endpoint('GET /api/fhir/webhooks', 'webhook.manage', {
  summary: 'The systems that are told of visits, and whether it arrives.',
  reply: object({
    webhooks: Type.Array(
      object({
        id: Id,
        name: Type.String(),
        url: Type.String(),
        events: Type.Array(Type.String()),
        madeAt: Moment,
        failingSince: orNull(Moment),
        endedAt: orNull(Moment),
        /** failing: ended by itself, after five days in which nothing arrived. */
        endCause: orNull(Type.Enum(['asked', 'failing'])),
      }),
    ),
  }),
})

export const createWebhook = endpoint('POST /api/fhir/webhooks', 'webhook.manage', {
  summary: 'Has a system told of visits. Its secret is shown once.',
  body: object({
    name: Type.String({ minLength: 1, maxLength: 100 }),
    url: Type.String({ maxLength: 1000 }),
    events: Type.Array(Type.Enum([...webhookEvents]), { minItems: 1, maxItems: 3, uniqueItems: true }),
  }),
  reply: WithSecret,
})

export const rotateWebhook = endpoint('POST /api/fhir/webhooks/:id/rotation', 'webhook.manage', {
  summary: 'Gives a new secret; for a day, messages are signed with the old one as well.',
  path: ById,
  reply: WithSecret,
})

export const endWebhook = endpoint('POST /api/fhir/webhooks/:id/end', 'webhook.manage', {
  summary: 'Tells this system nothing more, from now on.',
  path: ById,
  reply: ById,
})

export const listDeliveries = endpoint('GET /api/fhir/webhooks/:id/deliveries', 'webhook.manage', {
  summary: 'The latest 200 messages to this system: whether each arrived, and if not, why.',
  path: ById,
  reply: object({
    deliveries: Type.Array(
      object({
        id: Id,
        event: Type.String(),
        appointmentId: Id,
        version: Type.Integer(),
        happenedAt: Moment,
        state: Type.Enum(['waiting', 'delivered', 'given_up']),
        tries: Type.Integer(),
        triedAt: orNull(Moment),
        nextTryAt: orNull(Moment),
        cause: orNull(Type.String()),
      }),
    ),
  }),
})

export const sendAgain = endpoint('POST /api/fhir/webhook-deliveries/:id/again', 'webhook.manage', {
  summary: 'Sends one message again, with the id that it had.',
  path: ById,
  reply: ById,
})

export const replayWebhook = endpoint('POST /api/fhir/webhooks/:id/replay', 'webhook.manage', {
  summary: 'Sends the messages of these days again, each with the id that it had; at most 5,000 at a time.',
  path: ById,
  body: object({
    from: Day,
    /** The last day, whole. */
    until: Day,
    /** False: also what arrived. */
    onlyUndelivered: Type.Boolean(),
  }),
  reply: object({ sent: Type.Integer(), /** More than fit into one go: ask again. */ more: Type.Boolean() }),
})
